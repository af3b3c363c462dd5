// An independent recount of a plan: gains, shares, money, every rule, the status and the certificate, from the cover and the choice
// alone. Plain loops that share nothing with the optimiser (no kept sums, no queues, no price search): what both agree on
// was found twice. Takes one pass over all footprints, two more for a certificate by prices.
import { checkCertificate } from './check/check-certificate.ts';
import { checkGroups, checkSpacing, fullGroups, nearness, yuanOf } from './check/check-rules.ts';
import { type Find, type PlanFinding, planFinding } from './check/plan-finding.ts';
import { makeRecount } from './check/recount.ts';
import type { Selection, SelectionChoice, SelectionProblem, SelectionStep } from './selection-problem.ts';

/** Everything that is wrong with the selection; empty when all of it recounts. */
export function checkPlan(
  problem: SelectionProblem,
  choice: SelectionChoice,
  selection: Selection,
): PlanFinding[] {
  const findings: PlanFinding[] = [];
  const find: Find = (...facts) => findings.push(planFinding(...facts));
  const siteCount = problem.cost.length;
  for (const { site } of selection.steps)
    if (!(Number.isInteger(site) && site >= 0 && site < siteCount))
      find('PLAN_SITE_UNKNOWN', '', site, siteCount);
  if (findings.length > 0) return findings;

  checkOrder(problem, choice, selection.steps, find);
  const newSites = newSitesOf(choice, selection.steps);
  checkMoney(problem, choice, selection, newSites, find);
  checkSpacing(
    problem,
    choice,
    selection.steps.map(({ site }) => site),
    find,
  );
  const groupsHold = checkGroups(problem, choice, newSites, selection.status === 'reached', find);

  const recount = makeRecount(problem);
  for (const { site, gain, coveredAfter } of selection.steps) {
    const about = problem.siteIds[site]!;
    const added = recount.open(site);
    if (gain !== added) find('PLAN_STEP_GAIN', about, gain, added);
    if (coveredAfter !== recount.covered[0])
      find('PLAN_STEP_COVERED', about, coveredAfter, recount.covered[0]!);
  }
  compareTargets(problem, 'PLAN_COVERED', selection.covered, recount.covered, find);
  const ceiling = ceilingOf(problem, choice);
  compareTargets(problem, 'PLAN_CEILING', selection.ceiling, ceiling, find);

  const sharesHold = choice.required.every((required, at) => recount.covered[at]! >= required);
  const reached = sharesHold && groupsHold;
  const status = statusOf(choice, selection.status, reached, ceiling, newSites.length);
  if (status !== selection.status) find('PLAN_STATUS', '', selection.status, status);
  if (!sharesHold) checkRoom(problem, choice, selection.steps, newSites, recount.gain, find);
  const cost = yuanOf(problem, newSites);
  checkCertificate(problem, choice, selection, { reached, cost, covered: recount.covered, ceiling }, find);
  return findings;
}

function checkOrder(
  { siteIds }: SelectionProblem,
  choice: SelectionChoice,
  steps: readonly SelectionStep[],
  find: Find,
): void {
  const times = new Map<number, number>();
  for (const { site } of steps) times.set(site, (times.get(site) ?? 0) + 1);
  for (const [site, count] of times) if (count > 1) find('PLAN_SITE_TWICE', siteIds[site]!, count, 1);

  const existing = new Set(choice.existing);
  const locked = new Set(choice.locked);
  const refused = new Set(choice.refused);
  const fixed: [ReadonlySet<number>, 'existing' | 'locked'][] = [
    [existing, 'existing'],
    [locked, 'locked'],
  ];
  let from = 0;
  for (const [sites, rule] of fixed) {
    const said = new Set(steps.slice(from, from + sites.size).map(({ site }) => site));
    for (const site of sites)
      if (!said.has(site))
        find('PLAN_FIXED_FIRST', siteIds[site]!, times.has(site) ? 'later' : 'absent', rule);
    from += sites.size;
  }
  for (const { site, placedBy } of steps) {
    const rule = existing.has(site) ? 'existing' : locked.has(site) ? 'locked' : null;
    const isFree = placedBy !== 'existing' && placedBy !== 'locked';
    if (rule === null ? !isFree : placedBy !== rule)
      find('PLAN_PLACED_BY', siteIds[site]!, placedBy, rule ?? 'target-gain, budget-gain, group-least');
    if (refused.has(site) && !existing.has(site)) find('PLAN_SITE_REFUSED', siteIds[site]!, 'open', 'closed');
  }
}

