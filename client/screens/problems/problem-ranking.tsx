// The ranking board: towns or districts by how many problems they settled on time, with the rule printed under it.
import { Alert, Segmented, Select, Spin, Table } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { RankedProblems } from '../../../engine/index.ts';
import type { RankingJson } from '../../../server/contract/problems.ts';
import { useDistrictChoices } from '../../api/areas.ts';
import { useProblemRanking } from '../../api/problems.ts';
import { formatDate } from '../../format/dates.ts';
import { formatCount, formatNumber, formatShare } from '../../format/numbers.ts';
import { DayField } from '../../parts/day-field.tsx';
import { ErrorNote } from '../../parts/error-note.tsx';
import { useTableError } from '../shell/use-table-error.ts';
import type { ProblemView } from './problem-query.ts';
import styles from './problems.module.css';
import { placeOfRank, rankedPath } from './ranked-path.ts';
import { type PeriodKey, periodKeys, readPeriod, todayInChina } from './ranking-period.ts';
import type { ProblemWords } from './use-problem-words.ts';

type Row = RankingJson['rows'][number];

export interface ProblemRankingProps {
  readonly view: ProblemView;
  readonly words: ProblemWords;
  readonly onChange: (change: Partial<ProblemView>) => void;
}

export function ProblemRanking({ view, words, onChange }: ProblemRankingProps) {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const districts = useDistrictChoices();
  const { key, period } = readPeriod(params, todayInChina());
  const by = params.get('by') === 'district' ? 'district' : 'town';
  const { districtCode } = view;
  const ranking = useProblemRanking({
    ...period,
    by,
    ...(by === 'town' && districtCode !== null && { districtCode }),
  });
  const refused = useTableError(ranking);
  const set = (change: Readonly<Record<string, string>>) =>
    setParams(
      (now) => {
        for (const [name, value] of Object.entries(change)) now.set(name, value);
        return now;
      },
      { replace: true },
    );
  const rows = ranking.data?.rows ?? [];
  const title = (row: Row) => {
    if (row.code !== '') return words.place(row.code);
    const district = by === 'town' && districts.length > 1 ? words.place(row.districtCode) : '';
    return `${district} ${t(by === 'town' ? 'problems.ranking.noTown' : 'problems.ranking.nowhere')}`.trim();
  };
  // figures of others are compared, but their problems are not this person's to read
  const pathOf = (row: Row, figure: RankedProblems['figure']) =>
    row.readable && ranking.data ? rankedPath(ranking.data, figure, row) : null;
  return (
    <>
      <div className={styles.rankingBar} data-testid="ranking-bar">
        <Segmented<'town' | 'district'>
          value={by}
          options={[
            { value: 'town', label: t('problems.ranking.byTown') },
            { value: 'district', label: t('problems.ranking.byDistrict') },
          ]}
          onChange={(value) => set({ by: value })}
        />
        <Select<PeriodKey>
          value={key}
          aria-label={t('problems.ranking.period')}
          style={{ width: 130 }}
          options={periodKeys.map((value) => ({ value, label: t(`problems.ranking.periods.${value}`) }))}
          onChange={(value) => set(value === 'own' ? { period: value, ...period } : { period: value })}
          data-testid="ranking-period"
        />
        {key === 'own' ? (
          <span className={styles.days}>
            <DayField
              label={t('problems.ranking.from')}
              value={period.from}
              to={period.to}
              onChange={(day) => day !== null && set({ period: 'own', from: day, to: period.to })}
            />
            <DayField
              label={t('problems.ranking.to')}
              value={period.to}
              from={period.from}
              onChange={(day) => day !== null && set({ period: 'own', from: period.from, to: day })}
            />
          </span>
        ) : (
          <span className={styles.soft}>
            {formatDate(period.from, words.language, 'UTC')} – {formatDate(period.to, words.language, 'UTC')}
          </span>
        )}
        {by === 'town' && districts.length > 1 ? (
          <Select
            allowClear
            value={districtCode}
            placeholder={t('problems.filter.district')}
            aria-label={t('problems.filterLabel.district')}
            style={{ width: 140 }}
            options={districts.map(({ code, name }) => ({ value: code, label: name }))}
            onChange={(code) => onChange({ districtCode: code ?? null, townCode: null })}
          />
        ) : null}
      </div>
      {refused ? <ErrorNote {...refused} /> : null}
      {ranking.isPending && !refused ? <Spin /> : null}
      {ranking.data ? (
        <Table<Row>
          size="small"
          className={styles.ranking ?? ''}
          rowKey={({ code, districtCode: district }) => `${district} ${code}`}
          dataSource={[...rows]}
          pagination={false}
          scroll={{ x: 760 }}
          locale={{ emptyText: t('problems.ranking.empty') }}
          onRow={(row) =>
            row.readable ? { onClick: () => onChange({ tab: 'list', ...placeOfRank(by, row) }) } : {}
          }
          rowClassName={({ readable }) => (readable ? (styles.rankingRow ?? '') : '')}
          columns={[
            {
              key: 'rank',
              title: t('problems.ranking.rank'),
              width: 70,
              align: 'center',
              render: (_, { rank }) =>
                rank === null ? (
                  '—'
                ) : (
                  <span className={styles.rank} data-first={rank <= 3}>
                    {rank}
                  </span>
                ),
            },
            {
              key: 'place',
              title: t(by === 'town' ? 'problems.column.townCode' : 'problems.column.districtCode'),
              width: 150,
              render: (_, row) => title(row),
            },
            {
              key: 'share',
              title: t('problems.ranking.share'),
              width: 240,
              render: (_, row) => <ShareBar row={row} words={words} to={pathOf(row, 'closedOnTime')} />,
            },
            count('overdue', true),
            count('open'),
            count('closed'),
            count('raised'),
            {
              key: 'meanDays',
              title: t('problems.ranking.meanDays'),
              width: 100,
              align: 'right',
              render: (_, row) => (
                <Figure to={row.meanDays === null ? null : pathOf(row, 'closed')}>
                  {row.meanDays === null ? '—' : formatNumber(row.meanDays, words.language, 1)}
                </Figure>
              ),
            },
          ]}
        />
      ) : null}
      <Alert type="info" showIcon title={t('problems.ranking.rule')} />
    </>
  );

  function count(figure: 'overdue' | 'open' | 'closed' | 'raised', isBad = false) {
    return {
      key: figure,
      title: t(`problems.ranking.${figure}`),
      width: 90,
      align: 'right' as const,
      render: (_: unknown, row: Row) => (
        <span className={styles.figure} data-bad={isBad && row[figure] > 0}>
          <Figure to={row[figure] === 0 ? null : pathOf(row, figure)} testId={`ranking-${figure}`}>
            {formatCount(row[figure], words.language)}
          </Figure>
        </span>
      ),
    };
  }
}

