// The sites of the plan in the order they were taken, with what each one added. A row and its mark on the map are one.
import { Button, Checkbox, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlanUnderWay } from '../../api/under-way.ts';
import { focusSite, focusStore, hoverSite } from '../../state/focus.ts';
import { useStore } from '../../state/make-store.ts';
import { useMay } from '../../state/session.ts';
import { standingOf } from '../../state/shown-operator.ts';
import { type ShownItem, useShownPlan } from '../../state/shown-plan.ts';
import { moveMapTo } from '../../state/view.ts';
import { NewBatchButton } from '../batches/new-batch-button.tsx';
import { useCaseWords } from '../cases/use-case-words.ts';
import { useClaimKind } from '../claims/use-claim-kind.ts';
import { useClaimWords } from '../claims/use-claim-words.ts';
import { useSiteWords } from '../sites/use-site-words.ts';
import { itemColumns } from './items-columns.tsx';
import { NeedPlan } from './need-plan.tsx';
import { PlanTable } from './plan-table.tsx';

const keyOf = (item: ShownItem) => item.site.id;
/** Select knows no null that is also an option. */
const ALL_PHASES = -1;

export function ItemsTable() {
  const { t } = useTranslation();
  const words = useSiteWords();
  const { shown } = useShownPlan();
  const focusId = useStore(focusStore, (focus) => focus.siteId);
  const hoverId = useStore(focusStore, (focus) => focus.hoverSiteId);
  const [withExisting, setWithExisting] = useState(false);
  const [chosenPhase, setPhase] = useState<number | null>(null);
  const planId = shown?.plan?.id ?? null;
  const { underWay, withUnderWay, setWithUnderWay } = useUnderWay(planId);
  const maySubmit = useMay('batch:submit') && planId !== null;
  const { chosen, setChosen } = useChosen(planId);
  const phases = shown?.summary.phases ?? [];
  // another plan may have fewer phases, or none
  const phase = chosenPhase !== null && chosenPhase < phases.length ? chosenPhase : null;
  const rows = useMemo(
    () =>
      (shown?.items ?? [])
        .filter((item) =>
          item.status === 'existing' ? withExisting : phase === null || item.phase === phase,
        )
        .filter((item) => !shown?.operatorId || standingOf(item).includes(shown.operatorId))
        .sort((a, b) => (a.rank || Number.MAX_SAFE_INTEGER) - (b.rank || Number.MAX_SAFE_INTEGER)),
    [shown, withExisting, phase],
  );
  if (shown === null) return <NeedPlan />;
  return (
    <PlanTable<ShownItem>
      testId="items-table"
      rows={rows}
      keyOf={keyOf}
      focusKey={focusId}
      hoverKey={hoverId}
      onOpen={({ site }) => {
        focusSite(site.id);
        const [lon, lat] = site.position;
        if (lon !== undefined && lat !== undefined) moveMapTo([lon, lat]);
      }}
      onHover={(row) => hoverSite(row?.site.id ?? null)}
      empty={t('plan.itemsEmpty')}
      toolbar={
        shown.summary.existingSites > 0 || phases.length > 0 || underWay !== null || chosen.length > 0 ? (
          <div className="plan-toolbar">
            {shown.summary.existingSites > 0 ? (
              <Checkbox checked={withExisting} onChange={(event) => setWithExisting(event.target.checked)}>
                {t('plan.showExisting')}
              </Checkbox>
            ) : null}
            {phases.length === 0 ? null : (
              <Select<number>
                size="small"
                value={phase ?? ALL_PHASES}
                aria-label={t('proof.phases.filter')}
                popupMatchSelectWidth={false}
                onChange={(index) => setPhase(index === ALL_PHASES ? null : index)}
                options={[
                  { value: ALL_PHASES, label: t('proof.phases.all') },
                  ...phases.map(({ name }, index) => ({ value: index, label: name })),
                ]}
                data-testid="phase-filter"
              />
            )}
            {underWay === null ? null : (
              <Checkbox
                checked={withUnderWay}
                onChange={(event) => setWithUnderWay(event.target.checked)}
                data-testid="items-under-way"
              >
                {t('plan.columns.underWay')}
              </Checkbox>
            )}
            {planId === null || chosen.length === 0 ? null : (
              <span className="plan-chosen">
                <span aria-live="polite" data-testid="items-chosen">
                  {t('desk.chosen', { count: chosen.length })}
                </span>
                <NewBatchButton rows={chosen.length} source={{ planId, siteIds: [...chosen] }} />
                <Button size="small" onClick={() => setChosen([])}>
                  {t('desk.unchoose')}
                </Button>
              </span>
            )}
          </div>
        ) : undefined
      }
      selection={
        maySubmit
          ? { keys: chosen, onChange: setChosen, isChoosable: ({ status }) => status === 'new' }
          : null
      }
      columns={itemColumns(t, words, shown, withUnderWay ? underWay : null)}
    />
  );
}

/** Claims and cases at the sites of a kept plan, and whether they are shown; null while there are none. */
function useUnderWay(planId: string | null) {
  const mayRead = useMay('claim:read');
  const kind = useClaimKind();
  const words = { claims: useClaimWords(), cases: useCaseWords() };
  const [withUnderWay, setWithUnderWay] = useState(true);
  const bySite = usePlanUnderWay(mayRead ? planId : null).data;
  const isThere = planId !== null && bySite !== undefined && bySite.size > 0;
  return { underWay: isThere ? { bySite, planId, kind, words } : null, withUnderWay, setWithUnderWay };
}

/** Rows of this plan; another plan begins with none. */
function useChosen(planId: string | null) {
  const [held, setHeld] = useState<{ readonly planId: string | null; readonly ids: readonly string[] }>({
    planId,
    ids: [],
  });
  return {
    chosen: held.planId === planId ? held.ids : [],
    setChosen: (ids: readonly string[]) => setHeld({ planId, ids }),
  };
}
