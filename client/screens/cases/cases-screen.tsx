import { Button, Tag } from 'antd';
import { startTransition, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { caseStates, readCountedCases } from '../../../engine/index.ts';
import type { CaseJson } from '../../../server/contract/cases.ts';
import { casesExportUrl, useCaseCounts, useCasePage } from '../../api/cases.ts';
import { caseMap } from '../../api/desk-map.ts';
import { deskTableMap } from '../../parts/desk-map-pane.tsx';
import { DeskTable } from '../../parts/desk-table.tsx';
import { Page } from '../../parts/page.tsx';
import { QueryBar, type QueryChoice, withChosen } from '../../parts/query-bar.tsx';
import { useChosenRows } from '../../parts/use-chosen-rows.ts';
import { useMay, useMe, useOwnOnly } from '../../state/session.ts';
import { useTableSettings } from '../../state/table-settings.ts';
import { usePlaceChoices } from '../library/use-place-choices.ts';
import desk from '../shell/desk.module.css';
import { ExportButton } from '../shell/export-button.tsx';
import { placesOf } from '../shell/places-of.ts';
import { useDeskStates } from '../shell/use-desk-states.ts';
import { useTableError } from '../shell/use-table-error.ts';
import { BulkCaseDialog } from './bulk-case-dialog.tsx';
import { caseColumns } from './case-columns.tsx';
import { bulkCaseTargets } from './case-move-fields.ts';
import { caseColours } from './case-state-tag.tsx';
import {
  type CaseFilter,
  type CasesView,
  caseCountQueryOf,
  caseExportQueryOf,
  casePageQueryOf,
  caseSorts,
  changedCases,
  clearedCases,
  isCasesFiltered,
  readCasesView,
  writeCasesView,
} from './cases-query.ts';
import { PlanCasesDialog } from './plan-cases-dialog.tsx';
import { useCaseWords } from './use-case-words.ts';

export function CasesScreen() {
  const { t } = useTranslation();
  const words = useCaseWords();
  const navigate = useNavigate();
  const me = useMe();
  const mayCreate = useMay('case:create');
  const mayPlans = useMay('plan:read');
  const ownOnly = useOwnOnly('case:read');
  const settings = useTableSettings('cases');
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => readCasesView(params), [params]);
  const change = (part: Partial<CasesView>) =>
    setParams(writeCasesView(changedCases(view, part)), { replace: true });
  const [chosenRows, setChosen] = useChosenRows();
  const chosen = chosenRows.map(({ id }) => id);
  // opened in slices (startTransition): the table behind the dialog is drawn anew as well
  const [dialog, setDialog] = useState<'move' | 'plan' | null>(null);
  const page = useCasePage(casePageQueryOf(view));
  const refused = useTableError(page);
  const counts = useCaseCounts(caseCountQueryOf(view)).data;
  const states = useDeskStates(caseColours, words.state);
  const targets = me === null ? [] : bulkCaseTargets(me);
  const open = (id: string) => void navigate(`/cases/${encodeURIComponent(id)}`);
  return (
    <Page
      title={t(ownOnly ? 'cases.titleOwn' : 'cases.title')}
      subtitle={t(ownOnly ? 'cases.subtitleOwn' : 'cases.subtitle')}
      width="full"
      testId="cases-screen"
      actions={
        mayCreate && mayPlans ? (
          <Button onClick={() => startTransition(() => setDialog('plan'))} data-testid="cases-from-plan">
            {t('cases.fromPlan.act')}
          </Button>
        ) : null
      }
    >
      <CountedTag counted={view.counted} onClose={() => change({ counted: null })} />
      <DeskTable
        testId="cases"
        rows={page.data?.cases ?? []}
        rowKey={({ id }) => id}
        columns={caseColumns(t, words, open)}
        settings={settings}
        total={page.data?.total ?? null}
        page={view.page}
        pageSize={view.pageSize}
        onPage={change}
        sort={view.sort === null ? null : { key: view.sort, order: view.order }}
        onSort={(sort) =>
          change({ sort: caseSorts.find((one) => one === sort?.key) ?? null, order: sort?.order ?? 'asc' })
        }
        isLoading={page.isFetching && (page.isPending || page.isPlaceholderData)}
        error={refused}
        selection={
          targets.length === 0
            ? null
            : {
                ids: chosen,
                onChange: setChosen,
                acts: (
                  <Button
                    size="small"
                    type="primary"
                    onClick={() => startTransition(() => setDialog('move'))}
                    data-testid="cases-bulk"
                  >
                    {t('cases.bulk.act')}
                  </Button>
                ),
              }
        }
        onOpen={open}
        toolbar={<CasesToolbar view={view} onChange={change} />}
        actions={
          <ExportButton
            fileName="cases.xlsx"
            url={casesExportUrl(caseExportQueryOf(view))}
            testId="cases-export"
          />
        }
        map={deskTableMap({
          view,
          onChange: change,
          source: caseMap(caseExportQueryOf(view)),
          states,
          mark: ({ id, number, state, position }: CaseJson) => ({
            id,
            title: number,
            state,
            places: placesOf(position),
          }),
          opensPages: true,
        })}
        tabs={{
          label: t('cases.byState'),
          active: view.state ?? 'all',
          items: [
            { key: 'all', title: t('cases.anyState'), ...(counts && { count: counts.total }) },
            ...caseStates.map((state) => ({
              key: state,
              title: words.state(state),
              ...(counts && { count: counts.states.find((one) => one.state === state)?.count ?? 0 }),
            })),
          ],
          onTab: (key) => change({ state: caseStates.find((state) => state === key) ?? null }),
        }}
        view={{
          query: writeCasesView({ ...view, page: 1 }).toString(),
          onTake: (query) => change(readCasesView(new URLSearchParams(query))),
        }}
        empty={{
          isFiltered: isCasesFiltered(view),
          text: t(ownOnly ? 'cases.emptyOwn' : 'cases.empty'),
          onClear: () => change(clearedCases),
        }}
      />
      {dialog === 'move' ? (
        <BulkCaseDialog
          rows={chosenRows}
          targets={targets}
          onDone={() => setChosen([])}
          onClose={() => setDialog(null)}
        />
      ) : null}
      {dialog === 'plan' ? (
        <PlanCasesDialog
          onShow={(planId) => change({ ...clearedCases, planId })}
          onClose={() => setDialog(null)}
        />
      ) : null}
    </Page>
  );
}

