// Classes of candidates in an order of preference (use what stands, alter, replace, build new; roofs by owner): as weights on the
// price, or as strict tiers. Strict means: as little as possible of the worst class, whatever the better ones cost, then as little
// of the next. Each pass takes all better classes as open and free, finds the cheapest set of its own class that is then needed,
// keeps it and forbids the rest of the class; the last pass is the plan. Lexicographic goal programming by passes (Isermann 1982).
import type { Certificate } from '../certificate.ts';
import { checkRequest } from '../check-request.ts';
import type { Effort, Watch } from '../effort.ts';
import { newSitesOf, reached } from '../phases/phase-steps.ts';
import type { Selection, SelectionChoice, SelectionProblem, SelectionRules } from '../selection-problem.ts';
import { solveSelection } from '../solve-selection.ts';
import { checkClasses, type SiteClasses, selectByWeights } from './class-weights.ts';

export interface TierPass {
  readonly tier: string;
  readonly status: Selection['status'];
  /** New sites this pass settled on. */
  readonly sites: readonly number[];
  /** No plan needs less of this class, given what worse classes placed; the last pass bounds the rest at true prices. */
  readonly certificate: Certificate;
}

export interface TieredSelection {
  readonly selection: Selection;
  /** Worst class first. */
  readonly passes: readonly TierPass[];
  /** The class whose pass placed each step of the selection; null for stations that stand and sites locked by a person. */
  readonly placedIn: readonly (string | null)[];
  /** False: the tiers alone led nowhere (rules or money), and weights took over. */
  readonly strict: boolean;
}

/** Lexicographic tiers for required shares. Budget and count hold for the whole plan and are looked at in the last pass. */
export function selectByTiers(
  problem: SelectionProblem,
  choice: SelectionChoice,
  classes: SiteClasses,
  effort: Effort,
  watch: Watch = {},
): TieredSelection {
  checkClasses(problem, classes);
  checkRequest(problem, choice);
  const passes: TierPass[] = [];
  const tierOf = new Map<number, string>();
  let locked = choice.locked;
  for (let tier = classes.ids.length - 1; tier >= 0; tier--) {
    const pass = choiceOfPass(problem, choice, classes, tier, locked);
    if (pass === null) break;
    const solved = solveSelection(problem, pass, effort, watch);
    const before = new Set(locked);
    const sites = newSitesOf(solved).filter((site) => !before.has(site));
    const id = classes.ids[tier]!;
    passes.push({ tier: id, status: solved.status, sites, certificate: solved.certificate });
    if (!reached(solved)) break;
    for (const site of sites) tierOf.set(site, id);
    locked = [...locked, ...sites];
    if (tier > 0) continue;
    return {
      selection: solved,
      passes,
      placedIn: solved.steps.map(({ site }) => tierOf.get(site) ?? null),
      strict: true,
    };
  }
  return steepInstead(problem, choice, classes, passes, effort, watch);
}

/** Null: what worse classes placed leaves the last pass no room for the budget, the count or a group's least. */
function choiceOfPass(
  problem: SelectionProblem,
  choice: SelectionChoice,
  { classOf }: SiteClasses,
  tier: number,
  locked: readonly number[],
): SelectionChoice | null {
  const taken = new Set([...choice.existing, ...choice.refused, ...locked]);
  const better: number[] = [];
  const worse: number[] = [];
  for (let site = 0; site < problem.cost.length; site++) {
    if (taken.has(site)) continue;
    if (classOf[site]! < tier) better.push(site);
    else if (classOf[site]! > tier) worse.push(site);
  }
  const refused = [...choice.refused, ...worse];
  if (tier === 0) {
    const last = { ...choice, locked, refused };
    return hasRoom(problem, last) ? last : null;
  }
  return {
    ...choice,
    existing: [...choice.existing, ...better],
    locked,
    refused,
    budget: null,
    maxSites: null,
    rules: rulesBeside(choice.rules, better, [...refused, ...choice.existing]),
  };
}

/** Free sites hold no distance and may fill a group's least; what they cannot do shows in a later pass. */
function rulesBeside(
  { spacingM, groups }: SelectionRules,
  free: readonly number[],
  out: readonly number[],
): SelectionRules {
  const isFree = new Set(free);
  const isOut = new Set(out);
  return {
    spacingM: spacingM?.map((metres, site) => (isFree.has(site) ? 0 : metres)) ?? null,
    groups: groups.map((group) => {
      if (group.leastSites === null) return group;
      const helpers = group.sites.filter((site) => isFree.has(site)).length;
      const own = group.sites.filter((site) => !isFree.has(site) && !isOut.has(site)).length;
      return { ...group, leastSites: Math.min(own, Math.max(0, group.leastSites - helpers)) };
    }),
  };
}

function hasRoom(
  { cost }: SelectionProblem,
  { locked, refused, existing, budget, maxSites, rules }: SelectionChoice,
): boolean {
  const spent = locked.reduce((sum, site) => sum + cost[site]!, 0);
  if (spent > (budget ?? Infinity) || locked.length > (maxSites ?? Infinity)) return false;
  const out = new Set([...refused, ...existing]);
  return rules.groups.every(
    ({ sites, leastSites }) => new Set(sites.filter((site) => !out.has(site))).size >= (leastSites ?? 0),
  );
}

/** Tiers led nowhere: one plan at prices that rise steeply from class to class; under a budget prices stay true. */
function steepInstead(
  problem: SelectionProblem,
  choice: SelectionChoice,
  classes: SiteClasses,
  passes: readonly TierPass[],
  effort: Effort,
  watch: Watch,
): TieredSelection {
  const factor = choice.budget === null ? steepFactor(problem, classes.ids.length) : 1;
  const factors = classes.ids.map(() => 1);
  for (let tier = 1; tier < factors.length; tier++) factors[tier] = factors[tier - 1]! * factor;
  const { selection } = selectByWeights(problem, choice, classes, factors, effort, watch);
  const placedIn = selection.steps.map(({ site, placedBy }) =>
    placedBy === 'existing' || placedBy === 'locked' ? null : classes.ids[classes.classOf[site]!]!,
  );
  return { selection, passes, placedIn, strict: false };
}

const STEEPEST = 100;

/** At most a hundred from class to class; sums of all prices stay whole numbers. */
function steepFactor({ cost }: SelectionProblem, classes: number): number {
  let sum = 1;
  for (const yuan of cost) sum += yuan;
  for (let factor = STEEPEST; factor > 1; factor--) {
    let most = sum;
    for (let tier = 1; tier < classes; tier++) most *= factor;
    if (most <= Number.MAX_SAFE_INTEGER) return factor;
  }
  return 1;
}
