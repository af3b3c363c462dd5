// An independent recount of a plan in years: what opens when and only once, what each year covers and costs with the stations that
// still stand, money and places from the first year on, the rules in every year, and the bounds of every year from their prices.
import type { BinPrices, Certificate } from '../certificate.ts';
import type { PhaseBound, PhasedSelection, PhaseOutcome, PhasePlan } from '../phases/phase-plan.ts';
import type { SelectionChoice, SelectionProblem } from '../selection-problem.ts';
import { checkGroups, checkSpacing, fullGroups, nearness, yuanOf } from './check-rules.ts';
import { type Find, type PlanFinding, planFinding } from './plan-finding.ts';
import { makeRecount, makeSiteReader } from './recount.ts';
import { recountBound } from './recount-bound.ts';

/** Everything that is wrong with the years; empty when all of it recounts. */
export function checkPhasedPlan(
  problem: SelectionProblem,
  plan: PhasePlan,
  phased: PhasedSelection,
): PlanFinding[] {
  const findings: PlanFinding[] = [];
  const find: Find = (...facts) => findings.push(planFinding(...facts));
  const idsOf = (years: readonly { readonly id: string }[]): string => years.map(({ id }) => id).join(', ');
  if (idsOf(phased.years) !== idsOf(plan.years)) {
    find('PHASE_YEARS', '', idsOf(phased.years), idsOf(plan.years));
    return findings;
  }
  checkOpenings(problem, plan, phased, find);
  if (findings.length > 0) return findings;

  const open: number[] = [];
  let worth = 0;
  phased.years.forEach((outcome, year) => {
    open.push(...outcome.opened);
    worth += plan.years[year]!.importance * checkYear(problem, plan, year, outcome, open, find);
    checkBounds(problem, plan, phased, year, find);
  });
  const last = phased.years.at(-1)!;
  expectTotal('cost', phased.cost, last.cost, find);
  if (!(Math.abs(phased.worth - worth) <= 1e-9 * Math.max(1, worth)))
    find('PHASE_TOTAL', 'worth', phased.worth, worth);
  for (const site of plan.choice.locked)
    if (!open.includes(site)) find('PHASE_LOCKED', problem.siteIds[site]!, 'closed', 'open');
  return findings;
}

function checkOpenings(
  { siteIds, cost }: SelectionProblem,
  { choice, availableFrom }: PhasePlan,
  { years }: PhasedSelection,
  find: Find,
): void {
  const existing = new Set(choice.existing);
  const refused = new Set(choice.refused);
  const before = new Set<number>();
  years.forEach(({ opened }, year) => {
    for (const site of opened) {
      const about = siteIds[site];
      if (about === undefined) {
        find('PLAN_SITE_UNKNOWN', '', site, cost.length);
        continue;
      }
      if (before.has(site) || existing.has(site)) find('PHASE_SITE_TWICE', about, year, 'once');
      if (refused.has(site)) find('PLAN_SITE_REFUSED', about, 'open', 'closed');
      const from = availableFrom?.[site] ?? 0;
      if (year < from) find('PHASE_TOO_EARLY', about, year, from);
      before.add(site);
    }
  });
}

/** Returns what the year covers of the first target. */
function checkYear(
  problem: SelectionProblem,
  plan: PhasePlan,
  year: number,
  outcome: PhaseOutcome,
  open: readonly number[],
  find: Find,
): number {
  const { id, required, demolished } = plan.years[year]!;
  expectTotal(`${id}.demolished`, namesOf(problem, outcome.demolished), namesOf(problem, demolished), find);
  const standing = standingAt(plan, year);
  const ofYear = problemAt(problem, plan, year);
  const recount = makeRecount(ofYear);
  for (const site of [...standing, ...open]) recount.open(site);
  ofYear.targets.forEach((target, at) => {
    const covered = recount.covered[at]!;
    expectTotal(`${id}.covered.${target.id}`, outcome.covered[at] ?? 'nothing', covered, find);
    const missing = Math.max(0, required[at]! - covered);
    expectTotal(`${id}.missing.${target.id}`, outcome.missing[at] ?? 'nothing', missing, find);
  });
  const cost = yuanOf(problem, open);
  expectTotal(`${id}.cost`, outcome.cost, cost, find);
  expectTotal(`${id}.sites`, outcome.sites, open.length, find);
  const { budget, maxSites } = limitsAt(plan, year);
  if (budget !== null && cost > budget) find('PHASE_BUDGET', id, cost, budget);
  if (maxSites !== null && open.length > maxSites) find('PHASE_COUNT', id, open.length, maxSites);

  const isReached = required.every((value, at) => recount.covered[at]! >= value);
  if (isReached !== (outcome.status === 'reached'))
    find('PHASE_STATUS', id, outcome.status, isReached ? 'reached' : 'budget-spent');
  const choice = choiceAlone(problem, plan, year);
  checkSpacing(problem, choice, [...standing, ...open], find);
  checkGroups(problem, choice, open, isReached && year === plan.years.length - 1, find);
  if (outcome.leastCost && isReached && outcome.leastCost.bound > cost)
    find('CERTIFICATE_BOUND_PASSED', id, outcome.leastCost.bound, cost);
  if (outcome.mostCovered && outcome.mostCovered.bound < recount.covered[0]!)
    find('CERTIFICATE_BOUND_PASSED', id, outcome.mostCovered.bound, recount.covered[0]!);
  return recount.covered[0]!;
}

