// The plan the screen speaks of: the saved one in focus, or the preview while that is shown. Map, header, tables and cards
// read this one shape and say which of the two it is.
import { useMemo } from 'react';
import type { PlanScenario, Site } from '../../engine/index.ts';
import type { RadioJson } from '../../server/contract/antennas.ts';
import type {
  AreaTotalJson,
  NewPlanJson,
  PlanItemJson,
  PlanJson,
  PlanSummaryJson,
  UncoveredPatchJson,
} from '../../server/contract/plans.ts';
import type { SiteJson } from '../../server/contract/sites.ts';
import { usePlan, usePlanItems, usePlanView } from '../api/plans.ts';
import { focusStore } from './focus.ts';
import { useStore } from './make-store.ts';
import { isSpaced } from './plan-rules.ts';
import { previewStore } from './preview.ts';
import { useShownOperator } from './shown-operator.ts';

/** What tables and cards show of a site: everything the engine knows of it. */
export type ShownSite = Pick<SiteJson, keyof Site>;

export interface ShownItem extends Omit<PlanItemJson, 'site'> {
  readonly site: ShownSite;
}

export interface ShownPlan {
  readonly kind: 'saved' | 'preview';
  /** null for a preview. */
  readonly plan: PlanJson | null;
  readonly name: string;
  readonly summary: PlanSummaryJson;
  /** What was set about radio; what is missing was left at its default. */
  readonly radio: RadioJson;
  /** How many times key areas count; 1 is off. */
  readonly keyAreaFactor: number;
  /** Limits beside the share, to say what binds. */
  readonly asked: {
    readonly budgetCny: number | null;
    readonly maxSites: number | null;
    /** Whether spacing or quotas were asked for. */
    readonly hasRules: boolean;
  };
  /** What it was asked to hold in, by the ids of the summary. */
  readonly scenarios: readonly PlanScenario[];
  readonly fingerprint: string | null;
  readonly seconds: number | null;
  readonly items: readonly ShownItem[];
  readonly itemsBySite: ReadonlyMap<string, ShownItem>;
  readonly areas: readonly AreaTotalJson[];
  readonly districts: readonly AreaTotalJson[];
  readonly uncovered: readonly UncoveredPatchJson[];
  /** The operator whose coverage is shown; null: a plan for one, or all sites on the coverage of the first. */
  readonly operatorId: string | null;
  readonly box: readonly number[] | null;
  /** Changes with every new content: names the coverage tiles. */
  readonly version: string;
}

interface Shown {
  readonly shown: ShownPlan | null;
  /** The saved plan in focus even when it has no result yet. */
  readonly plan: PlanJson | null;
  readonly isLoading: boolean;
  readonly error: unknown;
  readonly retry: () => void;
}

export function useShownPlan(): Shown {
  const planId = useStore(focusStore, (focus) => focus.planId);
  const detail = usePlan(planId);
  const isDone = detail.data?.plan.state === 'done';
  const items = usePlanItems(isDone ? planId : null);
  const operatorId = useShownOperator(detail.data?.plan);
  const view = usePlanView(isDone ? planId : null, operatorId).data;
  const previewed = useStore(previewStore, previewedPlan);

  const saved = useMemo<ShownPlan | null>(() => {
    const data = detail.data;
    const rows = items.data?.items;
    if (data === undefined || rows === undefined || data.plan.summary === null) return null;
    return {
      kind: 'saved',
      plan: data.plan,
      name: data.plan.name,
      summary: data.plan.summary,
      radio: data.plan.request.radio ?? {},
      keyAreaFactor: data.plan.request.keyAreaFactor ?? 1,
      asked: askedOf(data.plan.request),
      scenarios: data.plan.request.scenarios ?? [],
      fingerprint: data.plan.fingerprint,
      seconds: data.plan.seconds,
      items: rows,
      itemsBySite: new Map(rows.map((item) => [item.site.id, item])),
      areas: (view ?? data).areas,
      districts: (view ?? data).districts,
      uncovered: (view ?? data).uncovered,
      operatorId,
      box: data.box,
      version: data.plan.fingerprint ?? data.plan.id,
    };
  }, [detail.data, items.data, operatorId, view]);

  return {
    shown: previewed ?? saved,
    plan: detail.data?.plan ?? null,
    isLoading: planId !== null && (detail.isLoading || (isDone && items.isLoading)),
    error: detail.error ?? items.error,
    retry: () => {
      void detail.refetch();
      void items.refetch();
    },
  };
}

