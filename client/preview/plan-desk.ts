// The plan on the desk of the preview worker: chosen at once, repaired click by click, replaced when the search beside it has found a
// better one, and taken back. Knows no worker, so that tests can sit at it.
import {
  type ChosenSites,
  checkChoice,
  chooseSites,
  chosenByRepair,
  describePlan,
  type Effort,
  makeRepairer,
  makeSiteReasons,
  type NamedDifference,
  nameDifference,
  nameRepair,
  type OnProgress,
  type PlanChoice,
  PlanningError,
  type PreparedCoverage,
  type ProvenPlan,
  type Repairer,
  requestOf,
  type SelectionRequest,
  type SiteReasons,
  withPrices,
} from '../../engine/index.ts';
import { choiceAfter, type PlanEdit } from './plan-edit.ts';

/** Greedy alone: the bound follows from the search beside it. */
const firstLook: Effort = { priceSteps: 0, improveSteps: 0, seed: 1 };
/** Gains and losses asked for per click: about 50 ms for a district; four times as many gave the same plans, fewer gave dearer ones. */
const REPAIR_LOOKS = 6_000;
const SUBSTITUTES = 5;

export interface PlanMove {
  readonly cause: 'choose' | PlanEdit['act'] | 'undo' | 'improve';
  /** The site of an edit. */
  readonly siteId: string | null;
  readonly choice: PlanChoice;
  /** Against the plan before; null for the first one. */
  readonly difference: NamedDifference | null;
  /** Moves that `undo` can take back. */
  readonly undoable: number;
}

/** Sites that a search found for a request of this desk, without the request. */
export type FoundSites = Omit<ChosenSites, 'request'>;

export interface PlanDesk {
  /** Greedy for a new choice; what was clicked before cannot be taken back any more. Throws SELECTION_*. */
  readonly choose: (choice: PlanChoice) => PlanMove;
  /** Repairs the plan; one by phases or in strict order is chosen anew. Throws SELECTION_*, and RangeError for no candidate in reach. */
  readonly edit: (edit: PlanEdit) => PlanMove;
  readonly undo: () => PlanMove | null;
  /** A plan that is no worse replaces the one on the desk; of a worse one only the bound is taken. */
  readonly take: (found: FoundSites) => PlanMove;
  /** Makes ready what the next click needs. */
  readonly warm: () => void;
  /** Works out the click that a person who looks at this site makes most likely, so that it is answered at once. Changes nothing. */
  readonly foresee: (siteId: string) => void;
  readonly describe: (onProgress?: OnProgress) => ProvenPlan;
  /** Null for a site that is not computed, and for plans by phases or in strict order, which a repair does not price. */
  readonly reasonsOf: (siteId: string) => SiteReasons | null;
  readonly request: () => SelectionRequest;
  /** Whether prices say how good the plan is, or nobody can tell. */
  readonly isBounded: () => boolean;
  readonly chosen: () => ChosenSites;
}

interface Sheet {
  readonly choice: PlanChoice;
  /** A repaired plan is put in order when somebody reads it: a click is answered before. */
  readonly chosen: () => ChosenSites;
  /** The repairer that made the next sheet from this one. */
  readonly repairer: Repairer | null;
}