function checkBounds(
  problem: SelectionProblem,
  plan: PhasePlan,
  { years, prices }: PhasedSelection,
  year: number,
  find: Find,
): void {
  const { id, leastCost, mostCovered } = years[year]!;
  const ofYear = problemAt(problem, plan, year);
  const choice = choiceAlone(problem, plan, year);
  const reader = makeSiteReader(problem);
  const none: BinPrices = {
    perTarget: new Float64Array(problem.targets.length),
    perBin: new Float32Array(problem.cover.binCount),
  };
  const provedBy = (kind: Certificate['kind'], bound: PhaseBound): number[] =>
    [none, prices[bound.prices] ?? none].map(
      (used) => recountBound(ofYear, choice, kind, used, reader).bound,
    );
  if (leastCost) {
    const proved = Math.max(...provedBy('cost', leastCost));
    if (!(leastCost.bound <= proved)) find('PHASE_BOUND', id, leastCost.bound, proved);
  }
  if (mostCovered) {
    const all = makeRecount(ofYear);
    const out = new Set(choice.refused);
    for (const site of problem.cost.keys()) if (!out.has(site)) all.open(site);
    const proved = Math.min(all.covered[0]!, ...provedBy('covered', mostCovered));
    if (!(mostCovered.bound >= proved)) find('PHASE_BOUND', id, mostCovered.bound, proved);
  }
}

/** The widest choice that any nested plan has in this year: what cannot be open by then is out, later limits hold already. */
function choiceAlone(problem: SelectionProblem, plan: PhasePlan, year: number): SelectionChoice {
  const { choice, availableFrom, years } = plan;
  const standing = standingAt(plan, year);
  const isLast = year === years.length - 1;
  const locked = new Set(choice.locked);
  const out = new Set([...choice.refused, ...choice.existing]);
  for (const site of standing) out.delete(site);
  const alone: SelectionChoice = { ...choice, required: [], budget: null, maxSites: null };
  const isFull = fullGroups(problem, alone, choice.locked);
  const isTooNear = nearness(problem, alone, choice.locked);
  const isBlocked = nearness(problem, alone, standing);
  for (const site of problem.cost.keys()) {
    if (standing.includes(site)) continue;
    const beside = !locked.has(site) && (isFull(site) || isTooNear(site));
    if (beside || isBlocked(site) || (availableFrom?.[site] ?? 0) > year) out.add(site);
  }
  const groups = choice.rules.groups.map((group) => (isLast ? group : { ...group, leastSites: null }));
  return {
    required: years[year]!.required,
    ...limitsAt(plan, year),
    existing: standing,
    locked: isLast ? choice.locked : [],
    refused: [...out],
    rules: { ...choice.rules, groups },
  };
}

function standingAt({ years, choice }: PhasePlan, year: number): number[] {
  const gone = new Set(years.slice(0, year + 1).flatMap(({ demolished }) => demolished));
  return choice.existing.filter((site) => !gone.has(site));
}

function problemAt(problem: SelectionProblem, { years }: PhasePlan, year: number): SelectionProblem {
  return { ...problem, targets: years[year]!.targets ?? problem.targets };
}

/** Cumulative limits: no year may spend more than a later one allows. */
function limitsAt(
  { years }: PhasePlan,
  year: number,
): { readonly budget: number | null; readonly maxSites: number | null } {
  const least = (limits: readonly (number | null)[]): number | null => {
    const said = limits.filter((limit) => limit !== null);
    return said.length > 0 ? Math.min(...said) : null;
  };
  const rest = years.slice(year);
  return {
    budget: least(rest.map(({ budget }) => budget)),
    maxSites: least(rest.map((one) => one.maxSites)),
  };
}

function namesOf({ siteIds }: SelectionProblem, sites: readonly number[]): string {
  return sites.map((site) => siteIds[site]!).join(', ');
}

function expectTotal(about: string, found: string | number, expected: string | number, find: Find): void {
  if (found !== expected) find('PHASE_TOTAL', about, found, expected);
}
