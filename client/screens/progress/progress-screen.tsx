import { DatePicker, Select, Table } from 'antd';
import type { ColumnsType } from 'antd/es/table';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import {
  countingForms,
  countingUnits,
  NO_PLACE,
  progressParts,
  progressStages,
} from '../../../engine/index.ts';
import type { ProgressJson, ProgressQueryJson } from '../../../server/contract/progress.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { progressFileUrl, useProgress } from '../../api/progress.ts';
import { formatDateTime } from '../../format/dates.ts';
import { formatCount } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Page } from '../../parts/page.tsx';
import { StatTiles } from '../../parts/stat-tiles.tsx';
import { useOwnOnly } from '../../state/session.ts';
import { ExportButton } from '../shell/export-button.tsx';
import { casesFigurePath, standingFigurePath } from './figure-path.ts';
import styles from './progress.module.css';
import { readProgressQuery } from './progress-query.ts';

type Row = ProgressJson['rows'][number];

export function ProgressScreen() {
  const { t } = useTranslation();
  const language = useLanguage();
  const ownOnly = useOwnOnly('case:read');
  const [params, setParams] = useSearchParams();
  const query = readProgressQuery(params);
  const report = useProgress(query);
  const change = (more: ProgressQueryJson) => {
    const next = new URLSearchParams();
    for (const [key, value] of Object.entries({ ...query, ...more })) if (value) next.set(key, value);
    setParams(next, { replace: true });
  };
  const count = (value: number) => formatCount(value, language);
  const basis = report.data?.basis;
  return (
    <Page
      title={t('progress.title')}
      subtitle={t(ownOnly ? 'progress.subtitleOwn' : 'progress.subtitle')}
      width="wide"
      testId="progress-screen"
      actions={
        <ExportButton
          fileName="progress.xlsx"
          url={report.data ? progressFileUrl(query) : null}
          testId="progress-export"
        />
      }
    >
      <div className={styles.bar}>
        <DatePicker.RangePicker
          allowClear={false}
          value={basis ? [dayjs(basis.from), dayjs(basis.to)] : null}
          onChange={(days) => {
            const [from, to] = days ?? [];
            if (from && to) change({ from: from.format('YYYY-MM-DD'), to: to.format('YYYY-MM-DD') });
          }}
          aria-label={t('progress.period')}
        />
        <Select
          value={basis?.unit ?? 'logical'}
          aria-label={t('progress.unitLabel')}
          options={countingUnits.map((value) => ({ value, label: t(`progress.unit.${value}`) }))}
          onChange={(unit) => change({ unit })}
          className={styles.select}
          data-testid="progress-unit"
        />
        <Select
          value={basis?.form ?? 'outdoor'}
          aria-label={t('progress.formLabel')}
          options={countingForms.map((value) => ({ value, label: t(`progress.form.${value}`) }))}
          onChange={(form) => change({ form })}
          className={styles.select}
        />
      </div>
      {report.error ? (
        <ErrorNote
          {...describeError(report.error, language)}
          retryLabel={t('shell.retry')}
          onRetry={() => void report.refetch()}
        />
      ) : null}
      {report.data ? (
        <>
          <StatTiles
            tiles={[
              ...progressStages.map((stage) => ({
                key: stage,
                label: t(`progress.stage.${stage}`),
                value: count(report.data.total[stage].total),
                to: shown(report.data.total[stage].total, () =>
                  casesFigurePath(report.data.basis, { stage, part: 'total' }, null),
                ),
                note: t('progress.added', { count: report.data.total[stage].added }),
                noteTo: shown(report.data.total[stage].added, () =>
                  casesFigurePath(report.data.basis, { stage, part: 'added' }, null),
                ),
              })),
              {
                key: 'standing',
                label: t('progress.standing'),
                value: count(report.data.total.standing),
                to: shown(report.data.total.standing, () => standingFigurePath(report.data.basis, null)),
                note: t('progress.standingNote'),
              },
            ]}
          />
          <p className={styles.basis} data-testid="progress-basis">
            {t('progress.basis', {
              unit: t(`progress.unit.${report.data.basis.unit}`),
              form: t(`progress.form.${report.data.basis.form}`),
              from: report.data.basis.from,
              to: report.data.basis.to,
            })}
          </p>
        </>
      ) : null}
      <Table<Row>
        size="small"
        rowKey={({ districtCode, townCode }) => `${districtCode} ${townCode}`}
        loading={report.isPending || report.isPlaceholderData}
        columns={columnsOf(t, count, report.data?.basis ?? null)}
        dataSource={report.data?.rows ?? []}
        pagination={false}
        scroll={{ x: 900 }}
        locale={{ emptyText: t('progress.empty') }}
        data-testid="progress-table"
      />
      {report.data && report.data.overrides.length > 0 ? (
        <section data-testid="progress-overrides">
          <h2 className={styles.heading}>{t('progress.overrides')}</h2>
          <ul className={styles.overrides}>
            {report.data.overrides.map(({ number, project, at, by, reason }) => (
              <li key={number}>
                <strong>{number}</strong> {project} · {formatDateTime(at, language)}
                {by === null ? '' : ` · ${by}`}
                <p>{reason}</p>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </Page>
  );
}

/** Nothing leads to no rows. */
const shown = (count: number, path: () => string): string | undefined => (count === 0 ? undefined : path());

/** Each figure is the way to the rows it counts. */
function columnsOf(
  t: (key: string) => string,
  count: (value: number) => string,
  basis: ProgressJson['basis'] | null,
): ColumnsType<Row> {
  const figure = (value: number, to: string | undefined, testId: string) =>
    to === undefined ? (
      count(value)
    ) : (
      <Link to={to} data-testid={testId}>
        {count(value)}
      </Link>
    );
  return [
    {
      key: 'district',
      title: t('progress.column.district'),
      fixed: 'left',
      width: 120,
      render: (_, { districtName, districtCode }) => districtName || districtCode || t('progress.nowhere'),
    },
    {
      key: 'town',
      title: t('progress.column.town'),
      width: 140,
      render: (_, { townName, townCode, districtCode }) => (
        <Link
          to={`/cases?${new URLSearchParams({ districtCode: districtCode || NO_PLACE, townCode: townCode || NO_PLACE })}`}
        >
          {townCode === '' ? t('progress.noTown') : townName || townCode}
        </Link>
      ),
    },
    ...progressStages.map((stage) => ({
      key: stage,
      title: t(`progress.stage.${stage}`),
      children: progressParts.map((part) => ({
        key: `${stage}-${part}`,
        title: t(`progress.column.${part}`),
        align: 'right' as const,
        width: 90,
        render: (_: unknown, row: Row) =>
          figure(
            row[stage][part],
            basis ? shown(row[stage][part], () => casesFigurePath(basis, { stage, part }, row)) : undefined,
            `progress-${stage}-${part}`,
          ),
      })),
    })),
    {
      key: 'standing',
      title: t('progress.standing'),
      align: 'right',
      width: 90,
      render: (_, row) =>
        figure(
          row.standing,
          basis ? shown(row.standing, () => standingFigurePath(basis, row)) : undefined,
          'progress-standing',
        ),
    },
  ];
}
