// Every issue of a report with its row, field, content and remedy; filtered by code and severity, saved as CSV.
import { DownloadOutlined } from '@ant-design/icons';
import { Button, Empty, Select, Table, type TableColumnsType, Tag } from 'antd';
import type { TFunction } from 'i18next';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportIssueJson, ImportReportJson } from '../../../server/contract/imports.ts';
import { inLanguage, type Language } from '../../format/language.ts';
import { formatCount } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { saveTextFile } from '../../parts/save-file.ts';
import styles from './import.module.css';
import { countByCode, filterIssues, type IssueFilter, issuesToCsv } from './import-issues.ts';

const severityColours = { error: 'red', warning: 'gold' } as const;
const csvFields = ['row', 'field', 'severity', 'message', 'found', 'expected', 'hint', 'code'] as const;
const tableHeightPx = 380;

export function IssuesTable({ report }: { readonly report: ImportReportJson }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [filter, setFilter] = useState<IssueFilter>({ code: null, severity: null });
  const shown = useMemo(
    () => filterIssues(report.issues, filter).map((issue, key) => ({ ...issue, key })),
    [report.issues, filter],
  );
  const columns = useMemo(() => issueColumns(t, language), [t, language]);
  if (report.issues.length === 0) {
    return (
      <Empty
        image={Empty.PRESENTED_IMAGE_SIMPLE}
        description={t('import.noIssues')}
        data-testid="import-no-issues"
      />
    );
  }
  return (
    <div data-testid="import-issues">
      <div className={styles.head} style={{ marginBottom: 8 }}>
        <h2>{t('import.issues')}</h2>
        <div className={styles.actions}>
          <IssueFilters report={report} filter={filter} onFilter={setFilter} />
          <Button
            icon={<DownloadOutlined />}
            data-testid="import-issues-csv"
            onClick={() =>
              saveTextFile(
                `${report.fileName}-issues.csv`,
                issuesToCsv(
                  filterIssues(report.issues, filter),
                  csvFields.map((field) => t(`import.issue.${field}`)),
                  {
                    severity: (value) => t(`import.severity.${value}`),
                    field: (value) => fieldWord(t, value),
                  },
                  language,
                ),
                'text/csv;charset=utf-8',
              )
            }
          >
            {t('import.download')}
          </Button>
        </div>
      </div>
      <Table
        virtual
        size="small"
        rowKey="key"
        pagination={false}
        columns={columns}
        dataSource={shown}
        scroll={{ x: 788, y: Math.min(tableHeightPx, 60 + shown.length * 76) }}
      />
      {report.moreIssues > 0 ? (
        <p className={styles.quiet}>
          {t('import.moreIssues', { total: formatCount(report.moreIssues, language) })}
        </p>
      ) : null}
    </div>
  );
}

interface IssueFiltersProps {
  readonly report: ImportReportJson;
  readonly filter: IssueFilter;
  readonly onFilter: (filter: IssueFilter) => void;
}

function IssueFilters({ report, filter, onFilter }: IssueFiltersProps) {
  const { t } = useTranslation();
  const codes = useMemo(() => countByCode(report.issues), [report.issues]);
  return (
    <>
      <Select
        allowClear
        value={filter.code}
        placeholder={t('import.allCodes')}
        aria-label={t('import.issue.code')}
        style={{ width: 220 }}
        popupMatchSelectWidth={false}
        options={codes.map(({ code, count }) => ({ value: code, label: `${code} (${count})` }))}
        onChange={(code) => onFilter({ ...filter, code: code ?? null })}
        data-testid="import-filter-code"
      />
      <Select
        allowClear
        value={filter.severity}
        placeholder={t('import.allSeverities')}
        aria-label={t('import.issue.severity')}
        style={{ width: 120 }}
        options={(['error', 'warning'] as const).map((value) => ({
          value,
          label: t(`import.severity.${value}`),
        }))}
        onChange={(severity) => onFilter({ ...filter, severity: severity ?? null })}
        data-testid="import-filter-severity"
      />
    </>
  );
}

function issueColumns(t: TFunction, language: Language): TableColumnsType<ImportIssueJson> {
  const title = (field: (typeof csvFields)[number]) => ({ key: field, title: t(`import.issue.${field}`) });
  return [
    {
      ...title('row'),
      width: 72,
      align: 'right',
      render: (_, issue) => (issue.row === null ? t('import.wholeFile') : formatCount(issue.row, language)),
    },
    { ...title('field'), width: 96, render: (_, issue) => fieldWord(t, issue.field) },
    {
      ...title('severity'),
      width: 80,
      render: (_, issue) => (
        <Tag color={severityColours[issue.severity]}>{t(`import.severity.${issue.severity}`)}</Tag>
      ),
    },
    {
      ...title('message'),
      width: 270,
      render: (_, issue) => (
        <div className={styles.problem}>
          {inLanguage(issue.message, language)}
          <small>{inLanguage(issue.hint, language)}</small>
        </div>
      ),
    },
    {
      ...title('found'),
      width: 140,
      render: (_, issue) => <span className={styles.found}>{issue.found || '—'}</span>,
    },
    { ...title('expected'), width: 130, render: (_, issue) => issue.expected || '—' },
  ];
}

function fieldWord(t: TFunction, field: string | null): string {
  return field === null ? '—' : t(`import.field.${field}`, { defaultValue: field });
}