/** Plans once. Throws SELECTION_*. */
export function makePlanDesk(
  prepared: PreparedCoverage,
  first: PlanChoice,
): { desk: PlanDesk; move: PlanMove } {
  let { choice, chosen } = chooseQuickly(prepared, first);
  let past: Sheet[] = [];
  let lastCause: PlanMove['cause'] = 'choose';
  /** Stands at `chosen`, or is null. */
  let repairer: Repairer | null = null;
  let reasons: ((siteId: string) => SiteReasons | null) | null = null;

  const ready = () => {
    if (repairer !== null) return repairer;
    const { problem, choice: wanted } = chosen().request;
    repairer = makeRepairer(problem, wanted, newSites(chosen()), { looks: REPAIR_LOOKS });
    return repairer;
  };
  const turnTo = (
    next: Pick<Sheet, 'choice' | 'chosen'>,
    cause: PlanMove['cause'],
    siteId: string | null,
    difference: NamedDifference,
  ): PlanMove => {
    ({ choice, chosen } = next);
    reasons = null;
    lastCause = cause;
    return { cause, siteId, choice, difference, undoable: past.length };
  };
  const repair = ({ act, siteId }: PlanEdit, wanted: PlanChoice): PlanMove => {
    const site = prepared.siteIndexes.get(siteId);
    if (site === undefined) throw new RangeError(`no candidate in reach: ${siteId}`);
    const tool = ready();
    const { request } = chosen();
    const { covered: coveredBefore, certificate } = chosen().selection;
    const repaired = tool[act](site);
    const after = once(() => chosenByRepair(request, tool.choice(), repaired.sites, certificate));
    past.push({ choice, chosen, repairer: tool });
    const difference = nameRepair(request, repaired, coveredBefore[0]!);
    return turnTo({ choice: wanted, chosen: after }, act, siteId, difference);
  };

  const desk: PlanDesk = {
    choose: (wanted) => {
      const next = chooseQuickly(prepared, wanted);
      past = [];
      repairer = null;
      return turnTo(next, 'choose', null, nameDifference(chosen(), next.chosen()));
    },
    edit: (edit) => {
      const wanted = choiceAfter(choice, edit);
      if (isRepairable(chosen())) return repair(edit, wanted);
      const next = isConfigured(chosen())
        ? stayNear(prepared, wanted, newSites(chosen()))
        : chooseQuickly(prepared, wanted);
      const difference = nameDifference(chosen(), next.chosen());
      past.push({ choice, chosen, repairer: null });
      repairer = null;
      return turnTo(next, edit.act, edit.siteId, difference);
    },
    undo: () => {
      const sheet = past.pop();
      if (!sheet) return null;
      if (repairer === null || sheet.repairer !== repairer) repairer = null;
      else repairer.undo();
      return turnTo(sheet, 'undo', null, nameDifference(chosen(), sheet.chosen()));
    },
    take: (found) => {
      const now = chosen();
      const offered: ChosenSites = { ...found, request: now.request };
      const difference = nameDifference(now, offered);
      if (difference.opened.length + difference.closed.length === 0)
        return turnTo({ choice, chosen: () => offered }, 'improve', null, difference);
      if (isWorse(offered, now)) {
        const { problem, choice: wanted } = now.request;
        const selection = withPrices(problem, wanted, now.selection, found.selection.certificate);
        const bounded = { ...now, selection };
        return turnTo({ choice, chosen: () => bounded }, 'improve', null, nameDifference(now, now));
      }
      // a search that goes on is one step back, and one after a mere choice is none
      if (past.length > 0 && lastCause !== 'improve') past.push({ choice, chosen, repairer: null });
      repairer = null;
      return turnTo({ choice, chosen: () => offered }, 'improve', null, difference);
    },
    warm: () => {
      if (isRepairable(chosen())) ready();
    },
    foresee: (siteId) => {
      const site = prepared.siteIndexes.get(siteId);
      const now = chosen();
      if (site === undefined || !isRepairable(now) || now.request.choice.existing.includes(site)) return;
      const isOpen = now.selection.steps.some((step) => step.site === site);
      const isRefused = choice.refusedSiteIds.includes(siteId);
      try {
        ready().foresee(isOpen ? 'strike' : isRefused ? 'free' : 'lock', site);
      } catch (error) {
        // the click itself will say why it cannot be
        if (!(error instanceof PlanningError)) throw error;
      }
    },
    describe: (onProgress) => describePlan(prepared, choice, chosen(), onProgress),
    reasonsOf: (siteId) => {
      if (!isPriced(chosen())) return null;
      reasons ??= makeSiteReasons(prepared, chosen(), SUBSTITUTES);
      return reasons(siteId);
    },
    request: () => chosen().request,
    isBounded: () => chosen().selection.certificate.prices !== null || !isPriced(chosen()),
    chosen: () => chosen(),
  };
  return { desk, move: { cause: 'choose', siteId: null, choice, difference: null, undoable: 0 } };
}

function chooseQuickly(prepared: PreparedCoverage, choice: PlanChoice): Pick<Sheet, 'choice' | 'chosen'> {
  checkChoice(choice);
  const chosen = chooseSites(requestOf(prepared, choice), {}, firstLook);
  return { choice, chosen: () => chosen };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** By phases or in strict order no price of one site says what the plan becomes. */
function isPriced({ request }: ChosenSites): boolean {
  return request.phases === null && request.tiers === null;
}

/** The repairer refuses and locks candidates; a site with configurations has several. */
function isRepairable(chosen: ChosenSites): boolean {
  return isPriced(chosen) && !isConfigured(chosen);
}

function isConfigured({ request: { problem, siteIds } }: ChosenSites): boolean {
  return problem.siteIds.some((name, site) => name !== siteIds[site]);
}

/** As few changes as the choice demands; by phases or in strict order everything is chosen anew. */
function stayNear(
  prepared: PreparedCoverage,
  choice: PlanChoice,
  keep: readonly number[],
): Pick<Sheet, 'choice' | 'chosen'> {
  checkChoice(choice);
  const request = requestOf(prepared, choice);
  const isKept = request.phases === null && request.tiers === null;
  const chosen = chooseSites({ ...request, keep: isKept ? keep : null }, {}, firstLook);
  return { choice, chosen: () => ({ ...chosen, request }) };
}

function newSites({ selection }: ChosenSites): number[] {
  return selection.steps.filter(({ placedBy }) => placedBy !== 'existing').map(({ site }) => site);
}

/** Shares first, then money; where shares are out of reach, what is covered, then money. */
function isWorse({ selection: a }: ChosenSites, { selection: b }: ChosenSites): boolean {
  const isReached = a.status === 'reached';
  if (isReached !== (b.status === 'reached')) return !isReached;
  if (!isReached && a.covered[0] !== b.covered[0]) return a.covered[0]! < b.covered[0]!;
  return a.cost > b.cost;
}
