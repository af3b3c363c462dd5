// The table of every desk: one page from the service, only the rows in view are drawn, columns and views as the person set them up.
// Arrows or J and K move, Enter opens, Space chooses. A desk of a hundred thousand rows costs what its page costs.
import { EnvironmentOutlined } from '@ant-design/icons';
import { Button, Empty, Pagination, Table, type TableProps, type TableRef, Tabs } from 'antd';
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './desk.module.css';
import { DeskMapPane, type DeskTableMap, type TellHover } from './desk-map-pane.tsx';
import { useDeskMap } from './desk-map-slot.tsx';
import { ErrorNote, type ErrorNoteProps } from './error-note.tsx';
import { pageSizes } from './page-sizes.ts';
import { rowAfterKey } from './row-after-key.ts';
import { type ChoosableColumn, shownColumns } from './shown-columns.ts';
import { ColumnButton, type TableSettings, ViewButton } from './table-tools.tsx';
import { useElementSize } from './use-element-size.ts';
import { useKeyCommands } from './use-key-commands.ts';
import { useScrollToRow } from './use-scroll-to-row.ts';

export interface DeskColumn<Row> extends ChoosableColumn {
  readonly title: string;
  readonly render: (row: Row) => ReactNode;
  /** 120 unless told. */
  readonly widthPx?: number;
  /** The service can sort by it; its key is the word of the sort. */
  readonly sortable?: boolean;
  readonly align?: 'right';
}

export interface TableSort {
  readonly key: string;
  readonly order: 'asc' | 'desc';
}

export interface DeskTabs {
  readonly label: string;
  readonly active: string;
  /** A count that is not known yet is left out. */
  readonly items: readonly { readonly key: string; readonly title: string; readonly count?: number }[];
  readonly onTab: (key: string) => void;
}

export interface DeskTableProps<Row> {
  /** First part of every test id: -table, -rows, -total, -empty, -chosen, -columns, -views. */
  readonly testId: string;
  /** The rows of this page. */
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly columns: readonly DeskColumn<Row>[];
  readonly settings: TableSettings;
  /** Over all pages; null while it is not known. */
  readonly total: number | null;
  readonly page: number;
  readonly pageSize: number;
  /** Another size begins at the first page. */
  readonly onPage: (place: { readonly page: number; readonly pageSize: number }) => void;
  readonly sort: TableSort | null;
  /** Null: back to the order the desk begins with. */
  readonly onSort: (sort: TableSort | null) => void;
  /** The rows on the screen are none or those of the page before. */
  readonly isLoading: boolean;
  /** A refused call in words; nothing is called empty then. */
  readonly error?: ErrorNoteProps | null;
  /** Null or left out: nothing is done to many rows, so there is nothing to choose for. */
  readonly selection?: {
    readonly ids: readonly string[];
    /** `rows`: those of `ids`, as they were on the screen when they were chosen or looked at last. */
    readonly onChange: (ids: readonly string[], rows: readonly Row[]) => void;
    /** What can be done to the chosen ones: buttons. */
    readonly acts: ReactNode;
  } | null;
  /** The row whose drawer is open: marked and scrolled to. */
  readonly focusId?: string | null;
  readonly onFocus?: (id: string) => void;
  readonly onOpen: (id: string) => void;
  /** The filters: a QueryBar. */
  readonly toolbar?: ReactNode;
  /** On the right of the filters: export and the like. */
  readonly actions?: ReactNode;
  readonly tabs?: DeskTabs | null;
  /** The rows on a map beside the table; left out: they have no places. */
  readonly map?: DeskTableMap<Row>;
  /** What saved views keep and give back; left out: no saved views. */
  readonly view?: { readonly query: string; readonly onTake: (query: string) => void };
  readonly empty: {
    readonly isFiltered: boolean;
    /** What an empty desk says; the filtered one has its own sentence unless `filteredText` says more. */
    readonly text: string;
    readonly filteredText?: string;
    readonly onClear: () => void;
    /** The next move on a desk that is empty by itself. */
    readonly act?: ReactNode;
  };
}

const headerPx = 40;
const selectionPx = 48;
const usualPx = 120;
const keys = { j: 'j', k: 'k', Enter: 'Enter' } as const;

