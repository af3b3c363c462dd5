// The rows of a plan under review: only those in view are drawn, one is the current row of the keyboard.
import { EnvironmentOutlined } from '@ant-design/icons';
import { Button, Empty, Table, type TableColumnsType, type TableRef, Tag, Tooltip } from 'antd';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { reviewDecisions } from '../../../engine/index.ts';
import type { PlanItemJson } from '../../../server/contract/plans.ts';
import { formatDateTime } from '../../format/dates.ts';
import { formatMoney } from '../../format/money.ts';
import { formatCount, formatShare } from '../../format/numbers.ts';
import { useElementSize } from '../../parts/use-element-size.ts';
import { useScrollToRow } from '../../parts/use-scroll-to-row.ts';
import { PlanHistory } from '../audit/plan-history.tsx';
import type { SiteWords } from '../sites/use-site-words.ts';
import { hintSentence } from './hint-sentence.ts';
import styles from './review.module.css';
import type { Decision } from './review-decisions.ts';
import type { ReviewHint } from './review-hints.ts';

const headerPx = 42;
/** Below this width a row stands in three columns, with its figures under the name. */
const narrowPx = 1100;
const selectionPx = 40;
const decisionColours: Readonly<Record<Decision, string>> = { 同意: 'green', 退回: 'gold', 不同意: 'red' };

export interface ReviewTableProps {
  readonly rows: readonly PlanItemJson[];
  readonly hints: ReadonlyMap<string, readonly ReviewHint[]>;
  readonly words: SiteWords;
  readonly mayDecide: boolean;
  readonly isLoading: boolean;
  readonly currentId: string | null;
  readonly selectedIds: readonly string[];
  readonly onCurrent: (siteId: string, index: number) => void;
  readonly onSelect: (siteIds: readonly string[]) => void;
  readonly onDecide: (decision: Decision, siteIds: readonly string[]) => void;
  readonly onOpen: (row: PlanItemJson) => void;
  readonly onShowAll: () => void;
}

export function ReviewTable(props: ReviewTableProps) {
  const { rows, currentId, isLoading } = props;
  const { t } = useTranslation();
  const table = useRef<TableRef>(null);
  const scrollTo = useScrollToRow(table);
  const [frame, { widthPx, heightPx }] = useElementSize<HTMLDivElement>();
  const columns = useReviewColumns(props, widthPx < narrowPx);
  const dataSource = useMemo(() => [...rows], [rows]);

  useEffect(() => {
    if (currentId !== null) scrollTo(currentId);
  }, [currentId, scrollTo]);

  return (
    <div ref={frame} className={styles.rows} data-testid="review-rows">
      {heightPx > 0 ? (
        <Table<PlanItemJson>
          ref={table}
          virtual
          size="small"
          rowKey={(row) => row.site.id}
          pagination={false}
          loading={isLoading}
          columns={columns}
          dataSource={dataSource}
          scroll={{
            x: columns.reduce((sum, column) => sum + Number(column.width), selectionPx),
            y: heightPx - headerPx,
          }}
          {...(props.mayDecide && {
            rowSelection: {
              selectedRowKeys: [...props.selectedIds],
              columnWidth: selectionPx,
              preserveSelectedRowKeys: true,
              onChange: (keys) => props.onSelect(keys.map(String)),
            },
          })}
          rowClassName={(row) =>
            row.site.id === currentId ? `${styles.row} ${styles.current}` : styles.row!
          }
          onRow={(row, index) => ({
            onClick: () => props.onCurrent(row.site.id, index ?? 0),
            onDoubleClick: () => props.onOpen(row),
          })}
          locale={{
            emptyText: isLoading ? (
              ' '
            ) : (
              <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('review.emptyFilter')}>
                <Button onClick={props.onShowAll}>{t('review.showAll')}</Button>
              </Empty>
            ),
          }}
        />
      ) : null}
    </div>
  );
}

