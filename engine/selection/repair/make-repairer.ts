// The repair behind a person's clicks: the state stays between them, so that striking, locking or freeing a site costs its neighbourhood
// and not the city, and every click can be taken back exactly. What each site would add or take away is kept for all of them. A click that
// was foreseen while somebody still looked at the site is only carried out: the same moves, so the same plan.
import { checkRequest } from '../check-request.ts';
import type { SelectionChoice, SelectionProblem } from '../selection-problem.ts';
import type { SiteRuleBreach } from '../wishes/site-rules.ts';
import { makeWay } from './make-way.ts';
import { makeRepairRun, type RepairRun, rebase, revert, toggle } from './repair-run.ts';
import {
  describeRepair,
  newSitesOf,
  openPlan,
  type Repair,
  type RepairOptions,
  repairDefaults,
} from './repair-selection.ts';
import { choiceNow, regionOf, settleRepair } from './settle-repair.ts';

export interface RepairFigures {
  /** Yuan and number of new sites. */
  readonly cost: number;
  readonly count: number;
  /** Weight times worth, one per target. */
  readonly covered: readonly number[];
  readonly reached: boolean;
  /** First target, weight times worth per site: what an open site takes away when it closes, what a closed one adds. Changes in place. */
  readonly worth: Float64Array;
}

/** Changes in every answer are against the plan before the click. */
export interface Repairer {
  /** Refuses a site (a lock on it ends) and repairs. */
  readonly strike: (site: number) => Repair;
  /** Opens a site for good (a refusal of it ends) and repairs. */
  readonly lock: (site: number) => Repair;
  /** Ends lock or refusal; the plan changes when it becomes cheaper by more than the changes cost. */
  readonly free: (site: number) => Repair;
  /** Works out one of the above and changes nothing; that click is then answered at once, until the plan or its lists change. Throws as it would. */
  readonly foresee: (act: 'strike' | 'lock' | 'free', site: number) => void;
  /** Opens a closed or closes an open site and repairs nothing; the rules it breaks while it is open. RangeError for an existing station. */
  readonly turn: (site: number) => readonly SiteRuleBreach[];
  /** Takes back the last of the above, exactly; false when nothing is left. */
  readonly undo: () => boolean;
  readonly figures: () => RepairFigures;
  /** New sites in the order they came. */
  readonly sites: () => readonly number[];
  /** The choice with the lists of now. */
  readonly choice: () => SelectionChoice;
}

const decisions = {
  strike: { fixed: 0, refused: 1 },
  lock: { fixed: 1, refused: 0 },
  free: { fixed: 0, refused: 0 },
} as const;

type Act = keyof typeof decisions;

/** What a click would do to the plan of `sites`: every click and every undo brings another list. */
interface Foresight {
  readonly sites: readonly number[];
  readonly act: Act;
  readonly site: number;
  readonly moves: readonly number[];
  readonly repair: Repair;
}

interface Click {
  readonly mark: number;
  readonly sites: readonly number[];
  readonly site: number;
  readonly isFixed: number;
  readonly isRefused: number;
}

