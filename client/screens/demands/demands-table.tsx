// The demands in the table of every desk: state tabs with counts, one page, claims on what many of them were matched to.
import { Button, Checkbox } from 'antd';
import { startTransition, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { demandForms, demandReasons, demandScenarios, demandStates } from '../../../engine/index.ts';
import type { DemandJson } from '../../../server/contract/demands.ts';
import { useDistrictChoices, useTowns } from '../../api/areas.ts';
import { demandsExportUrl, useDemand, useDemandCounts, useDemandPage } from '../../api/demands.ts';
import { demandMap } from '../../api/desk-map.ts';
import { deskTableMap } from '../../parts/desk-map-pane.tsx';
import { DeskTable } from '../../parts/desk-table.tsx';
import { QueryBar, type QueryChoice } from '../../parts/query-bar.tsx';
import { useMay } from '../../state/session.ts';
import { useTableSettings } from '../../state/table-settings.ts';
import { BulkClaimDialog, type WantedClaim } from '../claims/bulk-claim-dialog.tsx';
import { ExportButton } from '../shell/export-button.tsx';
import { placesOf } from '../shell/places-of.ts';
import { useDeskStates } from '../shell/use-desk-states.ts';
import { useTableError } from '../shell/use-table-error.ts';
import { demandColumns } from './demand-columns.tsx';
import { demandColours } from './demand-state-tag.tsx';
import {
  type DemandFilter,
  type DemandsView,
  demandCountQueryOf,
  demandExportQueryOf,
  demandPageQueryOf,
  demandSorts,
  isDemandsFiltered,
  noDemandFilters,
  readDemandsView,
  writeDemandsView,
} from './demands-query.ts';
import type { DemandWords } from './use-demand-words.ts';

export interface DemandsTableProps {
  readonly view: DemandsView;
  readonly words: DemandWords;
  readonly onChange: (change: Partial<DemandsView>) => void;
}

export function DemandsTable({ view, words, onChange }: DemandsTableProps) {
  const { t } = useTranslation();
  const settings = useTableSettings('demands');
  const page = useDemandPage(demandPageQueryOf(view));
  const refused = useTableError(page);
  const counts = useDemandCounts(demandCountQueryOf(view)).data;
  const mayImport = useMay('import:create');
  const states = useDeskStates(demandColours, words.state);
  const opened = useDemand(view.demand ?? '', view.map && view.demand !== null).data;
  const mayClaim = useMay('claim:create');
  const [chosen, setChosen] = useState<readonly DemandJson[]>([]);
  // opened in slices (startTransition): the table behind the dialog is drawn anew as well
  const [isClaiming, setClaiming] = useState(false);
  const choose = (ids: readonly string[]) => {
    const known = new Map([...chosen, ...(page.data?.demands ?? [])].map((demand) => [demand.id, demand]));
    setChosen(ids.flatMap((id) => known.get(id) ?? []));
  };
  const clear = () => onChange(noDemandFilters);
  const table = (
    <DeskTable
      testId="demands"
      rows={page.data?.demands ?? []}
      rowKey={({ id }) => id}
      columns={demandColumns(t, words, (demand) => onChange({ demand }))}
      settings={settings}
      total={page.data?.total ?? null}
      page={view.page}
      pageSize={view.pageSize}
      onPage={onChange}
      sort={view.sort === null ? null : { key: view.sort, order: view.order }}
      onSort={(sort) =>
        onChange({
          sort: demandSorts.find((one) => one === sort?.key) ?? null,
          order: sort?.order ?? 'asc',
        })
      }
      isLoading={page.isFetching && (page.isPending || page.isPlaceholderData)}
      error={refused}
      selection={
        mayClaim
          ? {
              ids: chosen.map(({ id }) => id),
              onChange: choose,
              acts: (
                <Button
                  size="small"
                  type="primary"
                  disabled={matchedOf(chosen).length === 0}
                  onClick={() => startTransition(() => setClaiming(true))}
                  data-testid="demands-claim"
                >
                  {t('demands.claimMatched', { count: matchedOf(chosen).length })}
                </Button>
              ),
            }
          : null
      }
      focusId={view.demand}
      onOpen={(demand) => onChange({ demand })}
      toolbar={<DemandsToolbar view={view} words={words} onChange={onChange} />}
      actions={
        <ExportButton
          fileName={`${t('demands.fileName')}.xlsx`}
          url={demandsExportUrl(demandExportQueryOf(view))}
          testId="demands-export"
        />
      }
      map={deskTableMap({
        view,
        onChange,
        source: demandMap(demandExportQueryOf(view)),
        states,
        mark: ({ id, code, name, state, position }) => ({
          id,
          title: name || code,
          state,
          places: placesOf(position),
        }),
        opened,
      })}
      tabs={{
        label: t('demands.byState'),
        active: view.state ?? 'all',
        items: [
          { key: 'all', title: t('demands.anyState'), ...(counts && { count: counts.total }) },
          ...demandStates.map((state) => ({
            key: state,
            title: words.state(state),
            ...(counts && { count: counts.states.find((one) => one.state === state)?.count ?? 0 }),
          })),
        ],
        onTab: (key) => onChange({ state: demandStates.find((state) => state === key) ?? null }),
      }}
      view={{
        query: writeDemandsView({ ...view, page: 1, demand: null }).toString(),
        onTake: (query) => onChange(readDemandsView(new URLSearchParams(query))),
      }}
      empty={{
        isFiltered: isDemandsFiltered(view),
        text: t('demands.empty'),
        onClear: clear,
        act: mayImport ? <Link to="/import?kind=demands">{t('demands.toImport')}</Link> : null,
      }}
    />
  );
  return (
    <>
      {table}
      {isClaiming ? (
        <BulkClaimDialog
          wanted={matchedOf(chosen)}
          onDone={() => setChosen([])}
          onClose={() => setClaiming(false)}
        />
      ) : null}
    </>
  );
}

/** The resource that was chosen for each demand that still waits for one. */
const matchedOf = (demands: readonly DemandJson[]): WantedClaim[] =>
  demands.flatMap(({ id, state, resourceId }) =>
    state === '已匹配' && resourceId !== null ? [{ resourceId, demandIds: [id] }] : [],
  );

function DemandsToolbar({ view, words, onChange }: DemandsTableProps) {
  const { t } = useTranslation();
  return (
    <QueryBar
      testId="demands"
      search={{
        q: view.q ?? '',
        placeholder: t('demands.search'),
        onSearch: (q) => onChange({ q: q === '' ? null : q }),
      }}
      choices={useChoices(view, words)}
      values={view}
      onChoose={(key, value) => onChange({ [key]: value, ...(key === 'districtCode' && { townCode: null }) })}
      isFiltered={isDemandsFiltered(view)}
      onClear={() => onChange(noDemandFilters)}
    >
      <Checkbox
        checked={view.duplicate !== null}
        onChange={(event) => onChange({ duplicate: event.target.checked ? 'true' : null })}
        data-testid="demands-duplicate"
      >
        {t('demands.filter.duplicate')}
      </Checkbox>
    </QueryBar>
  );
}

function useChoices(view: DemandsView, words: DemandWords): readonly QueryChoice<DemandFilter>[] {
  const { t } = useTranslation();
  const districts = useDistrictChoices();
  const towns = useTowns().data ?? [];
  const choice = (
    key: DemandFilter,
    options: QueryChoice<DemandFilter>['options'],
    widthPx = 120,
  ): QueryChoice<DemandFilter> => ({
    key,
    label: words.field(key),
    anyLabel: t(`demands.filter.${key}`),
    options,
    widthPx,
  });
  const worded = (list: 'scenario' | 'form' | 'reason', values: readonly string[]) =>
    choice(
      list,
      values.map((value) => ({ value, label: words.word(list, value) })),
    );
  const named = ({ code, name }: { readonly code: string; readonly name: string }) => ({
    value: code,
    label: name,
  });
  return [
    worded('scenario', demandScenarios),
    worded('reason', demandReasons),
    worded('form', demandForms),
    choice(
      'priority',
      ['1', '2', '3', '4', '5'].map((value) => ({ value, label: value })),
      100,
    ),
    choice('districtCode', districts.map(named)),
    choice(
      'townCode',
      towns
        .filter(({ districtCode }) => view.districtCode === null || districtCode === view.districtCode)
        .map(named),
    ),
  ];
}
