// The published directories, newest first; those who may publish see beforehand what would stand in the next one.
import { Button, Empty, Select, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { DirectoryJson } from '../../../server/contract/directories.ts';
import { useDistricts } from '../../api/areas.ts';
import { useDirectoryPage } from '../../api/directories.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { formatDateTime } from '../../format/dates.ts';
import { formatCount } from '../../format/numbers.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Page } from '../../parts/page.tsx';
import { useMay } from '../../state/session.ts';
import styles from '../library/library.module.css';
import { useLibraryWords } from '../library/use-library-words.ts';
import { directoryPath } from './directory-path.ts';
import { PublishDialog } from './publish-dialog.tsx';

const pageSize = 50;

export function DirectoriesScreen() {
  const { t } = useTranslation();
  const words = useLibraryWords();
  const navigate = useNavigate();
  const may = { publish: useMay('directory:publish'), library: useMay('resource:read') };
  const districts = useDistricts().data ?? [];
  const [params, setParams] = useSearchParams();
  const [publishes, setPublishes] = useState(false);
  const districtCode = districts.find(({ code }) => code === params.get('district'))?.code ?? null;
  const pageNumber = Number(params.get('page') ?? 1);
  const page = Number.isInteger(pageNumber) && pageNumber >= 1 && pageNumber <= 10_000 ? pageNumber : 1;
  const list = useDirectoryPage({ ...(districtCode !== null && { districtCode }), page, pageSize });
  const total = list.data?.total ?? null;
  const isLoading = list.isPending || list.isPlaceholderData;
  return (
    <Page
      title={t('directory.title')}
      subtitle={t('directory.subtitle')}
      width="wide"
      testId="directories-screen"
      actions={
        <>
          {may.library ? (
            <Link to="/library">
              <Button>{t('directory.toLibrary')}</Button>
            </Link>
          ) : null}
          {may.publish ? (
            <Button type="primary" onClick={() => setPublishes(true)} data-testid="directory-publish">
              {t('directory.publish')}
            </Button>
          ) : null}
        </>
      }
    >
      <div className={styles.bar}>
        {districts.length > 1 ? (
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            value={districtCode}
            placeholder={t('directory.allDistricts')}
            aria-label={t('directory.column.district')}
            style={{ width: 180 }}
            options={districts.map(({ code, name }) => ({ value: code, label: name }))}
            onChange={(code) => setParams(code ? { district: code } : {}, { replace: true })}
          />
        ) : null}
        <span className={styles.count} aria-live="polite">
          {total === null ? '' : t('directory.total', { total: formatCount(total, words.language) })}
        </span>
      </div>
      {list.error ? (
        <ErrorNote
          {...describeError(list.error, words.language)}
          retryLabel={t('shell.retry')}
          onRetry={() => void list.refetch()}
        />
      ) : null}
      <Table<DirectoryJson>
        size="small"
        rowKey="id"
        loading={isLoading}
        dataSource={list.data?.directories ?? []}
        scroll={{ x: 760 }}
        pagination={{
          current: page,
          pageSize,
          total: total ?? 0,
          hideOnSinglePage: true,
          showSizeChanger: false,
          onChange: (number) =>
            setParams({ ...(districtCode !== null && { district: districtCode }), page: String(number) }),
        }}
        locale={{
          emptyText:
            isLoading || list.isError ? (
              ' '
            ) : (
              <Empty
                image={Empty.PRESENTED_IMAGE_SIMPLE}
                description={t(may.publish ? 'directory.emptyPublish' : 'directory.empty')}
              />
            ),
        }}
        data-testid="directories-table"
        columns={[
          {
            key: 'number',
            title: t('directory.column.number'),
            width: 180,
            render: (_, { id, number }) => <Link to={directoryPath(id)}>{number}</Link>,
          },
          {
            key: 'publishedAt',
            title: t('directory.column.publishedAt'),
            width: 150,
            render: (_, { publishedAt }) => formatDateTime(publishedAt, words.language),
          },
          {
            key: 'district',
            title: t('directory.column.district'),
            width: 130,
            render: (_, directory) => words.place(directory.districtCode),
          },
          {
            key: 'rows',
            title: t('directory.column.rows'),
            width: 90,
            align: 'right',
            render: (_, { rows }) => formatCount(rows, words.language),
          },
          { key: 'publisher', title: t('directory.column.publisher'), width: 140, dataIndex: 'publisher' },
          { key: 'note', title: t('directory.column.note'), dataIndex: 'note', ellipsis: true },
        ]}
      />
      {publishes ? (
        <PublishDialog
          onPublished={({ id }) => navigate(directoryPath(id))}
          onClose={() => setPublishes(false)}
        />
      ) : null}
    </Page>
  );
}