/** `plan` is taken as it is, without what is refused. Throws like `repairSelection`. Takes one pass over all footprints. */
export function makeRepairer(
  problem: SelectionProblem,
  choice: SelectionChoice,
  plan: readonly number[],
  { changePrice = repairDefaults.changePrice, looks = repairDefaults.looks }: RepairOptions = {},
): Repairer {
  checkRequest(problem, choice);
  const before = newSitesOf(problem, choice, plan);
  const run = makeRepairRun(problem, choice, before, changePrice);
  openPlan(run, before);
  const { state, rules, isFixed, isRefused } = run;
  let sites: readonly number[] = [...new Set([...before, ...choice.locked])].filter(
    (site) => state.isOpen[site] === 1,
  );
  rebase(run, before, sites);
  const existing = new Set(choice.existing);
  const clicks: Click[] = [];
  let foreseen: Foresight | null = null;
  const worth = new Float64Array(problem.cost.length);
  for (let site = 0; site < worth.length; site++) worth[site] = worthNow(run, site);

  const begin = (site: number): Click => {
    if (!(site in problem.siteIds) || existing.has(site))
      throw new RangeError(`repair: site ${site} is no candidate of ${problem.siteIds.length} sites`);
    return { mark: run.moves.length, sites, site, isFixed: isFixed[site]!, isRefused: isRefused[site]! };
  };
  const end = (click: Click, next: readonly number[]) => {
    refresh(run, run.moves.slice(click.mark), worth);
    rebase(run, sites, next);
    sites = next;
    clicks.push(click);
  };
  const decide = (act: Act, site: number): Repair => {
    const click = begin(site);
    const { fixed, refused } = decisions[act];
    isFixed[site] = fixed;
    isRefused[site] = refused;
    try {
      checkRequest(problem, choiceNow(run));
      const repair = follow(foreseen, act, site) ?? workOut(act, site, click.mark);
      end(click, repair.sites);
      return repair;
    } catch (error) {
      takeBack(click);
      throw error;
    }
  };
  const workOut = (act: Act, site: number, mark: number): Repair => {
    const displaced = new Set<number>();
    if (act === 'strike' && state.isOpen[site] === 1) toggle(run, site);
    if (act === 'lock' && state.isOpen[site] === 0)
      for (const rival of makeWay(run, site)) displaced.add(rival);
    const isFree = act === 'free';
    const moved = run.moves.slice(mark);
    const seeds = isFree ? [site] : moved;
    const area = { seeds: isFree ? [] : seeds, region: regionOf(run, seeds), wished: isFree ? [site] : [] };
    const settled = settleRepair(run, area, looks);
    return describeRepair(run, sites, displaced, settled, mark);
  };
  const follow = (known: Foresight | null, act: Act, site: number): Repair | null => {
    if (known === null || known.sites !== sites || known.act !== act || known.site !== site) return null;
    for (const moved of known.moves) toggle(run, moved);
    return known.repair;
  };
  const takeBack = (click: Click) => {
    const moved = run.moves.slice(click.mark);
    revert(run, click.mark);
    isFixed[click.site] = click.isFixed;
    isRefused[click.site] = click.isRefused;
    refresh(run, moved, worth);
    rebase(run, sites, click.sites);
    sites = click.sites;
  };

  return {
    strike: (site) => decide('strike', site),
    lock: (site) => decide('lock', site),
    free: (site) => decide('free', site),
    foresee: (act, site) => {
      const before = sites;
      const mark = run.moves.length;
      const repair = decide(act, site);
      const moves = run.moves.slice(mark);
      takeBack(clicks.pop()!);
      foreseen = { sites: before, act, site, moves, repair };
    },
    turn: (site) => {
      const click = begin(site);
      const breaches = state.isOpen[site] === 1 ? [] : rules.whyNot(site);
      toggle(run, site);
      const next = state.isOpen[site] === 1 ? [...sites, site] : sites.filter((other) => other !== site);
      end(click, next);
      return breaches;
    },
    undo: () => {
      const click = clicks.pop();
      if (click) takeBack(click);
      return click !== undefined;
    },
    figures: () => ({
      cost: rules.cost(),
      count: rules.count(),
      covered: Array.from(state.covered),
      reached: choice.required.every((required, target) => state.covered[target]! >= required),
      worth,
    }),
    sites: () => sites,
    choice: () => choiceNow(run),
  };
}

/** Only sites that share ground with a moved one can have changed. */
function refresh(run: RepairRun, moved: readonly number[], worth: Float64Array): void {
  for (const site of regionOf(run, [...new Set(moved)])) worth[site] = worthNow(run, site);
}

function worthNow({ state }: RepairRun, site: number): number {
  return state.isOpen[site] === 1 ? state.loss(site) : state.gain(site);
}
