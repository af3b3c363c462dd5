// The library in the table of every desk: state tabs with counts, one page of resources, work on many at once.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { resourceStates } from '../../../engine/index.ts';
import type { SeenRowJson } from '../../../server/contract/shared.ts';
import { resourceMap } from '../../api/desk-map.ts';
import { useResource, useResourceCounts, useResourcePage } from '../../api/resources.ts';
import { deskTableMap } from '../../parts/desk-map-pane.tsx';
import { DeskTable, type DeskTabs } from '../../parts/desk-table.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { useMay } from '../../state/session.ts';
import { useTableSettings } from '../../state/table-settings.ts';
import { useDeskStates } from '../shell/use-desk-states.ts';
import { useTableError } from '../shell/use-table-error.ts';
import {
  countQueryOf,
  exportQueryOf,
  isFiltered,
  type LibraryView,
  pageQueryOf,
  plainView,
  readLibraryView,
  resourceSorts,
  writeLibraryView,
} from './library-query.ts';
import { LibraryExport, LibraryToolbar } from './library-toolbar.tsx';
import { markOfResource } from './mark-of-resource.ts';
import { resourceColumns } from './resource-columns.tsx';
import { resourceColours } from './state-tag.tsx';
import type { LibraryWords } from './use-library-words.ts';

export interface LibraryTableProps {
  readonly view: LibraryView;
  readonly words: LibraryWords;
  /** Null: this person does nothing to many, so there is nothing to choose for. */
  readonly chosen: {
    readonly ids: readonly string[];
    readonly onChange: (ids: readonly string[], rows: readonly SeenRowJson[]) => void;
    /** Buttons. */
    readonly acts: ReactNode;
  } | null;
  readonly onChange: (change: Partial<LibraryView>) => void;
}

export function LibraryTable({ view, words, chosen, onChange }: LibraryTableProps) {
  const { t } = useTranslation();
  const mayExport = useMay('resource:export');
  const mayImport = useMay('import:create');
  const mayAdd = useMay('resource:create') && mayImport;
  const settings = useTableSettings('library');
  const page = useResourcePage(pageQueryOf(view));
  const refused = useTableError(page);
  const states = useDeskStates(resourceColours, words.state);
  const opened = useResource(view.map ? view.resourceId : null).data;
  const { sort, order, pageSize, map } = view;
  const clear = () => onChange({ ...plainView, sort, order, pageSize, map });
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
      selection={chosen}
      focusId={view.resourceId}
      onOpen={(resourceId) => onChange({ resourceId })}
      toolbar={<LibraryToolbar view={view} words={words} onChange={onChange} onClear={clear} />}
      actions={mayExport ? <LibraryExport view={view} /> : null}
      map={deskTableMap({
        view,
        onChange,
        source: resourceMap(exportQueryOf(view)),
        states,
        mark: markOfResource,
        opened,
      })}
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
          <LinkButton to="/import" type="primary">
            {t('library.empty.toImport')}
          </LinkButton>
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