/** What the rows are, when a figure of the progress report led here. */
function CountedTag({ counted, onClose }: { readonly counted: string | null; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const figure = counted === null ? null : readCountedCases(counted);
  if (figure === null) return null;
  const { stage, part, from, to, unit, form } = figure;
  return (
    <p className={desk.line}>
      <Tag closable color="blue" onClose={onClose} data-testid="cases-counted">
        {t(`cases.counted.${part}`, {
          stage: t(`progress.stage.${stage}`),
          from,
          to,
          unit: t(`progress.unit.${unit}`),
          form: t(`progress.form.${form}`),
        })}
      </Tag>
    </p>
  );
}

interface CasesToolbarProps {
  readonly view: CasesView;
  readonly onChange: (change: Partial<CasesView>) => void;
}

function CasesToolbar({ view, onChange }: CasesToolbarProps) {
  const { t } = useTranslation();
  const choices: readonly QueryChoice<CaseFilter>[] = [
    {
      key: 'stalledDays',
      label: t('cases.column.stateSince'),
      anyLabel: t('cases.filter.stalled'),
      options: withChosen(['7', '15', '30', '60'], view.stalledDays).map((value) => ({
        value,
        label: t('cases.filter.stalledFor', { days: value }),
      })),
      widthPx: 160,
    },
    {
      key: 'deliveryConfirmed',
      label: t('cases.column.deliveryConfirmedAt'),
      anyLabel: t('cases.filter.delivery'),
      options: ['true', 'false'].map((value) => ({ value, label: t(`cases.filter.delivered.${value}`) })),
      widthPx: 150,
    },
    ...usePlaceChoices(view.districtCode),
  ];
  return (
    <QueryBar
      testId="cases"
      search={{
        q: view.q ?? '',
        placeholder: t('cases.search'),
        onSearch: (q) => onChange({ q: q === '' ? null : q }),
      }}
      choices={choices}
      values={view}
      onChoose={(key, value) => onChange({ [key]: value, ...(key === 'districtCode' && { townCode: null }) })}
      isFiltered={isCasesFiltered(view)}
      onClear={() => onChange(clearedCases)}
    />
  );
}
