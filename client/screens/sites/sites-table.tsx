// The site library as a table: pages, order and filters from the server, only the rows in view are drawn, and one focus
// shared with the map. Fills the element it stands in.
import { Alert, Button, Empty, Pagination, Table, type TableProps, type TableRef } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { SiteJson } from '../../../server/contract/sites.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { useSite, useSitePage } from '../../api/sites.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { pageSizes } from '../../parts/page-sizes.ts';
import { rowAfterKey } from '../../parts/row-after-key.ts';
import { useDebounced } from '../../parts/use-debounced.ts';
import { useElementSize } from '../../parts/use-element-size.ts';
import { filtersStore, mapWindowStore, noFilters, siteQueryOf } from '../../state/filters.ts';
import { focusSite, focusStore, hoverSite } from '../../state/focus.ts';
import { useStore } from '../../state/make-store.ts';
import { useMay } from '../../state/session.ts';
import { moveMapTo } from '../../state/view.ts';
import { NewBatchButton } from '../batches/new-batch-button.tsx';
import { columnsWidthPx, siteColumns } from './site-columns.tsx';
import { clampPage, firstPage, nextPage, sitePageQuery } from './site-table-query.ts';
import styles from './sites.module.css';
import { SitesToolbar } from './sites-toolbar.tsx';
import { useSiteWords } from './use-site-words.ts';

const headerPx = 40;
const selectionPx = 44;

export function SitesTable() {
  const { t } = useTranslation();
  const words = useSiteWords();
  const [page, setPage] = useState(firstPage);
  const maySubmit = useMay('batch:submit');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const filters = useDebounced(useStore(filtersStore, (value) => value));
  const box = useDebounced(useStore(mapWindowStore, (value) => value.box));
  const query = siteQueryOf(filters, box);
  const reply = useSitePage(sitePageQuery(query, page));
  const total = reply.data?.total ?? null;

  // Another filter starts at the first page; rows that went away may take the last page with them.
  const filterKey = JSON.stringify(query);
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the filter changes, reads nothing of it
  useEffect(() => setPage((now) => ({ ...now, page: 1 })), [filterKey]);
  useEffect(() => {
    if (total !== null && !reply.isPlaceholderData) setPage((now) => clampPage(now, total));
  }, [total, reply.isPlaceholderData]);

  return (
    <section className={styles.frame} aria-label={t('sites.title')} data-testid="sites-table">
      <SitesToolbar words={words} total={total} query={query} />
      <NotOnPage sites={reply.data?.sites} />
      {reply.error ? (
        <div className={styles.note}>
          <ErrorNote
            {...describeError(reply.error, words.language)}
            retryLabel={t('shell.retry')}
            onRetry={() => void reply.refetch()}
          />
        </div>
      ) : null}
      <Rows
        sites={reply.data?.sites ?? []}
        isLoading={reply.isFetching && (reply.isPending || reply.isPlaceholderData)}
        hasFailed={reply.isError}
        isFiltered={filterKey !== '{}'}
        columns={siteColumns(t, words, page)}
        selection={maySubmit ? { ids: chosen, onChange: setChosen } : null}
        onChange={(_, __, sorter) => {
          const column = Array.isArray(sorter) ? sorter[0] : sorter;
          setPage((now) =>
            nextPage(now, {
              page: now.page,
              pageSize: now.pageSize,
              field: column?.columnKey === undefined ? undefined : String(column.columnKey),
              order: column?.order,
            }),
          );
        }}
      />
      <div className={styles.foot}>
        {chosen.length === 0 ? null : (
          <div className={styles.chosen}>
            <span aria-live="polite" data-testid="sites-chosen">
              {t('desk.chosen', { count: chosen.length })}
            </span>
            <NewBatchButton rows={chosen.length} source={{ siteIds: [...chosen] }} />
            <Button size="small" onClick={() => setChosen([])}>
              {t('desk.unchoose')}
            </Button>
          </div>
        )}
        <Pagination
          size="small"
          simple={{ readOnly: false }}
          current={page.page}
          pageSize={page.pageSize}
          total={total ?? 0}
          showSizeChanger
          pageSizeOptions={pageSizes.map(String)}
          onChange={(number, pageSize) =>
            setPage((now) =>
              nextPage(now, {
                page: number,
                pageSize,
                field: now.sort,
                order: now.order === 'desc' ? 'descend' : 'ascend',
              }),
            )
          }
        />
      </div>
    </section>
  );
}