type Preview = ReturnType<typeof previewStore.get>;

let made: { readonly of: Preview; readonly plan: ShownPlan | null } | null = null;

/**
 * Made once for everybody who shows it, and again with a new result only: between a click and its result the plan on the screen is the one
 * before, and nothing that shows it draws again.
 */
function previewedPlan(preview: Preview): ShownPlan | null {
  const { isShown, request, result } = preview;
  const isSame =
    made !== null && made.of.isShown === isShown && made.of.request === request && made.of.result === result;
  if (made === null || !isSame) made = { of: preview, plan: planOfPreview(preview) };
  return made.plan;
}

function planOfPreview({
  isShown,
  request,
  result,
  shownChoice,
  sitesById,
  seconds,
  version,
}: Preview): ShownPlan | null {
  if (!isShown || result === null || request === null) return null;
  const rows = result.items.flatMap((item): ShownItem[] => {
    const site = sitesById.get(item.siteId);
    if (site === undefined) return [];
    const {
      siteId: _siteId,
      displaced,
      replacement: _onAsking,
      configuration,
      sharing: _none,
      ...figures
    } = item;
    return [
      {
        ...figures,
        site: {
          ...site,
          position: [...site.position],
          azimuthsDeg: site.azimuthsDeg && [...site.azimuthsDeg],
        },
        displaced: displaced.map((one) => ({ ...one })),
        configuration: configuration && {
          ...configuration,
          azimuthsDeg: configuration.azimuthsDeg && [...configuration.azimuthsDeg],
        },
        // priced when a card asks for it
        replacement: null,
        review: null,
      },
    ];
  });
  return {
    kind: 'preview',
    plan: null,
    name: request.name,
    summary: {
      ...result.summary,
      // plans for several operators are made by the service
      sharing: null,
      leftOut: result.summary.leftOut.map((one) => ({ ...one, siteIds: [...one.siteIds] })),
      outOfRange: [...result.summary.outOfRange],
      reach:
        result.summary.reach === null
          ? null
          : {
              ...result.summary.reach,
              limits: [...result.summary.reach.limits],
              classes: [...result.summary.reach.classes],
            },
      phases: [...result.summary.phases],
      duties: [...result.summary.duties],
      scenarios: [...result.summary.scenarios],
      corridors: result.summary.corridors.map(({ gaps, ...corridor }) => ({
        ...corridor,
        gaps: gaps.map(({ position, ...gap }) => ({ ...gap, position: [...position] })),
      })),
    },
    radio: request.radio ?? {},
    keyAreaFactor: request.keyAreaFactor ?? 1,
    asked: askedOf({
      ...request,
      budgetCny: shownChoice?.budgetCny ?? null,
      maxSites: shownChoice?.maxSites ?? null,
    }),
    scenarios: shownChoice?.scenarios ?? [],
    fingerprint: result.fingerprint,
    seconds,
    items: rows,
    itemsBySite: new Map(rows.map((item) => [item.site.id, item])),
    areas: [...result.areas],
    districts: [...result.districts],
    uncovered: result.uncovered.map((patch) => ({
      ...patch,
      position: [...patch.position],
      reachableBySiteIds: [...patch.reachableBySiteIds],
    })),
    operatorId: null,
    box: null,
    version: `preview-${version}`,
  };
}

function askedOf({ budgetCny, maxSites, quotas, spacing }: NewPlanJson): ShownPlan['asked'] {
  return {
    budgetCny: budgetCny ?? null,
    maxSites: maxSites ?? null,
    hasRules: isSpaced(spacing ?? null) || (quotas ?? []).length > 0,
  };
}
