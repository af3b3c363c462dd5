// The library in the table of every desk: state tabs with counts, one page of resources, work on many at once.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { resourceStates } from '../../../engine/index.ts';
import { useResourceCounts, useResourcePage } from '../../api/resources.ts';
import { DeskTable, type DeskTabs } from '../../parts/desk-table.tsx';
import { useMay } from '../../state/session.ts';
import { useTableSettings } from '../../state/table-settings.ts';
import { useTableError } from '../shell/use-table-error.ts';
import {
  countQueryOf,
  isFiltered,
  type LibraryView,
  pageQueryOf,
  plainView,
  readLibraryView,
  resourceSorts,
  writeLibraryView,
} from './library-query.ts';
import { LibraryExport, LibraryToolbar } from './library-toolbar.tsx';
import { resourceColumns } from './resource-columns.tsx';
import type { LibraryWords } from './use-library-words.ts';

export interface LibraryTableProps {
  readonly view: LibraryView;
  readonly words: LibraryWords;
  /** Null: this person moves nothing, so there is nothing to choose for. */
  readonly chosen: {
    readonly ids: readonly string[];
    readonly onChange: (ids: readonly string[]) => void;
  } | null;
  readonly onChange: (change: Partial<LibraryView>) => void;
  readonly onBulk: () => void;
}

export function LibraryTable({ view, words, chosen, onChange, onBulk }: LibraryTableProps) {
  const { t } = useTranslation();
  const mayExport = useMay('resource:export');
  const mayImport = useMay('import:create');
  const mayAdd = useMay('resource:create') && mayImport;
  const settings = useTableSettings('library');
  const page = useResourcePage(pageQueryOf(view));
  const refused = useTableError(page);
  const clear = () => onChange({ ...plainView, sort: view.sort, order: view.order, pageSize: view.pageSize });
  const isQueueOnly = view.state === '待定位' && !isFiltered({ ...view, state: null });
  return (
    <DeskTable
      testId="library"
      rows={page.data?.resources ?? []}
      rowKey={({ id }) => id}
      columns={resourceColumns(t, words, (resourceId) => onChange({ resourceId }))}
      settings={settings}
      total={page.data?.total ?? null}
      page={view.page}
      pageSize={view.pageSize}
      onPage={onChange}
      sort={{ key: view.sort, order: view.order }}
      onSort={(sort) =>
        onChange({
          sort: resourceSorts.find((one) => one === sort?.key) ?? 'code',
          order: sort?.order ?? 'asc',
        })
      }
      isLoading={page.isFetching && (page.isPending || page.isPlaceholderData)}
      error={refused}
      selection={
        chosen === null
          ? null
          : {
              ...chosen,
              acts: (
                <Button size="small" type="primary" onClick={onBulk} data-testid="library-bulk">
                  {t('library.bulk.act')}
                </Button>
              ),
            }
      }
      focusId={view.resourceId}
      onOpen={(resourceId) => onChange({ resourceId })}
      toolbar={<LibraryToolbar view={view} words={words} onChange={onChange} onClear={clear} />}
      actions={mayExport ? <LibraryExport view={view} /> : null}
      tabs={useStateTabs(view, words, onChange)}
      view={{
        query: writeLibraryView({ ...view, page: 1, resourceId: null }).toString(),
        onTake: (query) => onChange(readLibraryView(new URLSearchParams(query))),
      }}
      empty={{
        isFiltered: isFiltered(view),
        text: t(mayAdd ? 'library.empty.store' : 'library.empty.storeRead'),
        filteredText: t(isQueueOnly ? 'library.empty.unplaced' : 'library.empty.filtered'),
        onClear: clear,
        act: mayAdd ? (
          <Link to="/import">
            <Button type="primary">{t('library.empty.toImport')}</Button>
          </Link>
        ) : null,
      }}
    />
  );
}

function useStateTabs(
  view: LibraryView,
  words: LibraryWords,
  onChange: LibraryTableProps['onChange'],
): DeskTabs {
  const { t } = useTranslation();
  const counts = useResourceCounts(countQueryOf(view)).data;
  const countOf = (state: string) => counts?.states.find((one) => one.state === state)?.count ?? 0;
  return {
    label: t('library.tabs'),
    active: view.state ?? 'all',
    items: [
      { key: 'all', title: t('library.all'), ...(counts && { count: counts.total }) },
      ...resourceStates.map((state) => ({
        key: state,
        title: words.state(state),
        ...(counts && { count: countOf(state) }),
      })),
    ],
    onTab: (key) => onChange({ state: resourceStates.find((state) => state === key) ?? null }),
  };
}