export function DeskTable<Row extends object>(props: DeskTableProps<Row>) {
  const { testId, columns, settings, total, error, tabs, view, selection = null, map } = props;
  const { t } = useTranslation();
  useLastPage(props);
  const [atId, setAtId] = useState<string | null>(props.focusId ?? null);
  const tellHover = useRef<TellHover>(null);
  const DeskMap = useDeskMap();
  const chosen = selection?.ids ?? [];
  const shown = useRef(new Map<string, Row>());
  useEffect(() => {
    for (const row of props.rows) shown.current.set(props.rowKey(row), row);
  }, [props.rows, props.rowKey]);
  const choose = (ids: readonly string[]) =>
    selection?.onChange(
      ids,
      ids.flatMap((id) => shown.current.get(id) ?? []),
    );
  return (
    <>
      <div className={styles.head}>
        {props.toolbar}
        <div className={styles.tools}>
          <span className={styles.count} aria-live="polite" data-testid={`${testId}-total`}>
            {total === null ? '' : t('desk.total', { total })}
          </span>
          {view === undefined ? null : <ViewButton {...view} settings={settings} testId={testId} />}
          <ColumnButton columns={columns} settings={settings} testId={testId} />
          {map === undefined || DeskMap === null ? null : (
            <Button
              icon={<EnvironmentOutlined />}
              type={map.isOpen ? 'primary' : 'default'}
              ghost={map.isOpen}
              aria-pressed={map.isOpen}
              onClick={map.onToggle}
              data-testid={`${testId}-map-toggle`}
            >
              {t('desk.map.act')}
            </Button>
          )}
          {props.actions}
        </div>
      </div>
      {tabs ? <StateTabs {...tabs} /> : null}
      {error ? <ErrorNote {...error} /> : null}
      <div className={styles.split}>
        <section className={styles.table} data-testid={`${testId}-table`}>
          <Rows {...props} atId={atId} onAt={setAtId} onChoose={choose} tellHover={tellHover} />
          <div className={styles.foot}>
            {selection !== null && chosen.length > 0 ? (
              <div className={styles.bulk}>
                <span aria-live="polite" data-testid={`${testId}-chosen`}>
                  {t('desk.chosen', { count: chosen.length })}
                </span>
                {selection.acts}
                <Button size="small" onClick={() => selection.onChange([], [])}>
                  {t('desk.unchoose')}
                </Button>
              </div>
            ) : null}
            <Pagination
              size="small"
              simple={{ readOnly: false }}
              current={props.page}
              pageSize={props.pageSize}
              total={total ?? 0}
              showSizeChanger
              pageSizeOptions={pageSizes.map(String)}
              onChange={(page, pageSize) =>
                props.onPage({ page: pageSize === props.pageSize ? page : 1, pageSize })
              }
            />
          </div>
        </section>
        {map?.isOpen && DeskMap !== null ? (
          <DeskMapPane
            DeskMap={DeskMap}
            testId={testId}
            map={map}
            rows={props.rows}
            rowKey={props.rowKey}
            markedId={props.focusId ?? atId}
            tellHover={tellHover}
            onPick={setAtId}
            onOpen={props.onOpen}
          />
        ) : null}
      </div>
    </>
  );
}

interface RowsProps<Row> extends DeskTableProps<Row> {
  /** Where the keys are. */
  readonly atId: string | null;
  readonly onAt: (id: string) => void;
  readonly onChoose: (ids: readonly string[]) => void;
  /** Heard by the map, where one is open; the table is not drawn anew for a pointer that passes over it. */
  readonly tellHover: RefObject<TellHover | null>;
}

