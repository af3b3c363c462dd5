// The sites that would become rows of a new batch, each with its failing checks and a box to leave it out; and those that do not come.
import { Collapse, Table } from 'antd';
import type { BatchPreviewJson } from '../../../server/contract/batches.ts';
import { formatMoney } from '../../format/money.ts';
import { formatCount } from '../../format/numbers.ts';
import styles from './batches.module.css';
import { FailingChecks } from './check-marks.tsx';
import type { BatchWords } from './use-batch-words.ts';

type PreviewRow = BatchPreviewJson['rows'][number];

const heightPx = 300;

export interface NewBatchRowsProps {
  readonly rows: readonly PreviewRow[];
  /** Also those a filter hides. */
  readonly all: readonly PreviewRow[];
  readonly excepted: ReadonlySet<string>;
  readonly words: BatchWords;
  readonly onExcept: (siteIds: ReadonlySet<string>) => void;
}

export function NewBatchRows({ rows, all, excepted, words, onExcept }: NewBatchRowsProps) {
  const { t, language } = words;
  return (
    <Table<PreviewRow>
      virtual
      size="small"
      rowKey="siteId"
      pagination={false}
      dataSource={[...rows]}
      scroll={{ x: 760, y: Math.min(heightPx, Math.max(rows.length, 2) * 50) }}
      rowSelection={{
        columnWidth: 44,
        preserveSelectedRowKeys: true,
        selectedRowKeys: all.flatMap(({ siteId }) => (excepted.has(siteId) ? [] : [siteId])),
        onChange: (keys) => {
          const kept = new Set(keys.map(String));
          onExcept(new Set(all.flatMap(({ siteId }) => (kept.has(siteId) ? [] : [siteId]))));
        },
      }}
      columns={[
        {
          key: 'site',
          title: t('batches.row.site'),
          width: 220,
          render: (_, row) => (
            <div className={styles.twoLines}>
              <span>{row.name || row.code}</span>
              <small>{row.code}</small>
            </div>
          ),
        },
        {
          key: 'town',
          title: t('batches.field.town'),
          width: 110,
          ellipsis: true,
          render: (_, row) => row.townName || '—',
        },
        {
          key: 'type',
          title: t('batches.field.resourceType'),
          width: 120,
          ellipsis: true,
          render: (_, row) => words.resourceType(row.resourceType),
        },
        {
          key: 'cost',
          title: t('batches.field.costCny'),
          width: 100,
          align: 'right',
          render: (_, row) => formatMoney(row.costCny, language),
        },
        {
          key: 'checks',
          title: t('batches.row.checks'),
          width: 210,
          ellipsis: true,
          render: (_, row) => <FailingChecks row={row} words={words} />,
        },
      ]}
    />
  );
}

interface LeftOutSitesProps {
  readonly leftOut: BatchPreviewJson['leftOut'];
  readonly words: BatchWords;
}

export function LeftOutSites({ leftOut, words }: LeftOutSitesProps) {
  const { t, language } = words;
  if (leftOut.length === 0) return null;
  return (
    <Collapse
      size="small"
      items={[
        {
          key: 'leftOut',
          label: t('batches.create.leftOut', { rows: formatCount(leftOut.length, language) }),
          children: (
            <ul className={styles.plainList}>
              {leftOut.map((site) => (
                <li key={site.id}>
                  {site.name || site.code} <small>{site.code}</small>{' '}
                  {t(`batches.create.${site.why}`, { number: site.batchNumber ?? '—' })}
                </li>
              ))}
            </ul>
          ),
        },
      ]}
    />
  );
}
