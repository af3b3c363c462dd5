// The report of one check or import: how it ended in words, figures, what the columns were taken for, and every issue.
import { Alert, Collapse } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ImportReportJson } from '../../../server/contract/imports.ts';
import { formatCount } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { StatTiles } from '../../parts/stat-tiles.tsx';
import styles from './import.module.css';
import { outcomeWords } from './import-issues.ts';
import { IssuesTable } from './issues-table.tsx';
import { RasterFacts } from './raster-facts.tsx';

export function ImportReport({ report }: { readonly report: ImportReportJson }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const count = (value: number) => formatCount(value, language);
  const words = outcomeWords(report);
  return (
    <div className={styles.report} data-testid="import-report" data-outcome={report.outcome}>
      <Alert
        showIcon
        type={words.severity}
        data-testid="import-outcome"
        title={t(`import.outcome.${words.key}`, {
          accepted: count(report.accepted),
          rejected: count(report.rejected),
          stored: count(report.stored),
        })}
        description={words.hintKey ? t(`import.outcomeHint.${words.hintKey}`) : undefined}
      />
      {report.raster ? <RasterFacts facts={report.raster} /> : null}
      {report.raster || rasterKinds.has(report.kind) ? null : <RowFigures report={report} />}
      {report.columns.length > 0 ? <Columns report={report} /> : null}
      <IssuesTable report={report} />
    </div>
  );
}

/** Files of cells: rows mean nothing to a person here, not even how many could not be read. */
const rasterKinds: ReadonlySet<string> = new Set(['terrain', 'population', 'clutter']);

function RowFigures({ report }: { readonly report: ImportReportJson }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const count = (value: number) => formatCount(value, language);
  const warnings = report.issues.filter((issue) => issue.severity === 'warning').length;
  return (
    <StatTiles
      tiles={[
        { key: 'rows', label: t('import.rows'), value: count(report.rows) },
        { key: 'accepted', label: t('import.accepted'), value: count(report.accepted), tone: 'good' },
        {
          key: 'rejected',
          label: t('import.rejected'),
          value: count(report.rejected),
          tone: report.rejected > 0 ? 'bad' : 'plain',
        },
        { key: 'warnings', label: t('import.warnings'), value: count(warnings) },
        ...(report.mode === 'check'
          ? []
          : [{ key: 'stored', label: t('import.stored'), value: count(report.stored) }]),
      ]}
    />
  );
}

function Columns({ report }: { readonly report: ImportReportJson }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const used = report.columns.filter((column) => column.field !== null).length;
  return (
    <Collapse
      size="small"
      defaultActiveKey={['columns']}
      data-testid="import-columns"
      items={[
        {
          key: 'columns',
          label: t('import.columns'),
          extra: t('import.columnsFound', {
            used: formatCount(used, language),
            all: formatCount(report.columns.length, language),
          }),
          children: (
            <ul className={styles.recognised}>
              {report.columns.map((column, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: headers may repeat and never move
                <li key={index} data-used={column.field !== null}>
                  <span title={column.header}>{column.header}</span>
                  <span aria-hidden>→</span>
                  <span>
                    {column.field === null
                      ? t('import.columnUnused')
                      : t(`import.field.${column.field}`, { defaultValue: column.field })}
                  </span>
                </li>
              ))}
            </ul>
          ),
        },
      ]}
    />
  );
}