function Rows<Row extends object>(props: RowsProps<Row>) {
  const { testId, rows, rowKey, settings, isLoading, error, focusId = null, onFocus, onOpen } = props;
  const { selection = null, atId, onAt, onChoose, tellHover } = props;
  const table = useRef<TableRef>(null);
  const scrollTo = useScrollToRow(table);
  const [frame, { heightPx }] = useElementSize<HTMLDivElement>();
  const ids = rows.map(rowKey);
  const isThere = focusId !== null && ids.includes(focusId);
  useEffect(() => {
    if (!isThere || focusId === null) return;
    onAt(focusId);
    scrollTo(focusId);
  }, [isThere, focusId, onAt, scrollTo]);

  const columns = antColumns(shownColumns(props.columns, settings.columns), props.sort);
  const widthPx = columns.reduce((sum, column) => sum + Number(column.width), selection ? selectionPx : 0);
  const toggle = (id: string) => {
    if (selection === null) return;
    const without = selection.ids.filter((one) => one !== id);
    onChoose(without.length < selection.ids.length ? without : [...without, id]);
  };
  /** False: the key means nothing here. */
  const obey = (key: string): boolean => {
    const isAt = atId !== null && ids.includes(atId);
    if (isAt && key === 'Enter') onOpen(atId);
    else if (isAt && key === ' ') toggle(atId);
    else {
      const next = rowAfterKey(ids, atId, key);
      if (next === null) return false;
      onAt(next);
      onFocus?.(next);
      scrollTo(next);
    }
    return true;
  };
  useKeyCommands(keys, obey);
  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    // a button or a box within the rows answers its own keys
    if (event.target !== event.currentTarget || event.ctrlKey || event.altKey || event.metaKey) return;
    if (obey(event.key)) event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the rows are one stop of Tab, arrows move inside it
    <div
      ref={frame}
      className={styles.rows}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
      tabIndex={0}
      onKeyDown={press}
      data-testid={`${testId}-rows`}
    >
      {heightPx > 0 ? (
        <Table<Row>
          ref={table}
          virtual
          size="small"
          rowKey={rowKey}
          pagination={false}
          loading={isLoading}
          columns={columns}
          dataSource={[...rows]}
          scroll={{ x: widthPx, y: Math.max(heightPx - headerPx, 80) }}
          {...(selection !== null && {
            rowSelection: {
              fixed: true,
              columnWidth: selectionPx,
              preserveSelectedRowKeys: true,
              selectedRowKeys: [...selection.ids],
              onChange: (chosen) => onChoose(chosen.map(String)),
            },
          })}
          locale={{
            emptyText: isLoading || error ? ' ' : <NoRows testId={testId} {...props.empty} />,
          }}
          rowClassName={(row) => `${styles.row} ${rowKey(row) === atId ? styles.opened : ''}`}
          onRow={(row) => ({
            onClick: () => onOpen(rowKey(row)),
            onMouseEnter: () => tellHover.current?.(rowKey(row)),
            onMouseLeave: () => tellHover.current?.(null),
          })}
          onChange={(_, __, sorter) => {
            const { order, columnKey } = (Array.isArray(sorter) ? sorter[0] : sorter) ?? {};
            props.onSort(
              order ? { key: String(columnKey), order: order === 'descend' ? 'desc' : 'asc' } : null,
            );
          }}
        />
      ) : null}
    </div>
  );
}

function antColumns<Row>(
  columns: readonly DeskColumn<Row>[],
  sort: TableSort | null,
): NonNullable<TableProps<Row>['columns']> {
  return columns.map(({ key, title, render, widthPx = usualPx, sortable, fixed, align }) => ({
    key,
    title,
    width: widthPx,
    ellipsis: true,
    ...(fixed && { fixed: 'left' as const }),
    ...(align && { align }),
    ...(sortable && {
      sorter: true,
      sortOrder: sort?.key === key ? (sort.order === 'desc' ? 'descend' : 'ascend') : null,
      showSorterTooltip: false,
    }),
    render: (_: unknown, row: Row) => render(row),
  }));
}

function StateTabs({ label, active, items, onTab }: DeskTabs) {
  const { t } = useTranslation();
  return (
    <Tabs
      className={styles.tabs ?? ''}
      size="small"
      activeKey={active}
      aria-label={label}
      onChange={onTab}
      items={items.map(({ key, title, count }) => ({
        key,
        label: count === undefined ? title : t('desk.tab', { title, count }),
      }))}
    />
  );
}

function NoRows({
  testId,
  isFiltered,
  text,
  filteredText,
  onClear,
  act,
}: { readonly testId: string } & DeskTableProps<object>['empty']) {
  const { t } = useTranslation();
  return (
    <Empty
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={isFiltered ? (filteredText ?? t('desk.emptyFiltered')) : text}
      data-testid={`${testId}-empty`}
    >
      {isFiltered ? <Button onClick={onClear}>{t('desk.clear')}</Button> : act}
    </Empty>
  );
}

/** Rows that went away may take the last page with them. */
function useLastPage<Row>({ total, isLoading, page, pageSize, onPage }: DeskTableProps<Row>): void {
  const last = total === null || isLoading ? null : Math.max(1, Math.ceil(total / pageSize));
  useEffect(() => {
    if (last !== null && page > last) onPage({ page: last, pageSize });
  });
}
