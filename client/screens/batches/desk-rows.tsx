// The rows of a batch: only those in view are drawn, one of them is in hand. Marks for the checks, the town's opinion, the decision.
import { CloudUploadOutlined } from '@ant-design/icons';
import { Button, Empty, Table, type TableColumnsType, type TableRef } from 'antd';
import { type Ref, useCallback, useEffect, useImperativeHandle, useMemo, useRef } from 'react';
import type { BatchRowJson } from '../../../server/contract/batches.ts';
import { formatCount } from '../../format/numbers.ts';
import { useElementSize } from '../../parts/use-element-size.ts';
import { useScrollToRow } from '../../parts/use-scroll-to-row.ts';
import type { DeskMode } from './batch-acts.ts';
import styles from './batches.module.css';
import { CheckMarks } from './check-marks.tsx';
import { DecisionTag, OpinionTag } from './decision-tag.tsx';
import { nameOfDepartment } from './department-names.ts';
import type { ShownRow } from './row-rules.ts';
import type { BatchWords } from './use-batch-words.ts';

const headerPx = 38;
const selectionPx = 36;
const NARROW_PX = 500;

export interface DeskRowsProps {
  readonly frame: Ref<HTMLElement>;
  readonly rows: readonly ShownRow[];
  readonly words: BatchWords;
  readonly mode: DeskMode;
  readonly currentId: string | null;
  /** Null: nothing is done to many rows here. */
  readonly selection: {
    readonly ids: readonly string[];
    readonly onChange: (ids: readonly string[]) => void;
    readonly mayChoose: (row: BatchRowJson) => boolean;
  } | null;
  readonly onCurrent: (id: string) => void;
  /** Null: the pointer left. */
  readonly onHover: (id: string | null) => void;
  readonly onShowAll: () => void;
}

export function DeskRows(props: DeskRowsProps) {
  const { frame, rows, words, mode, currentId, selection } = props;
  const table = useRef<TableRef>(null);
  const scrollTo = useScrollToRow(table);
  const element = useRef<HTMLElement | null>(null);
  const [measure, { widthPx, heightPx }] = useElementSize<HTMLElement>();
  useImperativeHandle(frame, () => element.current as HTMLElement);
  const isDrawn = heightPx > 0;
  useEffect(() => {
    if (isDrawn && currentId !== null) scrollTo(currentId);
  }, [isDrawn, currentId, scrollTo]);
  const isNarrow = widthPx < NARROW_PX;
  const columns = useMemo(() => rowColumns(words, isNarrow, mode), [words, isNarrow, mode]);
  const dataSource = useMemo(() => [...rows], [rows]);
  const columnsPx = columns.reduce((sum, column) => sum + Number(column.width), selection ? selectionPx : 0);
  const attach = useCallback(
    (div: HTMLElement | null) => {
      element.current = div;
      measure(div);
    },
    [measure],
  );
  return (
    <section
      ref={attach}
      aria-label={words.t('batches.desk.rows')}
      className={styles.rows}
      // the list takes the keyboard back after an act
      tabIndex={-1}
      data-testid="batch-rows"
    >
      {isDrawn ? (
        <Table<ShownRow>
          ref={table}
          virtual
          size="small"
          rowKey="id"
          pagination={false}
          columns={columns}
          dataSource={dataSource}
          scroll={{ x: Math.max(columnsPx, widthPx - 2), y: Math.max(heightPx - headerPx, 80) }}
          {...(selection !== null && {
            rowSelection: {
              columnWidth: selectionPx,
              preserveSelectedRowKeys: true,
              selectedRowKeys: [...selection.ids],
              getCheckboxProps: (row) => ({ disabled: !selection.mayChoose(row) }),
              onChange: (keys) => selection.onChange(keys.map(String)),
            },
          })}
          rowClassName={(row) => (row.id === currentId ? `${styles.row} ${styles.current}` : styles.row!)}
          onRow={(row) => ({
            onClick: () => props.onCurrent(row.id),
            onMouseEnter: () => props.onHover(row.id),
            onMouseLeave: () => props.onHover(null),
          })}
          locale={{
            emptyText: (
              <Empty
                image={Empty.PRESENTED_IMAGE_SIMPLE}
                description={words.t('batches.desk.noRows')}
                data-testid="batch-no-rows"
              >
                <Button onClick={props.onShowAll}>{words.t('batches.desk.showAll')}</Button>
              </Empty>
            ),
          }}
        />
      ) : null}
    </section>
  );
}

function rowColumns(words: BatchWords, isNarrow: boolean, mode: DeskMode): TableColumnsType<ShownRow> {
  const { t, language } = words;
  const column = (key: string, width: number) => ({ key, title: t(`batches.row.${key}`), width });
  const place = {
    ...column('place', 40),
    align: 'right' as const,
    render: (_: unknown, row: ShownRow) => formatCount(row.place, language),
  };
  /** In the column of what the person says here. */
  const unsent = (row: ShownRow, isHere: boolean) =>
    row.unsent && isHere ? (
      <CloudUploadOutlined title={t('batches.row.unsent')} aria-label={t('batches.row.unsent')} />
    ) : null;
  const decision = {
    ...column('decision', language === 'en' ? 122 : 110),
    render: (_: unknown, row: ShownRow) => (
      <span
        className={styles.decided}
        data-testid={`batch-row-${row.place}`}
        data-decision={row.decision ?? ''}
      >
        <DecisionTag decision={row.decision} words={words} />
        {unsent(row, mode !== 'opine')}
      </span>
    ),
  };
  const town = {
    ...column('town', language === 'en' ? 108 : 92),
    render: (_: unknown, row: ShownRow) => (
      <span className={styles.decided}>
        <OpinionTag opinion={row.townOpinion?.opinion ?? null} words={words} />
        {unsent(row, mode === 'opine')}
      </span>
    ),
  };
  if (isNarrow)
    return [
      place,
      {
        ...column('site', 150),
        render: (_, row) => (
          <div className={styles.twoLines}>
            <span>{row.name || row.code}</span>
            <small>
              <Countersigning row={row} words={words} />
              {row.townName} <CheckMarks row={row} words={words} />
            </small>
          </div>
        ),
      },
      mode === 'opine' ? { ...town, width: decision.width } : decision,
    ];
  return [
    place,
    {
      ...column('site', 176),
      render: (_, row) => (
        <div className={styles.twoLines}>
          <span title={row.name}>{row.name || row.code}</span>
          <small title={row.code}>
            <Countersigning row={row} words={words} />
            {row.code}
            {row.townName === '' ? '' : ` · ${row.townName}`}
          </small>
        </div>
      ),
    },
    { ...column('checks', 104), render: (_, row) => <CheckMarks row={row} words={words} /> },
    town,
    decision,
  ];
}

/** A word before the rest: departments are asked and silent. */
function Countersigning({ row, words }: { readonly row: ShownRow; readonly words: BatchWords }) {
  if (row.countersigns.length === 0) return null;
  const departments = words.list(
    row.countersigns.map(({ department }) => nameOfDepartment(department, words)),
  );
  return (
    <em className={styles.asked} title={words.t('batches.countersign.mark', { departments })}>
      {words.t('batches.countersign.short')}{' '}
    </em>
  );
}