function useReviewColumns(props: ReviewTableProps, isNarrow: boolean): TableColumnsType<PlanItemJson> {
  const { hints, words, mayDecide, onDecide, onOpen } = props;
  const { t } = useTranslation();
  const { language } = words;
  const title = (key: string) => ({ key, title: t(`review.column.${key}`) });
  if (isNarrow) {
    return [
      { ...title('rank'), width: 40, align: 'right', render: (_, row) => formatCount(row.rank, language) },
      {
        ...title('site'),
        width: 140,
        render: (_, row) => <NarrowSite row={row} words={words} hints={hints.get(row.site.id) ?? []} />,
      },
      {
        ...title('decision'),
        width: 172,
        render: (_, row) => (
          <DecisionCell row={row} words={words} mayDecide={mayDecide} onDecide={onDecide} />
        ),
      },
    ];
  }
  return [
    { ...title('rank'), width: 52, align: 'right', render: (_, row) => formatCount(row.rank, language) },
    { ...title('site'), width: 196, render: (_, row) => <SiteCell row={row} onOpen={onOpen} /> },
    {
      ...title('resourceType'),
      width: language === 'en' ? 140 : 100,
      ellipsis: true,
      render: (_, row) => words.resourceType(row.site.resourceType),
    },
    { ...title('owner'), width: 128, ellipsis: true, render: (_, row) => row.site.owner || '—' },
    {
      ...title('costCny'),
      width: language === 'en' ? 112 : 96,
      align: 'right',
      render: (_, row) => formatMoney(row.costCny, language),
    },
    {
      ...title('gain'),
      width: 80,
      align: 'right',
      render: (_, row) => formatShare(row.gainWeightShare, language, 2),
    },
    {
      ...title('shareAfter'),
      width: language === 'en' ? 92 : 80,
      align: 'right',
      render: (_, row) => formatShare(row.shareAfter, language),
    },
    {
      ...title('hints'),
      width: language === 'en' ? 210 : 216,
      render: (_, row) => <Hints hints={hints.get(row.site.id) ?? []} words={words} />,
    },
    {
      ...title('decision'),
      width: language === 'en' ? 356 : 346,
      render: (_, row) => <DecisionCell row={row} words={words} mayDecide={mayDecide} onDecide={onDecide} />,
    },
  ];
}

interface SiteCellProps {
  readonly row: PlanItemJson;
  readonly onOpen: (row: PlanItemJson) => void;
}

function SiteCell({ row, onOpen }: SiteCellProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.site}>
      <div>
        <span title={row.site.name}>{row.site.name || row.site.code}</span>
        <small title={row.site.code}>{row.site.code}</small>
      </div>
      <Button
        type="text"
        size="small"
        tabIndex={-1}
        icon={<EnvironmentOutlined />}
        title={t('review.openOnMap')}
        aria-label={t('review.openOnMap')}
        onClick={() => onOpen(row)}
        data-testid="review-open"
      />
    </div>
  );
}

interface NarrowSiteProps {
  readonly row: PlanItemJson;
  readonly words: SiteWords;
  readonly hints: readonly ReviewHint[];
}

function NarrowSite({ row, words, hints }: NarrowSiteProps) {
  return (
    <div className={styles.narrowSite}>
      <span>{row.site.name || row.site.code}</span>
      <small>
        {words.resourceType(row.site.resourceType)} · {formatMoney(row.costCny, words.language)} ·{' '}
        {formatShare(row.gainWeightShare, words.language, 2)}
      </small>
      {hints.length > 0 ? <Hints hints={hints} words={words} /> : null}
    </div>
  );
}

function Hints({ hints, words }: { readonly hints: readonly ReviewHint[]; readonly words: SiteWords }) {
  const { t } = useTranslation();
  const sentences = hints.map((hint) => ({ hint, text: hintSentence(hint, words.language, t) }));
  const first = sentences[0];
  if (!first) return <>—</>;
  const list = sentences.map(({ hint, text }) => <div key={hint.key}>{text}</div>);
  return (
    <Tooltip title={list}>
      <span className={styles.hints}>
        <Tag color={first.hint.severity === 'high' ? 'orange' : 'default'}>{first.text}</Tag>
        {sentences.length > 1 ? <Tag>+{sentences.length - 1}</Tag> : null}
      </span>
    </Tooltip>
  );
}

interface DecisionCellProps {
  readonly row: PlanItemJson;
  readonly words: SiteWords;
  readonly mayDecide: boolean;
  readonly onDecide: (decision: Decision, siteIds: readonly string[]) => void;
}

function DecisionCell({ row, words, mayDecide, onDecide }: DecisionCellProps) {
  const { t } = useTranslation();
  const { review } = row;
  const reason = review?.reasonCode ? words.term('reason', review.reasonCode) : null;
  return (
    <div className={styles.decision} data-testid={`review-row-${row.site.id}`}>
      <span className={styles.judgement} data-testid="review-decision">
        {review ? (
          <Tooltip
            title={
              <>
                <div>
                  {review.reviewer} · {formatDateTime(review.at, words.language)}
                </div>
                {reason ? <div>{reason}</div> : null}
                {review.reasonText ? <div>{review.reasonText}</div> : null}
              </>
            }
          >
            <Tag color={decisionColours[review.decision]}>{words.term('decision', review.decision)}</Tag>
            {reason ? <small>{reason}</small> : null}
          </Tooltip>
        ) : (
          <small>{words.term('decision', 'none')}</small>
        )}
      </span>
      {(mayDecide ? reviewDecisions : []).map((decision) => (
        <Button
          key={decision}
          size="small"
          tabIndex={-1}
          type="text"
          className={styles.act}
          data-decision={decision}
          onClick={() => onDecide(decision, [row.site.id])}
        >
          {t(`review.act.${decision}`)}
        </Button>
      ))}
      {review ? (
        <PlanHistory
          plan={{ id: review.planId, name: '' }}
          site={{ id: row.site.id, name: row.site.name || row.site.code }}
        />
      ) : null}
    </div>
  );
}