interface FigureProps {
  /** Null: nothing to see, or not for this person. */
  readonly to: string | null;
  readonly testId?: string;
  readonly children: ReactNode;
}

/** A figure as the way to its rows; the row it stands in leads elsewhere. */
function Figure({ to, testId, children }: FigureProps) {
  return to === null ? (
    children
  ) : (
    <Link to={to} onClick={(event) => event.stopPropagation()} data-testid={testId}>
      {children}
    </Link>
  );
}

interface ShareBarProps {
  readonly row: Row;
  readonly words: ProblemWords;
  readonly to: string | null;
}

function ShareBar({ row, words, to }: ShareBarProps) {
  const { t } = useTranslation();
  const { onTimeShare, closedOnTime, closed, overdue } = row;
  if (onTimeShare === null) return <span className={styles.soft}>{t('problems.ranking.nothing')}</span>;
  return (
    <span
      className={styles.share}
      title={t('problems.ranking.shareOf', { on: closedOnTime, of: closed + overdue })}
    >
      <span className={styles.shareBar}>
        <i style={{ width: `${onTimeShare * 100}%` }} />
      </span>
      <b>
        <Figure to={closedOnTime === 0 ? null : to}>{formatShare(onTimeShare, words.language, 0)}</Figure>
      </b>
    </span>
  );
}
