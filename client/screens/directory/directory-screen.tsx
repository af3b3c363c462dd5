// One directory as it was published: its difference to the one before, its rows, and its files.
import { Button, Spin, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { DirectoryDetailJson, DirectoryRowJson } from '../../../server/contract/directories.ts';
import { useDirectory } from '../../api/directories.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { formatDateTime } from '../../format/dates.ts';
import { formatCount } from '../../format/numbers.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Page } from '../../parts/page.tsx';
import { useMay } from '../../state/session.ts';
import { resourceOnMapPath } from '../library/resource-on-map-path.ts';
import { useLibraryWords } from '../library/use-library-words.ts';
import { DirectoryDiff } from './directory-diff.tsx';
import { ExportButton } from './export-button.tsx';

const pageSize = 100;
const plain = [
  ['name', 190],
  ['resourceType', 120],
  ['townCode', 110],
  ['owner', 180],
  ['freeStatus', 110],
  ['totalHeightM', 90],
  ['slots', 80],
  ['powerMode', 100],
  ['fibre', 90],
  ['structureCheck', 100],
  ['whitelisted', 110],
  ['address', 200],
] as const satisfies readonly (readonly [keyof DirectoryRowJson, number])[];

export function DirectoryScreen() {
  const { t } = useTranslation();
  const words = useLibraryWords();
  const { directoryId = '' } = useParams();
  const [page, setPage] = useState(1);
  const reply = useDirectory(directoryId, page, pageSize);
  const directory = reply.data?.directory;
  return (
    <Page
      title={directory?.number ?? t('directory.title')}
      subtitle={
        directory === undefined
          ? undefined
          : t('directory.head', {
              district: words.place(directory.districtCode),
              at: formatDateTime(directory.publishedAt, words.language),
              publisher: directory.publisher,
              rows: formatCount(directory.rows, words.language),
            })
      }
      width="wide"
      testId="directory-screen"
      actions={
        <>
          <Link to="/directories">
            <Button>{t('directory.back')}</Button>
          </Link>
          {directory === undefined ? null : <ExportButton directory={directory} />}
        </>
      }
    >
      {reply.isPending ? <Spin /> : null}
      {reply.error ? (
        <ErrorNote
          {...describeError(reply.error, words.language)}
          retryLabel={t('shell.retry')}
          onRetry={() => void reply.refetch()}
        />
      ) : null}
      {reply.data === undefined ? null : (
        <>
          {reply.data.directory.note === '' ? null : <p>{reply.data.directory.note}</p>}
          <DirectoryDiff diff={reply.data.diff} />
          <Rows detail={reply.data} page={page} isLoading={reply.isPlaceholderData} onPage={setPage} />
        </>
      )}
    </Page>
  );
}

interface RowsProps {
  readonly detail: DirectoryDetailJson;
  readonly page: number;
  readonly isLoading: boolean;
  readonly onPage: (page: number) => void;
}

function Rows({ detail, page, isLoading, onPage }: RowsProps) {
  const { t } = useTranslation();
  const words = useLibraryWords();
  const mayRead = useMay('resource:read');
  return (
    <Table<DirectoryRowJson>
      size="small"
      rowKey="resourceId"
      loading={isLoading}
      dataSource={detail.rows}
      scroll={{ x: 1700 }}
      locale={{ emptyText: t('directory.noRows') }}
      pagination={{
        current: page,
        pageSize,
        total: detail.directory.rows,
        hideOnSinglePage: true,
        showSizeChanger: false,
        onChange: onPage,
      }}
      data-testid="directory-rows"
      columns={[
        {
          key: 'code',
          title: words.field('code'),
          width: 170,
          fixed: 'left',
          render: (_, { resourceId, code }) =>
            mayRead ? (
              <Link to={`/library?${new URLSearchParams({ resource: resourceId })}`}>{code}</Link>
            ) : (
              code
            ),
        },
        ...plain.map(([field, width]) => ({
          key: field,
          title: words.field(field),
          width,
          ellipsis: true,
          render: (_: unknown, row: DirectoryRowJson) => words.value(field, row[field]),
        })),
        {
          key: 'map',
          title: t('directory.onMap'),
          width: 80,
          render: (_, { position }) => {
            const path = resourceOnMapPath({ siteId: null, position });
            return path === null ? '—' : <Link to={path}>{t('directory.onMap')}</Link>;
          },
        },
      ]}
    />
  );
}
