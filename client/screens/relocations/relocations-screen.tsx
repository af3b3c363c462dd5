// The table of relocations: states as tabs, the gate of each, a new one from here.
import { Button } from 'antd';
import type { TFunction } from 'i18next';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { relocationCauses, relocationStates } from '../../../engine/index.ts';
import type { RelocationJson } from '../../../server/contract/relocations.ts';
import { relocationMap } from '../../api/desk-map.ts';
import { relocationsExportUrl, useRelocationCounts, useRelocationPage } from '../../api/relocations.ts';
import { formatDate, formatDateTime } from '../../format/dates.ts';
import { formatMoney } from '../../format/money.ts';
import { deskTableMap } from '../../parts/desk-map-pane.tsx';
import { type DeskColumn, DeskTable } from '../../parts/desk-table.tsx';
import { Page } from '../../parts/page.tsx';
import { QueryBar, type QueryChoice, withChosen } from '../../parts/query-bar.tsx';
import { useMay } from '../../state/session.ts';
import { useTableSettings } from '../../state/table-settings.ts';
import { type LibraryWords, useLibraryWords } from '../library/use-library-words.ts';
import { usePlaceChoices } from '../library/use-place-choices.ts';
import { ExportButton } from '../shell/export-button.tsx';
import { useDeskStates } from '../shell/use-desk-states.ts';
import { useTableError } from '../shell/use-table-error.ts';
import { GateTag } from './gate-sign.tsx';
import { NewRelocationDialog } from './relocation-dialog.tsx';
import { RelocationStateTag, relocationColours } from './relocation-state-tag.tsx';
import {
  changedRelocations,
  clearedRelocations,
  isRelocationsFiltered,
  type RelocationFilter,
  type RelocationsView,
  readRelocationsView,
  relocationCountQueryOf,
  relocationPageQueryOf,
  relocationSorts,
  writeRelocationsView,
} from './relocations-query.ts';

export function RelocationsScreen() {
  const { t } = useTranslation();
  const words = useLibraryWords();
  const navigate = useNavigate();
  const mayCreate = useMay('relocation:create');
  const settings = useTableSettings('relocations');
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => readRelocationsView(params), [params]);
  const change = (part: Partial<RelocationsView>) =>
    setParams(writeRelocationsView(changedRelocations(view, part)), { replace: true });
  const [isNew, setNew] = useState(false);
  const page = useRelocationPage(relocationPageQueryOf(view));
  const refused = useTableError(page);
  const counts = useRelocationCounts(relocationCountQueryOf(view)).data;
  const states = useDeskStates(
    relocationColours,
    useCallback((state) => t(`relocations.state.${state}`), [t]),
  );
  const { page: _page, pageSize: _pageSize, ...filters } = relocationPageQueryOf(view);
  const open = (id: string) => void navigate(`/relocations/${encodeURIComponent(id)}`);
  const newButton = (
    <Button type="primary" onClick={() => setNew(true)} data-testid="relocation-new">
      {t('relocations.new')}
    </Button>
  );
  return (
    <Page
      title={t('relocations.title')}
      subtitle={t('relocations.subtitle')}
      width="full"
      testId="relocations-screen"
      actions={mayCreate ? newButton : null}
    >
      <DeskTable
        testId="relocations"
        rows={page.data?.relocations ?? []}
        rowKey={({ id }) => id}
        columns={relocationColumns(t, words, open)}
        settings={settings}
        total={page.data?.total ?? null}
        page={view.page}
        pageSize={view.pageSize}
        onPage={change}
        sort={view.sort === null ? null : { key: view.sort, order: view.order }}
        onSort={(sort) =>
          change({
            sort: relocationSorts.find((one) => one === sort?.key) ?? null,
            order: sort?.order ?? 'asc',
          })
        }
        isLoading={page.isFetching && (page.isPending || page.isPlaceholderData)}
        error={refused}
        onOpen={open}
        toolbar={<RelocationsToolbar view={view} onChange={change} />}
        actions={
          <ExportButton
            fileName="relocations.xlsx"
            url={relocationsExportUrl(filters)}
            testId="relocations-export"
          />
        }
        map={deskTableMap({
          view,
          onChange: change,
          source: relocationMap(filters),
          states,
          mark: ({ id, number, state }: RelocationJson) => ({ id, title: number, state, places: null }),
          opensPages: true,
        })}
        tabs={{
          label: t('relocations.byState'),
          active: view.state ?? 'all',
          items: [
            { key: 'all', title: t('relocations.anyState'), ...(counts && { count: counts.total }) },
            ...relocationStates.map((state) => ({
              key: state,
              title: t(`relocations.state.${state}`),
              ...(counts && { count: counts.states.find((one) => one.state === state)?.count ?? 0 }),
            })),
          ],
          onTab: (key) => change({ state: relocationStates.find((state) => state === key) ?? null }),
        }}
        view={{
          query: writeRelocationsView({ ...view, page: 1 }).toString(),
          onTake: (query) => change(readRelocationsView(new URLSearchParams(query))),
        }}
        empty={{
          isFiltered: isRelocationsFiltered(view),
          text: t('relocations.empty'),
          onClear: () => change(clearedRelocations),
          act: mayCreate ? newButton : null,
        }}
      />
      {isNew ? <NewRelocationDialog onMade={open} onClose={() => setNew(false)} /> : null}
    </Page>
  );
}

