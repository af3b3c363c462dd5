// The rows of a directory in the table of every desk: what changed as tabs, filters and order of the service, the map beside them.
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { freeStatuses, libraryTypes } from '../../../engine/index.ts';
import type { DirectoryJson, ListedRowJson } from '../../../server/contract/directories.ts';
import { directoryMap } from '../../api/desk-map.ts';
import { useDirectoryCounts, type useDirectoryRows } from '../../api/directories.ts';
import { deskTableMap } from '../../parts/desk-map-pane.tsx';
import type { MarkedRow } from '../../parts/desk-map-slot.tsx';
import { DeskTable, type DeskTabs } from '../../parts/desk-table.tsx';
import { QueryBar, type QueryChoice, withChosen } from '../../parts/query-bar.tsx';
import { useTableSettings } from '../../state/table-settings.ts';
import { type LibraryWords, useLibraryWords } from '../library/use-library-words.ts';
import { usePlaceChoices } from '../library/use-place-choices.ts';
import { placesOf } from '../shell/places-of.ts';
import { useDeskStates } from '../shell/use-desk-states.ts';
import { useTableError } from '../shell/use-table-error.ts';
import { changeColours } from './change-tag.tsx';
import { directoryColumns } from './directory-columns.tsx';
import {
  type DirectoryView,
  isDirectoryFiltered,
  noRowFilters,
  plainDirectory,
  type RowFilter,
  readDirectoryView,
  rowChanges,
  rowCountQueryOf,
  rowExportQueryOf,
  rowSorts,
  writeDirectoryView,
} from './directory-query.ts';
import { ExportButton } from './export-button.tsx';

export interface DirectoryTableProps {
  readonly id: string;
  readonly view: DirectoryView;
  readonly page: ReturnType<typeof useDirectoryRows>;
  /** The opened row, which may stand on another page. */
  readonly opened: ListedRowJson | undefined;
  readonly onChange: (change: Partial<DirectoryView>) => void;
}

const markOfRow = ({ resourceId, code, name, change, position }: ListedRowJson): MarkedRow => ({
  id: resourceId,
  title: name || code,
  state: change,
  places: placesOf(position),
});

export function DirectoryTable({ id, view, page, opened, onChange }: DirectoryTableProps) {
  const { t } = useTranslation();
  const words = useLibraryWords();
  const settings = useTableSettings('directory');
  const refused = useTableError(page);
  const counts = useDirectoryCounts(id, rowCountQueryOf(view)).data;
  const changeWord = useCallback((change: string) => t(`directory.diff.change.${change}`), [t]);
  const states = useDeskStates(changeColours, changeWord);
  const { directory, against, rows, total } = page.data ?? {};
  const isFirst = against === null;
  const clear = () => onChange(noRowFilters);
  const tabs: DeskTabs = {
    label: t('directory.diff.title'),
    active: view.change ?? 'all',
    items: [
      { key: 'all', title: t('directory.allRows'), ...(counts && { count: counts.total }) },
      ...rowChanges.map((change) => ({
        key: change,
        title: changeWord(change),
        ...(counts && { count: counts.changes.find((one) => one.change === change)?.count ?? 0 }),
      })),
    ],
    onTab: (key) => onChange({ change: rowChanges.find((change) => change === key) ?? null }),
  };
  return (
    <DeskTable
      testId="directory"
      rows={rows ?? []}
      rowKey={({ resourceId }) => resourceId}
      columns={directoryColumns(t, words, { isFirst, change: view.change }, (row) => onChange({ row }))}
      settings={settings}
      total={total ?? null}
      page={view.page}
      pageSize={view.pageSize}
      onPage={onChange}
      sort={{ key: view.sort, order: view.order }}
      onSort={(sort) =>
        onChange({
          sort: rowSorts.find((one) => one === sort?.key) ?? plainDirectory.sort,
          order: sort?.order ?? 'asc',
        })
      }
      isLoading={page.isFetching && (page.isPending || page.isPlaceholderData)}
      error={refused}
      focusId={view.row}
      onOpen={(row) => onChange({ row })}
      toolbar={
        <Filters
          view={view}
          words={words}
          directory={directory}
          owners={counts?.owners ?? []}
          onChange={onChange}
          onClear={clear}
        />
      }
      actions={directory === undefined ? null : <ExportButton directory={directory} view={view} />}
      tabs={isFirst ? null : tabs}
      map={deskTableMap({
        view,
        onChange,
        source: directoryMap(id, rowExportQueryOf(view)),
        states,
        mark: markOfRow,
        opened,
      })}
      view={{
        query: writeDirectoryView({ ...view, page: 1, row: null }).toString(),
        onTake: (query) => onChange(readDirectoryView(new URLSearchParams(query))),
      }}
      empty={{ isFiltered: isDirectoryFiltered(view), text: t('directory.noRows'), onClear: clear }}
    />
  );
}

interface FiltersProps {
  readonly view: DirectoryView;
  readonly words: LibraryWords;
  readonly directory: DirectoryJson | undefined;
  readonly owners: readonly string[];
  readonly onChange: DirectoryTableProps['onChange'];
  readonly onClear: () => void;
}

function Filters({ view, words, directory, owners, onChange, onClear }: FiltersProps) {
  const { t } = useTranslation();
  const towns = usePlaceChoices(directory?.districtCode ?? null).flatMap(({ key, ...choice }) =>
    key === 'townCode' ? [{ ...choice, key, widthPx: 110 }] : [],
  );
  const choices: readonly QueryChoice<RowFilter>[] = [
    {
      key: 'resourceType',
      label: words.field('resourceType'),
      anyLabel: t('library.filter.type'),
      options: libraryTypes.map(({ code }) => ({ value: code, label: words.resourceType(code) })),
      widthPx: 110,
    },
    ...towns,
    {
      key: 'owner',
      label: words.field('owner'),
      anyLabel: t('directory.filter.owner'),
      options: withChosen(owners, view.owner).map((value) => ({ value, label: value })),
      widthPx: 130,
    },
    {
      key: 'freeStatus',
      label: words.field('freeStatus'),
      anyLabel: t('directory.filter.freeStatus'),
      options: freeStatuses.map((value) => ({ value, label: words.word('freeStatus', value) })),
      widthPx: 115,
    },
    {
      key: 'whitelisted',
      label: words.field('whitelisted'),
      anyLabel: t('library.filter.whitelisted'),
      options: [
        { value: 'true', label: t('library.filter.whitelistedYes') },
        { value: 'false', label: t('library.filter.whitelistedNo') },
      ],
      widthPx: 130,
    },
  ];
  return (
    <QueryBar
      testId="directory"
      search={{
        q: view.q ?? '',
        placeholder: t('library.search'),
        onSearch: (q) => onChange({ q: q === '' ? null : q }),
      }}
      choices={choices}
      values={view}
      onChoose={(key, value) => onChange({ [key]: value })}
      isFiltered={isDirectoryFiltered(view)}
      onClear={onClear}
    />
  );
}