interface RowsProps {
  readonly sites: readonly SiteJson[];
  readonly isLoading: boolean;
  /** Nothing is known then, so nothing is called empty. */
  readonly hasFailed: boolean;
  readonly isFiltered: boolean;
  readonly columns: NonNullable<TableProps<SiteJson>['columns']>;
  /** Null: this person does nothing to many sites. */
  readonly selection: {
    readonly ids: readonly string[];
    readonly onChange: (ids: readonly string[]) => void;
  } | null;
  readonly onChange: NonNullable<TableProps<SiteJson>['onChange']>;
}

function Rows({ sites, isLoading, hasFailed, isFiltered, columns, selection, onChange }: RowsProps) {
  const table = useRef<TableRef>(null);
  const [frame, { heightPx }] = useElementSize<HTMLDivElement>();
  const focusId = useStore(focusStore, (value) => value.siteId);
  const hoverId = useStore(focusStore, (value) => value.hoverSiteId);
  const ids = useMemo(() => sites.map((site) => site.id), [sites]);

  // A site chosen on the map comes into view here.
  useEffect(() => {
    if (focusId !== null && ids.includes(focusId)) table.current?.scrollTo({ key: focusId });
  }, [focusId, ids]);

  const choose = (site: SiteJson | undefined) => {
    if (!site) return;
    focusSite(site.id);
    moveMapTo([site.position[0]!, site.position[1]!]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the rows are one stop of Tab, arrows move inside it
    <div
      ref={frame}
      className={styles.rows}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
      tabIndex={0}
      onMouseLeave={() => hoverSite(null)}
      onKeyDown={(event) => {
        const id = rowAfterKey(ids, focusId, event.key);
        if (id === null) return;
        event.preventDefault();
        choose(sites.find((site) => site.id === id));
      }}
    >
      {heightPx > 0 ? (
        <Table<SiteJson>
          ref={table}
          virtual
          size="small"
          rowKey="id"
          pagination={false}
          loading={isLoading}
          columns={columns}
          dataSource={[...sites]}
          {...(selection !== null && {
            rowSelection: {
              columnWidth: selectionPx,
              fixed: true,
              preserveSelectedRowKeys: true,
              selectedRowKeys: [...selection.ids],
              onChange: (keys: readonly unknown[]) => selection.onChange(keys.map(String)),
            },
          })}
          scroll={{
            x: columnsWidthPx(columns) + (selection === null ? 0 : selectionPx),
            y: Math.max(heightPx - headerPx, 80),
          }}
          locale={{ emptyText: isLoading || hasFailed ? ' ' : <NoSites isFiltered={isFiltered} /> }}
          rowClassName={(site) => rowClass(site.id, focusId, hoverId)}
          onRow={(site) => ({ onClick: () => choose(site), onMouseEnter: () => hoverSite(site.id) })}
          onChange={onChange}
        />
      ) : null}
    </div>
  );
}

function rowClass(id: string, focusId: string | null, hoverId: string | null): string {
  if (id === focusId) return `${styles.row} ${styles.focused}`;
  return id === hoverId ? `${styles.row} ${styles.hovered}` : styles.row;
}

function NoSites({ isFiltered }: { readonly isFiltered: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <Empty
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={t(isFiltered ? 'sites.empty' : 'sites.emptyStore')}
      data-testid="sites-empty"
    >
      {isFiltered ? (
        <Button onClick={() => filtersStore.set(noFilters)}>{t('sites.clear')}</Button>
      ) : (
        <Button type="primary" onClick={() => navigate('/import')}>
          {t('sites.toImport')}
        </Button>
      )}
    </Empty>
  );
}

/** Says so when the site chosen on the map is on another page, and offers to show it. */
function NotOnPage({ sites }: { readonly sites: readonly SiteJson[] | undefined }) {
  const { t } = useTranslation();
  const focusId = useStore(focusStore, (value) => value.siteId);
  const isHere = focusId === null || sites === undefined || sites.some((site) => site.id === focusId);
  const site = useSite(isHere ? null : focusId).data;
  if (isHere || site === undefined) return null;
  return (
    <div className={styles.note}>
      <Alert
        type="info"
        data-testid="sites-not-on-page"
        title={`${t('sites.notOnPage')} ${site.code} ${site.name}`}
        action={
          <Button size="small" onClick={() => filtersStore.set({ ...noFilters, q: site.code })}>
            {t('sites.showInTable')}
          </Button>
        }
      />
    </div>
  );
}
