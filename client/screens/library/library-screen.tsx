// The resource library: states as tabs, filters in the address, one table, a drawer for the opened resource, work on many at once.
import { Button, Pagination, Tabs } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { resourceStates } from '../../../engine/index.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { useResourceCounts, useResourcePage } from '../../api/resources.ts';
import { formatCount } from '../../format/numbers.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Page } from '../../parts/page.tsx';
import { useMay, useMe } from '../../state/session.ts';
import { BulkMoveDialog } from './bulk-move-dialog.tsx';
import { type ColumnKey, rememberColumns, rememberedColumns } from './column-choice.ts';
import styles from './library.module.css';
import {
  changedView,
  countQueryOf,
  type LibraryView,
  pageQueryOf,
  pageSizes,
  plainView,
  readLibraryView,
  resourceSorts,
  writeLibraryView,
} from './library-query.ts';
import { LibraryTable } from './library-table.tsx';
import { LibraryToolbar } from './library-toolbar.tsx';
import { bulkTargets } from './resource-acts.ts';
import { resourceColumns } from './resource-columns.tsx';
import { ResourceDrawer } from './resource-drawer.tsx';
import { TakeOverDialog } from './take-over-dialog.tsx';
import { useLibraryWords } from './use-library-words.ts';

export function LibraryScreen() {
  const { t } = useTranslation();
  const words = useLibraryWords();
  const me = useMe();
  const may = { create: useMay('resource:create'), directories: useMay('directory:read') };
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => readLibraryView(params), [params]);
  const change = (part: Partial<LibraryView>) =>
    setParams(writeLibraryView(changedView(view, part)), { replace: part.resourceId === undefined });
  const clear = () => change({ ...plainView, sort: view.sort, order: view.order, pageSize: view.pageSize });
  const [columns, setColumns] = useState(rememberedColumns);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [dialog, setDialog] = useState<'move' | 'takeOver' | null>(null);
  const page = useResourcePage(pageQueryOf(view));
  const counts = useResourceCounts(countQueryOf(view)).data;
  const total = page.data?.total ?? null;
  const mayMove = me !== null && bulkTargets(me).length > 0;
  useLastPage(total, page.isPlaceholderData, view, change);

  return (
    <Page
      title={t('library.title')}
      subtitle={t('library.subtitle')}
      width="full"
      testId="library-screen"
      actions={
        <>
          {may.directories ? (
            <Link to="/directories">
              <Button data-testid="library-directories">{t('library.directories')}</Button>
            </Link>
          ) : null}
          {may.create ? (
            <Button onClick={() => setDialog('takeOver')} data-testid="library-take-over">
              {t('library.takeOverAct')}
            </Button>
          ) : null}
        </>
      }
    >
      <LibraryToolbar
        view={view}
        words={words}
        total={total}
        columns={columns}
        onChange={change}
        onClear={clear}
        onColumns={(keys: readonly ColumnKey[]) => {
          setColumns(keys);
          rememberColumns(keys);
        }}
      />
      <Tabs
        className={styles.tabs ?? ''}
        size="small"
        activeKey={view.state ?? 'all'}
        aria-label={t('library.tabs')}
        onChange={(key) => change({ state: resourceStates.find((state) => state === key) ?? null })}
        items={[
          { key: 'all', label: labelled(t('library.all'), counts?.total) },
          ...resourceStates.map((state) => ({
            key: state,
            label: labelled(
              words.state(state),
              counts?.states.find((one) => one.state === state)?.count ?? (counts ? 0 : undefined),
            ),
          })),
        ]}
      />
      {page.error ? (
        <ErrorNote
          {...describeError(page.error, words.language)}
          retryLabel={t('shell.retry')}
          onRetry={() => void page.refetch()}
        />
      ) : null}
      <section className={styles.table} data-testid="library-table">
        <LibraryTable
          resources={page.data?.resources ?? []}
          columns={resourceColumns(t, words, columns, view, (resourceId) => change({ resourceId }))}
          view={view}
          isLoading={page.isFetching && (page.isPending || page.isPlaceholderData)}
          hasFailed={page.isError}
          chosen={mayMove ? { ids: chosen, onChange: setChosen } : null}
          onSort={(_, __, sorter) => {
            const column = Array.isArray(sorter) ? sorter[0] : sorter;
            const sort = resourceSorts.find((one) => column?.order && one === column.columnKey);
            change({ sort: sort ?? 'code', order: column?.order === 'descend' ? 'desc' : 'asc' });
          }}
          onOpen={(resourceId) => change({ resourceId })}
          onClear={clear}
        />
        <div className={styles.foot}>
          {chosen.length > 0 ? (
            <>
              <span aria-live="polite" data-testid="library-chosen">
                {t('library.bulk.chosen', { count: chosen.length })}
              </span>
              <Button
                size="small"
                type="primary"
                onClick={() => setDialog('move')}
                data-testid="library-bulk"
              >
                {t('library.bulk.act')}
              </Button>
              <Button size="small" onClick={() => setChosen([])}>
                {t('library.bulk.clear')}
              </Button>
            </>
          ) : null}
          <Pagination
            size="small"
            simple={{ readOnly: false }}
            current={view.page}
            pageSize={view.pageSize}
            total={total ?? 0}
            showSizeChanger
            pageSizeOptions={pageSizes.map(String)}
            onChange={(number, pageSize) =>
              change(pageSize === view.pageSize ? { page: number } : { pageSize })
            }
          />
        </div>
      </section>
      {view.resourceId === null ? null : (
        <ResourceDrawer
          key={view.resourceId}
          id={view.resourceId}
          onClose={() => change({ resourceId: null })}
        />
      )}
      {dialog === 'move' && me !== null ? (
        <BulkMoveDialog
          ids={chosen}
          targets={bulkTargets(me)}
          onDone={() => setChosen([])}
          onClose={() => setDialog(null)}
        />
      ) : null}
      {dialog === 'takeOver' ? (
        <TakeOverDialog
          onShow={() => change({ ...plainView, state: '待产权确认' })}
          onClose={() => setDialog(null)}
        />
      ) : null}
    </Page>
  );

  function labelled(word: string, count: number | undefined): string {
    return count === undefined ? word : `${word} ${formatCount(count, words.language)}`;
  }
}

/** Rows that went away may take the last page with them. */
function useLastPage(
  total: number | null,
  isOld: boolean,
  view: LibraryView,
  change: (part: Partial<LibraryView>) => void,
): void {
  const last = total === null || isOld ? null : Math.max(1, Math.ceil(total / view.pageSize));
  useEffect(() => {
    if (last !== null && view.page > last) change({ page: last });
  });
}
