// The tab 可认领: resources that stand open and have room, with one click to claim one and a preview for many.
import { Button } from 'antd';
import { startTransition, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { libraryTypes } from '../../../engine/index.ts';
import type { ResourceJson } from '../../../server/contract/resources.ts';
import { resourceMap } from '../../api/desk-map.ts';
import { useResource, useResourcePage } from '../../api/resources.ts';
import { deskTableMap } from '../../parts/desk-map-pane.tsx';
import { type DeskColumn, DeskTable } from '../../parts/desk-table.tsx';
import { QueryBar, type QueryChoice } from '../../parts/query-bar.tsx';
import { useTableSettings } from '../../state/table-settings.ts';
import { markOfResource } from '../library/mark-of-resource.ts';
import { resourceColumns } from '../library/resource-columns.tsx';
import { resourceColours } from '../library/state-tag.tsx';
import { usePlaceChoices } from '../library/use-place-choices.ts';
import { useDeskStates } from '../shell/use-desk-states.ts';
import { useTableError } from '../shell/use-table-error.ts';
import { BulkClaimDialog } from './bulk-claim-dialog.tsx';
import {
  type ClaimFilter,
  clearedClaims,
  isClaimsFiltered,
  openPageQueryOf,
  openSorts,
  readClaimsView,
  writeClaimsView,
} from './claims-query.ts';
import type { BoardTableProps } from './claims-table.tsx';

/** What somebody looks at who wants to claim; the other columns of the library can be chosen. */
const usual: readonly string[] = [
  'code',
  'name',
  'state',
  'resourceType',
  'owner',
  'districtCode',
  'townCode',
  'totalHeightM',
  'slots',
  'freeStatus',
  'powerMode',
  'whitelisted',
  'costCny',
];

export interface OpenResourcesTableProps extends BoardTableProps {
  /** How this person gets a resource; null: not at all. */
  readonly kind: 'claim' | 'request' | null;
  readonly onOpen: (resourceId: string) => void;
}

export function OpenResourcesTable({ view, words, kind, onChange, onOpen }: OpenResourcesTableProps) {
  const { t } = useTranslation();
  const settings = useTableSettings('claims.open');
  const page = useResourcePage(openPageQueryOf(view));
  const refused = useTableError(page);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  // opened in slices (startTransition): the table behind the dialog is drawn anew as well
  const [isBulk, setBulk] = useState(false);
  const states = useDeskStates(resourceColours, words.library.state);
  const opened = useResource(view.map ? view.resource : null).data;
  const { page: _page, pageSize: _pageSize, ...filters } = openPageQueryOf(view);
  return (
    <>
      <DeskTable
        testId="open"
        rows={page.data?.resources ?? []}
        rowKey={({ id }) => id}
        columns={useOpenColumns(words, kind, onOpen)}
        settings={settings}
        total={page.data?.total ?? null}
        page={view.page}
        pageSize={view.pageSize}
        onPage={onChange}
        sort={{ key: openSorts.find((one) => one === view.sort) ?? 'code', order: view.order }}
        onSort={(sort) =>
          onChange({
            sort: openSorts.find((one) => one === sort?.key) ?? null,
            order: sort?.order ?? 'asc',
          })
        }
        isLoading={page.isFetching && (page.isPending || page.isPlaceholderData)}
        error={refused}
        selection={
          kind === 'claim'
            ? {
                ids: chosen,
                onChange: setChosen,
                acts: (
                  <Button
                    size="small"
                    type="primary"
                    onClick={() => startTransition(() => setBulk(true))}
                    data-testid="claims-bulk"
                  >
                    {t('claims.bulk.act')}
                  </Button>
                ),
              }
            : null
        }
        focusId={view.resource}
        onOpen={onOpen}
        toolbar={<OpenToolbar view={view} words={words} onChange={onChange} />}
        map={deskTableMap({
          view,
          onChange,
          source: resourceMap(filters),
          states,
          mark: markOfResource,
          opened,
        })}
        view={{
          query: writeClaimsView({ ...view, page: 1, resource: null }).toString(),
          onTake: (query) => onChange(readClaimsView(new URLSearchParams(query), 'open')),
        }}
        empty={{
          isFiltered: isClaimsFiltered(view),
          text: t('claims.empty.open'),
          onClear: () => onChange(clearedClaims),
        }}
      />
      {isBulk ? (
        <BulkClaimDialog
          wanted={chosen.map((resourceId) => ({ resourceId }))}
          onDone={() => setChosen([])}
          onClose={() => setBulk(false)}
        />
      ) : null}
    </>
  );
}

function useOpenColumns(
  words: BoardTableProps['words'],
  kind: OpenResourcesTableProps['kind'],
  onOpen: (resourceId: string) => void,
): readonly DeskColumn<ResourceJson>[] {
  const { t } = useTranslation();
  const columns = resourceColumns(t, words.library, onOpen).map(({ optional: _, ...column }) => ({
    ...column,
    ...(!usual.includes(column.key) && { optional: true }),
    ...(column.sortable && !(openSorts as readonly string[]).includes(column.key) && { sortable: false }),
  }));
  if (kind === null) return columns;
  const act: DeskColumn<ResourceJson> = {
    key: 'act',
    title: t('claims.column.act'),
    widthPx: 110,
    render: ({ id }) => (
      <Button
        size="small"
        type="primary"
        ghost
        onClick={(event) => {
          event.stopPropagation();
          onOpen(id);
        }}
        data-testid="open-claim"
      >
        {t(`claims.dialog.${kind}Ok`)}
      </Button>
    ),
  };
  // beside the name, so that it is in view without scrolling sideways
  return [...columns.slice(0, 2), act, ...columns.slice(2)];
}

function OpenToolbar({ view, words, onChange }: BoardTableProps) {
  const { t } = useTranslation();
  const choices: readonly QueryChoice<ClaimFilter>[] = [
    {
      key: 'resourceType',
      label: t('claims.column.resourceType'),
      anyLabel: t('library.filter.type'),
      options: libraryTypes.map(({ code }) => ({ value: code, label: words.library.resourceType(code) })),
      widthPx: 150,
    },
    ...usePlaceChoices(view.districtCode),
    {
      key: 'whitelisted',
      label: words.library.field('whitelisted'),
      anyLabel: t('library.filter.whitelisted'),
      options: [
        { value: 'true', label: t('library.filter.whitelistedYes') },
        { value: 'false', label: t('library.filter.whitelistedNo') },
      ],
    },
  ];
  return (
    <QueryBar
      testId="open"
      search={{
        q: view.q ?? '',
        placeholder: t('library.search'),
        onSearch: (q) => onChange({ q: q === '' ? null : q }),
      }}
      choices={choices}
      values={view}
      onChoose={(key, value) => onChange({ [key]: value, ...(key === 'districtCode' && { townCode: null }) })}
      isFiltered={isClaimsFiltered(view)}
      onClear={() => onChange(clearedClaims)}
    />
  );
}
