// Refuses what cannot be meant before anything is chosen, so that a wrong number is named and not planned with. What a person can mend comes as
// SELECTION_* with the site or group in question; arrays that do not belong together are a wrong call and come as RangeError.
// Not reaching a share is no error: it is an answer.
import { PlanningError } from '../model/planning-error.ts';
import type { SelectionChoice, SelectionProblem } from './selection-problem.ts';
import { makeSiteRules } from './wishes/make-site-rules.ts';

/** Problems found sound: a re-plan on the same one checks the choice only. */
const sound = new WeakSet<SelectionProblem>();

/** Throws PlanningError SELECTION_*, or RangeError for lengths and indexes that do not fit the problem. Takes one pass over bins and sites. */
export function checkRequest(problem: SelectionProblem, choice: SelectionChoice): void {
  if (!sound.has(problem)) {
    checkProblem(problem);
    sound.add(problem);
  }
  checkNumbers(problem, choice);
  checkSiteLists(problem, choice);
  checkGroups(problem, choice);
  checkLocked(problem, choice);
}

function checkProblem({ cover, targets, cost, siteIds, places, fold }: SelectionProblem): void {
  const { binCount, siteCount } = cover;
  if (siteCount === 0) throw new PlanningError('SELECTION_SITES_EMPTY');
  expectLength('cost', cost, siteCount);
  expectLength('siteIds', siteIds, siteCount);
  if (places) {
    expectLength('places.eastM', places.eastM, siteCount);
    expectLength('places.northM', places.northM, siteCount);
    for (const metres of [places.eastM, places.northM])
      if (!metres.every(Number.isFinite))
        throw new RangeError('checkRequest: a place is no finite number of metres');
  }
  for (const { id, weight } of targets) {
    expectLength(`weight of ${id}`, weight, binCount);
    const bin = weight.findIndex((value) => value < 0);
    if (bin >= 0)
      throw new PlanningError('SELECTION_WEIGHT_RANGE', { targetId: id, bin, weight: weight[bin]! });
  }
  if (fold) {
    expectLength('fold.sites', fold.sites, binCount);
    if (cover.kind === 'grades')
      throw new RangeError('checkRequest: fold needs a yes-or-no cover, got grades');
    if (fold.sites.includes(0)) throw new RangeError('checkRequest: fold.sites has a 0, expected 1 or more');
  }
  const wrong = cost.findIndex((yuan) => !isWhole(yuan));
  if (wrong >= 0)
    throw new PlanningError('SELECTION_COST_RANGE', { siteId: siteIds[wrong]!, cost: cost[wrong]! });
  const twice = idTwice(siteIds);
  if (twice !== undefined) throw new PlanningError('SELECTION_SITE_TWICE', { siteId: twice });
}

/** Names that rise are told apart without a set of all of them: a city's takes as much memory as its footprints. */
function idTwice(siteIds: readonly string[]): string | undefined {
  if (siteIds.every((id, at) => at === 0 || siteIds[at - 1]! < id)) return undefined;
  const seen = new Set<string>();
  return siteIds.find((id) => seen.size === seen.add(id).size);
}

function checkNumbers({ targets, siteIds, cover, places }: SelectionProblem, choice: SelectionChoice): void {
  const { required, budget, maxSites, rules } = choice;
  expectLength('required', required, targets.length);
  required.forEach((value, index) => {
    if (!(value >= 0 && value < Infinity))
      throw new PlanningError('SELECTION_SHARE_RANGE', { targetId: targets[index]!.id, required: value });
  });
  for (const [limit, value] of Object.entries({ budget, maxSites }))
    if (value !== null && !isWhole(value))
      throw new PlanningError('SELECTION_BUDGET_RANGE', { [limit]: value });
  const { spacingM } = rules;
  if (!spacingM) return;
  expectLength('spacingM', spacingM, cover.siteCount);
  if (!places) throw new RangeError('checkRequest: spacing needs places, got null');
  const wrong = spacingM.findIndex((metres) => !(metres >= 0 && metres < Infinity));
  if (wrong >= 0)
    throw new PlanningError('SELECTION_SPACING_RANGE', {
      siteId: siteIds[wrong]!,
      spacingM: spacingM[wrong]!,
    });
}

function checkSiteLists({ siteIds }: SelectionProblem, choice: SelectionChoice): void {
  const { existing, locked, refused } = choice;
  for (const site of [...existing, ...locked, ...refused])
    if (!(site in siteIds))
      throw new RangeError(
        `checkRequest: site ${site} is unknown, expected a place among ${siteIds.length} sites`,
      );
  const standing = new Set(existing);
  const lockedSites = new Set(locked);
  const conflict = locked.find((site) => standing.has(site)) ?? refused.find((site) => lockedSites.has(site));
  if (conflict !== undefined)
    throw new PlanningError('SELECTION_LOCK_CONFLICT', { siteId: siteIds[conflict]! });
  const twice = firstTwice(existing) ?? firstTwice(locked);
  if (twice !== undefined) throw new PlanningError('SELECTION_SITE_TWICE', { siteId: siteIds[twice]! });
}

function checkGroups({ siteIds }: SelectionProblem, { rules, existing, refused }: SelectionChoice): void {
  const gone = new Set([...existing, ...refused]);
  for (const { id: groupId, sites, leastSites, mostSites, mostCost } of rules.groups) {
    const unknown = sites.find((site) => !(site in siteIds));
    if (unknown !== undefined) throw new PlanningError('SELECTION_GROUP_UNKNOWN', { groupId, site: unknown });
    for (const [limit, value] of Object.entries({ leastSites, mostSites, mostCost }))
      if (value !== null && !isWhole(value))
        throw new PlanningError('SELECTION_GROUP_RANGE', { groupId, limit, value });
    const least = leastSites ?? 0;
    if (least === 0) continue;
    const available = new Set(sites.filter((site) => !gone.has(site))).size;
    const most = Math.min(available, mostSites ?? available);
    if (least > most)
      throw new PlanningError('SELECTION_GROUP_LEAST', { groupId, leastSites: least, possible: most });
  }
}

/** Locked sites alone must already keep every rule: nothing that is chosen later can mend it. */
function checkLocked(problem: SelectionProblem, choice: SelectionChoice): void {
  if (choice.locked.length === 0) return;
  const { siteIds } = problem;
  const rules = makeSiteRules(problem, { ...choice, locked: [], refused: [] });
  for (const site of choice.locked) {
    const breach = rules.whyNot(site)[0];
    const siteId = siteIds[site]!;
    if (breach?.rule === 'budget' || breach?.rule === 'count')
      throw new PlanningError('SELECTION_BUDGET_RANGE', {
        siteId,
        lockedCost: rules.cost() + problem.cost[site]!,
        lockedSites: rules.count() + 1,
      });
    if (breach)
      throw new PlanningError('SELECTION_QUOTA_LOCKED', {
        siteId,
        rule: breach.rule,
        with: breach.with ?? '',
      });
    rules.opened(site);
  }
}

function firstTwice(sites: readonly number[]): number | undefined {
  const seen = new Set<number>();
  return sites.find((site) => seen.size === seen.add(site).size);
}

/** Sums of whole numbers up to 2^53 stay exact. */
function isWhole(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function expectLength(name: string, values: ArrayLike<unknown>, length: number): void {
  if (values.length !== length)
    throw new RangeError(`checkRequest: ${name} has ${values.length} values, expected ${length}`);
}
