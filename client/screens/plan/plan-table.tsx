// What the tables under the map share: they fill their frame, draw only the rows in view, and follow the focus.
import { Table, type TableColumnsType, type TableRef } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import { useElementSize } from '../../parts/use-element-size.ts';
import { Settling } from './settling.tsx';

const headerPx = 36;
const selectionPx = 44;

export interface PlanTableProps<Row> {
  readonly rows: readonly Row[];
  readonly columns: TableColumnsType<Row>;
  readonly keyOf: (row: Row) => string;
  readonly focusKey: string | null;
  readonly hoverKey?: string | null;
  readonly onOpen?: (row: Row) => void;
  readonly onHover?: (row: Row | null) => void;
  readonly empty: ReactNode;
  readonly toolbar?: ReactNode;
  /** Null or left out: nothing is done to many rows. */
  readonly selection?: {
    readonly keys: readonly string[];
    readonly onChange: (keys: readonly string[]) => void;
    readonly isChoosable: (row: Row) => boolean;
  } | null;
  readonly testId: string;
}

export function PlanTable<Row extends object>(props: PlanTableProps<Row>) {
  const { rows, columns, keyOf, focusKey, hoverKey = null, onOpen, onHover, empty, toolbar, testId } = props;
  const { selection = null } = props;
  const table = useRef<TableRef>(null);
  const [frame, { heightPx, widthPx: frameWidthPx }] = useElementSize<HTMLDivElement>();
  const widthPx = columns.reduce(
    (sum, column) => sum + Number(column.width ?? 120),
    selection === null ? 0 : selectionPx,
  );

  // A row chosen on the map comes into view here.
  useEffect(() => {
    if (focusKey !== null && rows.some((row) => keyOf(row) === focusKey)) {
      table.current?.scrollTo({ key: focusKey });
    }
  }, [focusKey, rows, keyOf]);

  const step = (by: number) => {
    const at = rows.findIndex((row) => keyOf(row) === focusKey);
    const next = rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
    if (next !== undefined) onOpen?.(next);
  };

  return (
    <div className="plan-table" data-testid={testId} data-rows={rows.length}>
      {toolbar}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the rows are one stop of Tab, arrows move inside it */}
      <div
        ref={frame}
        className="plan-rows"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
        tabIndex={0}
        onMouseLeave={() => onHover?.(null)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          step(event.key === 'ArrowDown' ? 1 : -1);
        }}
      >
        <Settling className="plan-rows-frame">
          {heightPx > 0 ? (
            <Table<Row>
              ref={table}
              virtual
              size="small"
              pagination={false}
              rowKey={keyOf}
              columns={columns}
              dataSource={rows as Row[]}
              scroll={{ x: Math.max(widthPx, frameWidthPx), y: Math.max(heightPx - headerPx, 60) }}
              locale={{ emptyText: empty }}
              showSorterTooltip={false}
              {...(selection !== null && {
                rowSelection: {
                  columnWidth: selectionPx,
                  preserveSelectedRowKeys: true,
                  selectedRowKeys: [...selection.keys],
                  onChange: (keys) => selection.onChange(keys.map(String)),
                  getCheckboxProps: (row) => ({ disabled: !selection.isChoosable(row) }),
                },
              })}
              rowClassName={(row) =>
                keyOf(row) === focusKey ? 'row-focus' : keyOf(row) === hoverKey ? 'row-hover' : ''
              }
              onRow={(row) => ({
                onClick: () => onOpen?.(row),
                onMouseEnter: () => onHover?.(row),
              })}
            />
          ) : null}
        </Settling>
      </div>
    </div>
  );
}
