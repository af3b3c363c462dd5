// The rows of the library: one page from the service, only those in view are drawn; arrows move, Enter opens, Space chooses.
import { Button, Empty, Table, type TableProps, type TableRef } from 'antd';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ResourceJson } from '../../../server/contract/resources.ts';
import { useElementSize } from '../../parts/use-element-size.ts';
import { useMay } from '../../state/session.ts';
import { rowAfterKey } from '../sites/site-table-query.ts';
import styles from './library.module.css';
import { isFiltered, type LibraryView } from './library-query.ts';
import { columnsWidthPx } from './resource-columns.tsx';

const headerPx = 40;

export interface LibraryTableProps {
  readonly resources: readonly ResourceJson[];
  readonly columns: NonNullable<TableProps<ResourceJson>['columns']>;
  readonly view: LibraryView;
  readonly isLoading: boolean;
  /** Nothing is known then, so nothing is called empty. */
  readonly hasFailed: boolean;
  /** Null: this person moves nothing, so there is nothing to choose for. */
  readonly chosen: { readonly ids: readonly string[]; readonly onChange: (ids: string[]) => void } | null;
  readonly onSort: NonNullable<TableProps<ResourceJson>['onChange']>;
  readonly onOpen: (id: string) => void;
  readonly onClear: () => void;
}

export function LibraryTable(props: LibraryTableProps) {
  const { resources, columns, view, isLoading, hasFailed, chosen, onSort, onOpen, onClear } = props;
  const table = useRef<TableRef>(null);
  const [frame, { heightPx }] = useElementSize<HTMLDivElement>();
  const [atId, setAtId] = useState<string | null>(view.resourceId);
  const ids = resources.map(({ id }) => id);
  const isThere = view.resourceId !== null && ids.includes(view.resourceId);
  useEffect(() => {
    if (!isThere) return;
    setAtId(view.resourceId);
    table.current?.scrollTo({ key: view.resourceId ?? '' });
  }, [isThere, view.resourceId]);

  const toggle = (id: string) => {
    if (chosen === null) return;
    const without = chosen.ids.filter((one) => one !== id);
    chosen.onChange(without.length < chosen.ids.length ? without : [...without, id]);
  };
  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    // a button or a box within the rows answers its own keys
    if (event.target !== event.currentTarget) return;
    const isAt = atId !== null && ids.includes(atId);
    if (isAt && event.key === 'Enter') onOpen(atId);
    else if (isAt && event.key === ' ') toggle(atId);
    else {
      const next = rowAfterKey(ids, atId, event.key);
      if (next === null) return;
      setAtId(next);
      table.current?.scrollTo({ key: next });
    }
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the rows are one stop of Tab, arrows move inside it
    <div
      ref={frame}
      className={styles.rows}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
      tabIndex={0}
      onKeyDown={press}
      data-testid="library-rows"
    >
      {heightPx > 0 ? (
        <Table<ResourceJson>
          ref={table}
          virtual
          size="small"
          rowKey="id"
          pagination={false}
          loading={isLoading}
          columns={columns}
          dataSource={[...resources]}
          scroll={{ x: columnsWidthPx(columns), y: Math.max(heightPx - headerPx, 80) }}
          {...(chosen !== null && {
            rowSelection: {
              fixed: true,
              columnWidth: 48,
              preserveSelectedRowKeys: true,
              selectedRowKeys: [...chosen.ids],
              onChange: (keys) => chosen.onChange(keys.map(String)),
            },
          })}
          locale={{
            emptyText: isLoading || hasFailed ? ' ' : <NoResources view={view} onClear={onClear} />,
          }}
          rowClassName={({ id }) => `${styles.row} ${id === atId ? styles.opened : ''}`}
          onRow={({ id }) => ({ onClick: () => onOpen(id) })}
          onChange={onSort}
        />
      ) : null}
    </div>
  );
}

function NoResources({ view, onClear }: { readonly view: LibraryView; readonly onClear: () => void }) {
  const { t } = useTranslation();
  const mayImport = useMay('import:create');
  const mayAdd = useMay('resource:create') && mayImport;
  const isQueueOnly = view.state === '待定位' && !isFiltered({ ...view, state: null });
  const word = isQueueOnly ? 'unplaced' : isFiltered(view) ? 'filtered' : mayAdd ? 'store' : 'storeRead';
  return (
    <Empty
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={t(`library.empty.${word}`)}
      data-testid="library-empty"
    >
      {isFiltered(view) ? <Button onClick={onClear}>{t('library.clear')}</Button> : null}
      {!isFiltered(view) && mayAdd ? (
        <Link to="/import">
          <Button type="primary">{t('library.empty.toImport')}</Button>
        </Link>
      ) : null}
    </Empty>
  );
}