/** Open sites that do not stand already, each once. */
function newSitesOf(choice: SelectionChoice, steps: readonly SelectionStep[]): number[] {
  const existing = new Set(choice.existing);
  return [...new Set(steps.map(({ site }) => site))].filter((site) => !existing.has(site));
}

function checkMoney(
  problem: SelectionProblem,
  { budget, maxSites }: SelectionChoice,
  selection: Selection,
  newSites: readonly number[],
  find: Find,
): void {
  const cost = yuanOf(problem, newSites);
  if (selection.cost !== cost) find('PLAN_COST', '', selection.cost, cost);
  if (budget !== null && cost > budget) find('PLAN_BUDGET', '', cost, budget);
  if (maxSites !== null && newSites.length > maxSites) find('PLAN_COUNT', '', newSites.length, maxSites);
}

/** Existing stations and every site not refused, together. */
function ceilingOf(problem: SelectionProblem, choice: SelectionChoice): Float64Array {
  const out = new Set(choice.refused);
  for (const site of choice.existing) out.delete(site);
  const union = makeRecount(problem);
  for (let site = 0; site < problem.cost.length; site++) if (!out.has(site)) union.open(site);
  return union.covered;
}

function compareTargets(
  { targets }: SelectionProblem,
  code: 'PLAN_COVERED' | 'PLAN_CEILING',
  said: readonly number[],
  counted: Float64Array,
  find: Find,
): void {
  targets.forEach(({ id }, at) => {
    if (said[at] !== counted[at]) find(code, id, said[at] ?? 'nothing', counted[at]!);
  });
}

/** The status as said when it may stand, otherwise one that may. */
function statusOf(
  choice: SelectionChoice,
  said: Selection['status'],
  reached: boolean,
  ceiling: Float64Array,
  newSites: number,
): Selection['status'] {
  if (reached) return 'reached';
  if (choice.required.some((required, at) => ceiling[at]! < required)) return 'not-reachable';
  const may: Selection['status'][] = [];
  if (choice.maxSites !== null && newSites >= choice.maxSites) may.push('count-reached');
  if (choice.budget !== null) may.push('budget-spent');
  if (choice.rules.spacingM !== null || choice.rules.groups.length > 0) may.push('rules-bind');
  // strict folds leave sites closed that would add nothing by themselves, below the number that is allowed
  if (may.length === 0 && choice.maxSites !== null) may.push('count-reached');
  return may.includes(said) ? said : (may[0] ?? 'not-reachable');
}

/** A plan that falls short leaves no site closed that would still add to the first target and break no rule. */
function checkRoom(
  problem: SelectionProblem,
  choice: SelectionChoice,
  steps: readonly SelectionStep[],
  newSites: readonly number[],
  gain: (site: number) => number,
  find: Find,
): void {
  const open = steps.map(({ site }) => site);
  const closed = new Set(problem.cost.keys());
  for (const site of [...open, ...choice.refused, ...choice.existing]) closed.delete(site);
  const spent = yuanOf(problem, newSites);
  if (choice.maxSites !== null && newSites.length >= choice.maxSites) return;
  const isFull = fullGroups(problem, choice, newSites);
  const isTooNear = nearness(problem, choice, open);
  for (const site of closed) {
    if (choice.budget !== null && spent + problem.cost[site]! > choice.budget) continue;
    if (isFull(site) || gain(site) === 0 || isTooNear(site)) continue;
    find('PLAN_ROOM_LEFT', problem.siteIds[site]!, 0, gain(site));
    return;
  }
}
