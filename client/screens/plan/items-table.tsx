// The sites of the plan in the order they were taken, with what each one added. A row and its mark on the map are one.
import { Button, Checkbox, Select, Tag } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlanUnderWay } from '../../api/under-way.ts';
import { formatWan } from '../../format/money.ts';
import { formatCount, formatNumber, formatShare } from '../../format/numbers.ts';
import { phaseColour } from '../../format/phase-colours.ts';
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
import { NeedPlan } from './need-plan.tsx';
import { OperatorMarks } from './operator-marks.tsx';
import { decisionTags } from './plan-status.ts';
import { PlanTable } from './plan-table.tsx';
import { FirmnessMark } from './preview-firmness.tsx';
import { UnderWayCell } from './under-way-cell.tsx';

const keyOf = (item: ShownItem) => item.site.id;
/** Select knows no null that is also an option. */
const ALL_PHASES = -1;

export function ItemsTable() {
  const { t } = useTranslation();
  const words = useSiteWords();
  const claimWords = useClaimWords();
  const caseWords = useCaseWords();
  const kind = useClaimKind();
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
  const { language } = words;
  const isConfigured = shown.items.some(({ configuration }) => configuration !== null);
  const points = (share: number) => `${formatNumber(share * 100, language, 2)}%`;
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
      columns={[
        {
          key: 'rank',
          title: t('plan.columns.rank'),
          width: 54,
          align: 'right',
          sorter: (a, b) => a.rank - b.rank,
          render: (_, item) => (item.status === 'existing' ? t('plan.existingRank') : item.rank),
        },
        ...(phases.length === 0
          ? []
          : [
              {
                key: 'phase',
                title: t('proof.phases.name'),
                width: 90,
                ellipsis: true,
                sorter: (a: ShownItem, b: ShownItem) => a.phase - b.phase || a.rank - b.rank,
                render: (_: unknown, item: ShownItem) =>
                  item.status === 'existing' ? null : (
                    <>
                      <i className="dot" style={{ background: phaseColour(item.phase) }} />{' '}
                      {phases[item.phase]?.name}
                    </>
                  ),
              },
            ]),
        {
          key: 'site',
          title: t('plan.columns.site'),
          width: phases.length === 0 ? 210 : 170,
          ellipsis: true,
          render: (_, { site }) => (
            <>
              <FirmnessMark siteId={site.id} />
              {site.name || site.code}
            </>
          ),
        },
        ...(underWay === null || planId === null || !withUnderWay
          ? []
          : [
              {
                key: 'underWay',
                title: t('plan.columns.underWay'),
                width: 170,
                render: (_: unknown, { site }: ShownItem) => (
                  <UnderWayCell
                    site={underWay.get(site.id)}
                    planId={planId}
                    kind={kind}
                    words={{ claims: claimWords, cases: caseWords }}
                  />
                ),
              },
            ]),
        {
          key: 'type',
          title: t('plan.columns.type'),
          width: 120,
          ellipsis: true,
          render: (_, { site }) => words.resourceType(site.resourceType),
        },
        ...(isConfigured
          ? [
              {
                key: 'configuration',
                title: t('configurations.chosen'),
                width: 130,
                ellipsis: true,
                sorter: (a: ShownItem, b: ShownItem) =>
                  (a.configuration?.name ?? '').localeCompare(b.configuration?.name ?? ''),
                render: (_: unknown, { status, configuration }: ShownItem) =>
                  configuration?.name ??
                  (status === 'existing' ? null : (
                    <span className="soft">{t('configurations.asListed')}</span>
                  )),
              },
            ]
          : []),
        ...(shown.summary.sharing
          ? [
              {
                key: 'operators',
                title: t('operators.column'),
                width: 190,
                ellipsis: true,
                sorter: (a: ShownItem, b: ShownItem) =>
                  standingOf(a).join().localeCompare(standingOf(b).join()),
                render: (_: unknown, item: ShownItem) => <OperatorMarks ids={standingOf(item)} />,
              },
            ]
          : []),
        {
          key: 'cost',
          title: t('plan.columns.cost'),
          width: 110,
          align: 'right',
          sorter: (a, b) => a.costCny - b.costCny,
          render: (_, item) => formatWan(item.costCny, language),
        },
        {
          key: 'gain',
          title: t('plan.columns.gain'),
          width: 100,
          align: 'right',
          sorter: (a, b) => a.gainWeightShare - b.gainWeightShare,
          render: (_, item) => points(item.gainWeightShare),
        },
        {
          key: 'gainPeople',
          title: t('plan.columns.gainPeople'),
          width: 100,
          align: 'right',
          sorter: (a, b) => (a.gainPeople ?? 0) - (b.gainPeople ?? 0),
          render: (_, item) => formatCount(item.gainPeople, language),
        },
        {
          key: 'after',
          title: t('plan.columns.after'),
          width: 100,
          align: 'right',
          render: (_, item) => formatShare(item.shareAfter, language),
        },
        {
          key: 'unique',
          title: t('plan.columns.unique'),
          width: 100,
          align: 'right',
          sorter: (a, b) => a.uniqueWeightShare - b.uniqueWeightShare,
          render: (_, item) => points(item.uniqueWeightShare),
        },
        {
          key: 'placedBy',
          title: t('plan.columns.placedBy'),
          width: 100,
          ellipsis: true,
          render: (_, item) => t(`plan.placedShort.${item.placedBy}`),
        },
        {
          key: 'review',
          title: t('plan.columns.review'),
          width: 96,
          render: (_, { review }) =>
            review === null ? (
              <span className="soft">{words.term('decision', 'none')}</span>
            ) : (
              <Tag color={decisionTags[review.decision]}>{words.term('decision', review.decision)}</Tag>
            ),
        },
      ]}
    />
  );
}

/** Claims and cases at the sites of a kept plan, and whether they are shown; null while there are none. */
function useUnderWay(planId: string | null) {
  const mayRead = useMay('claim:read');
  const [withUnderWay, setWithUnderWay] = useState(true);
  const found = usePlanUnderWay(mayRead ? planId : null).data;
  return { underWay: found === undefined || found.size === 0 ? null : found, withUnderWay, setWithUnderWay };
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