interface RelocationsToolbarProps {
  readonly view: RelocationsView;
  readonly onChange: (change: Partial<RelocationsView>) => void;
}

function RelocationsToolbar({ view, onChange }: RelocationsToolbarProps) {
  const { t } = useTranslation();
  const mayConfirm = useMay('relocation:confirm');
  const yesNo = (key: 'gateOpen' | 'overridden') => ({
    key,
    label: t('relocations.column.gate'),
    anyLabel: t(`relocations.filter.${key}`),
    options: ['true', 'false'].map((value) => ({ value, label: t(`relocations.filter.${key}Is.${value}`) })),
  });
  const choices: readonly QueryChoice<RelocationFilter>[] = [
    {
      key: 'cause',
      label: t('relocations.column.cause'),
      anyLabel: t('relocations.filter.cause'),
      options: relocationCauses.map((value) => ({ value, label: t(`relocations.cause.${value}`) })),
    },
    yesNo('gateOpen'),
    yesNo('overridden'),
    {
      key: 'dueWithinDays',
      label: t('relocations.column.dueOn'),
      anyLabel: t('relocations.filter.due'),
      options: withChosen(['7', '30', '90'], view.dueWithinDays).map((value) => ({
        value,
        label: t('relocations.filter.dueIn', { days: value }),
      })),
    },
    {
      key: 'transmission',
      label: t('relocations.transmission.open'),
      anyLabel: t('relocations.filter.transmission'),
      options: mayConfirm ? [{ value: 'mine', label: t('relocations.filter.transmissionMine') }] : [],
      widthPx: 170,
    },
    ...usePlaceChoices(view.districtCode),
  ];
  return (
    <QueryBar
      testId="relocations"
      search={{
        q: view.q ?? '',
        placeholder: t('relocations.search'),
        onSearch: (q) => onChange({ q: q === '' ? null : q }),
      }}
      choices={choices}
      values={view}
      onChoose={(key, value) => onChange({ [key]: value, ...(key === 'districtCode' && { townCode: null }) })}
      isFiltered={isRelocationsFiltered(view)}
      onClear={() => onChange(clearedRelocations)}
    />
  );
}

function relocationColumns(
  t: TFunction,
  words: LibraryWords,
  onOpen: (id: string) => void,
): readonly DeskColumn<RelocationJson>[] {
  const { language } = words;
  const column = (
    key: string,
    render: (row: RelocationJson) => ReactNode,
    more: Partial<DeskColumn<RelocationJson>> = {},
  ): DeskColumn<RelocationJson> => ({
    key,
    title: t(`relocations.column.${key}`),
    ...((relocationSorts as readonly string[]).includes(key) && { sortable: true }),
    render,
    ...more,
  });
  return [
    column(
      'number',
      ({ id, number }) => (
        <Button
          type="link"
          size="small"
          style={{ padding: 0 }}
          onClick={(event) => {
            event.stopPropagation();
            onOpen(id);
          }}
        >
          {number}
        </Button>
      ),
      { fixed: true, widthPx: 150 },
    ),
    column('project', ({ project }) => project, { widthPx: 240 }),
    column('cause', ({ cause }) => t(`relocations.cause.${cause}`)),
    column('state', ({ state }) => <RelocationStateTag state={state} />, { widthPx: 100 }),
    column('gate', ({ gate }) => <GateTag gate={gate} />, { widthPx: 140 }),
    column('affected', ({ gate }) => gate.affected, { widthPx: 90, align: 'right' }),
    column('replacements', ({ gate }) => gate.replacements, { widthPx: 90, align: 'right' }),
    column('dueOn', ({ dueOn }) => formatDate(dueOn, language)),
    column('district', ({ districtCode }) => words.place(districtCode)),
    column('town', ({ townCode }) => words.place(townCode)),
    column('stateSince', ({ stateSince }) => formatDateTime(stateSince, language), { widthPx: 150 }),
    column('compensation', ({ compensationCny }) => formatMoney(compensationCny, language), {
      optional: true,
      align: 'right',
    }),
    column('owner', ({ owner }) => owner || '—', { optional: true, widthPx: 160 }),
    column('removedOn', ({ removedOn }) => formatDate(removedOn, language), { optional: true }),
    column('remark', ({ remark }) => remark || '—', { optional: true, widthPx: 200 }),
    column('updatedAt', ({ updatedAt }) => formatDateTime(updatedAt, language), {
      optional: true,
      widthPx: 150,
    }),
  ];
}
