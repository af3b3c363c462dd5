// Earlier imports, newest first; a report opens again as it was.
import { Button, Drawer, Empty, Spin, Table, type TableColumnsType, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportReportJson } from '../../../server/contract/imports.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { useImport, useImports } from '../../api/imports.ts';
import { formatDateTime } from '../../format/dates.ts';
import { formatCount } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { ImportReport } from './import-report.tsx';

const outcomeColours = { checked: 'default', stored: 'green', repeated: 'blue', rejected: 'red' } as const;

export function ImportHistory() {
  const { t } = useTranslation();
  const language = useLanguage();
  const imports = useImports();
  const [openId, setOpenId] = useState<string | null>(null);
  const title = (key: string) => ({ key, title: t(`import.history.${key}`) });
  const figure = (key: 'rows' | 'accepted' | 'rejected' | 'stored') => ({
    key,
    title: t(`import.${key}`),
    width: 92,
    align: 'right' as const,
    // rows of a raster are its pieces: they mean nothing to a person
    render: (_: unknown, report: ImportReportJson) =>
      report.raster ? '—' : formatCount(report[key], language),
  });
  const columns: TableColumnsType<ImportReportJson> = [
    {
      ...title('time'),
      width: 150,
      render: (_, report) => formatDateTime(report.createdAt, language),
    },
    { ...title('file'), width: 240, ellipsis: true, render: (_, report) => report.fileName },
    { ...title('kind'), width: 130, render: (_, report) => t(`terms.kind.${report.kind}`) },
    {
      ...title('outcome'),
      width: 100,
      render: (_, report) => (
        <Tag color={outcomeColours[report.outcome]}>{t(`import.outcomeWord.${report.outcome}`)}</Tag>
      ),
    },
    figure('rows'),
    figure('accepted'),
    figure('rejected'),
    figure('stored'),
    {
      key: 'open',
      width: 110,
      fixed: 'right',
      render: (_, report) =>
        report.id === null ? null : (
          <Button
            size="small"
            type="link"
            onClick={() => setOpenId(report.id)}
            data-testid="import-open-report"
          >
            {t('import.history.open')}
          </Button>
        ),
    },
  ];
  if (imports.error) {
    return (
      <ErrorNote
        {...describeError(imports.error, language)}
        retryLabel={t('shell.retry')}
        onRetry={() => void imports.refetch()}
      />
    );
  }
  return (
    <>
      <Table<ImportReportJson>
        size="small"
        rowKey={(report) => report.id ?? `${report.digest}-${report.createdAt}`}
        loading={imports.isPending}
        columns={columns}
        dataSource={imports.data ?? []}
        scroll={{ x: 1100 }}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        locale={{
          emptyText: imports.isPending ? (
            ' '
          ) : (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('import.history.empty')} />
          ),
        }}
        data-testid="import-history"
      />
      <Drawer
        open={openId !== null}
        onClose={() => setOpenId(null)}
        title={t('import.history.title')}
        size={860}
        destroyOnHidden
      >
        <OldReport importId={openId} />
      </Drawer>
    </>
  );
}

function OldReport({ importId }: { readonly importId: string | null }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const report = useImport(importId);
  if (report.error) {
    return (
      <ErrorNote
        {...describeError(report.error, language)}
        retryLabel={t('shell.retry')}
        onRetry={() => void report.refetch()}
      />
    );
  }
  if (!report.data) return <Spin />;
  return (
    <>
      <p>
        <strong>{report.data.fileName}</strong> · {t(`terms.kind.${report.data.kind}`)} · {report.data.datum}{' '}
        · {formatDateTime(report.data.createdAt, language)}
      </p>
      <ImportReport report={report.data} />
    </>
  );
}
