// Not reachable is an answer: how far each target can get, which bins stay out of reach and why, which limit stands in the way, and
// what a further class of candidates would bring. Shares without limits are unions of footprints and exact; shares under limits
// come from the solver the caller hands in, so that a quick look and a long search use the same words.
import { reachLimits } from '../../model/plan.ts';
import { fullWorth } from '../cover/full-worth.ts';
import { coveredAt, type WorthAt, worthWithout } from '../problem-facts.ts';
import type { Selection, SelectionChoice, SelectionProblem, SiteGroup } from '../selection-problem.ts';

/** Sites that might be added: the refused ones of a type, those that are unavailable, towers not yet asked for. */
export interface CandidateClass {
  readonly id: string;
  /** Indexes into the problem; sites that may be chosen already add nothing. */
  readonly sites: readonly number[];
}

export const limitFamilies = reachLimits;
export type LimitFamily = (typeof limitFamilies)[number];

/**
 * nobody: no site of the list serves the bin (or too few where it needs several) · refused: only refused ones do · partly: all together
 * serve it, but not fully.
 */
export const missReasons = ['nobody', 'refused', 'partly'] as const;
export type MissReason = (typeof missReasons)[number];

export interface TargetReach {
  readonly id: string;
  /** Weight times worth: all there is, what is asked for, what all sites not refused cover, and all sites with the refused ones. */
  readonly total: number;
  readonly required: number;
  readonly best: number;
  readonly bestWithRefused: number;
  /** `total - best` by reason. */
  readonly missing: Readonly<Record<MissReason, number>>;
}

export interface LiftedLimit {
  readonly family: LimitFamily;
  /** What a plan covers when this family alone is lifted, one per target. */
  readonly covered: readonly number[];
  readonly reached: boolean;
  /** True when the first target gains by it or all shares are reached. */
  readonly binds: boolean;
}

export interface ClassGain {
  readonly id: string;
  /** Extra weight times worth within reach, one per target: this class alone, and after the classes before it. */
  readonly alone: readonly number[];
  readonly inOrder: readonly number[];
  /** Bins with weight that nobody reached before and this class alone does. */
  readonly newBins: number;
}

export interface ReachExplanation {
  readonly targets: readonly TargetReach[];
  /** Bins with weight that no site or only refused sites serve, ascending. */
  readonly nobodyBins: readonly number[];
  readonly refusedBins: readonly number[];
  /** What the choice covers as it stands. */
  readonly covered: readonly number[];
  readonly reached: boolean;
  /** The families the choice uses, each lifted alone. */
  readonly limits: readonly LiftedLimit[];
  /** All of them lifted together; null when the choice has none. */
  readonly unlimited: Pick<LiftedLimit, 'covered' | 'reached'> | null;
  readonly classes: readonly ClassGain[];
}

/** Whether a group is one place with several configurations: no permission would ever lift that. */
export type IsLocation = (group: SiteGroup) => boolean;

export type SolveChoice = (choice: SelectionChoice) => Pick<Selection, 'status' | 'covered'>;

/** Takes two passes over the footprints, two per class, and one solve per family of limits and two more. */
export function explainReach(
  problem: SelectionProblem,
  choice: SelectionChoice,
  classes: readonly CandidateClass[],
  solve: SolveChoice,
  isLocation: IsLocation = takesOneSite,
): ReachExplanation {
  const existing = new Set(choice.existing);
  const refused = choice.refused.filter((site) => !existing.has(site));
  const reach = worthWithout(problem, refused);
  const withRefused = worthWithout(problem, []);
  const best = coveredAt(problem, reach);
  const bestWithRefused = coveredAt(problem, withRefused);
  const bins = binsOutOfReach(problem, reach, withRefused);
  const solved = solve(choice);
  const used = limitFamilies.filter((family) => uses(choice, family, isLocation));
  const limits = used.map((family): LiftedLimit => {
    const { covered, status } = solve(lift(choice, family, isLocation));
    const reached = status === 'reached';
    const binds = solved.status !== 'reached' && (reached || covered[0]! > solved.covered[0]!);
    return { family, covered, reached, binds };
  });
  return {
    targets: problem.targets.map(({ id }, target) => ({
      id,
      total: totalOf(problem, target),
      required: choice.required[target]!,
      best: best[target]!,
      bestWithRefused: bestWithRefused[target]!,
      missing: missingOf(problem, target, reach, bins.reasons),
    })),
    nobodyBins: bins.nobody,
    refusedBins: bins.refused,
    covered: solved.covered,
    reached: solved.status === 'reached',
    limits,
    unlimited: used.length === 0 ? null : solveUnlimited(choice, used, solve, isLocation),
    classes: gainsOfClasses(problem, refused, classes, reach),
  };
}

function uses(
  { refused, rules, budget, maxSites }: SelectionChoice,
  family: LimitFamily,
  isLocation: IsLocation,
): boolean {
  if (family === 'refused') return refused.length > 0;
  if (family === 'spacing') return rules.spacingM !== null;
  if (family === 'groups') return !rules.groups.every(isLocation);
  return (family === 'budget' ? budget : maxSites) !== null;
}

/** What a list of groups cannot tell apart: a quota of one site looks the same. */
function takesOneSite({ mostSites }: SiteGroup): boolean {
  return mostSites === 1;
}

/** The choice without one family. */
function lift(choice: SelectionChoice, family: LimitFamily, isLocation: IsLocation): SelectionChoice {
  const { rules } = choice;
  if (family === 'refused') return { ...choice, refused: [] };
  if (family === 'spacing') return { ...choice, rules: { ...rules, spacingM: null } };
  if (family === 'groups') return { ...choice, rules: { ...rules, groups: rules.groups.filter(isLocation) } };
  return family === 'budget' ? { ...choice, budget: null } : { ...choice, maxSites: null };
}

function solveUnlimited(
  choice: SelectionChoice,
  used: readonly LimitFamily[],
  solve: SolveChoice,
  isLocation: IsLocation,
): Pick<LiftedLimit, 'covered' | 'reached'> {
  const { covered, status } = solve(used.reduce((left, family) => lift(left, family, isLocation), choice));
  return { covered, reached: status === 'reached' };
}

interface BinsOutOfReach {
  /** Place in `missReasons` per bin. */
  readonly reasons: Uint8Array;
  readonly nobody: number[];
  readonly refused: number[];
}

function binsOutOfReach(problem: SelectionProblem, reach: WorthAt, withRefused: WorthAt): BinsOutOfReach {
  const reasons = new Uint8Array(problem.cover.binCount).fill(missReasons.indexOf('partly'));
  const nobody: number[] = [];
  const refused: number[] = [];
  for (let bin = 0; bin < reasons.length; bin++) {
    if (reach(bin) > 0 || !problem.targets.some(({ weight }) => weight[bin]! > 0)) continue;
    const reason: MissReason = withRefused(bin) > 0 ? 'refused' : 'nobody';
    reasons[bin] = missReasons.indexOf(reason);
    (reason === 'nobody' ? nobody : refused).push(bin);
  }
  return { reasons, nobody, refused };
}

function totalOf(problem: SelectionProblem, target: number): number {
  let weight = 0;
  for (const one of problem.targets[target]!.weight) weight += one;
  return weight * fullWorth(problem);
}

function missingOf(
  problem: SelectionProblem,
  target: number,
  reach: WorthAt,
  reasons: Uint8Array,
): Record<MissReason, number> {
  const missing = { nobody: 0, refused: 0, partly: 0 };
  const full = fullWorth(problem);
  const { weight } = problem.targets[target]!;
  for (let bin = 0; bin < weight.length; bin++)
    missing[missReasons[reasons[bin]!]!] += weight[bin]! * (full - reach(bin));
  return missing;
}

function gainsOfClasses(
  problem: SelectionProblem,
  refused: readonly number[],
  classes: readonly CandidateClass[],
  reach: WorthAt,
): ClassGain[] {
  const before = coveredAt(problem, reach);
  let left = refused;
  let from = before;
  return classes.map(({ id, sites }) => {
    const added = new Set(sites);
    const without = (out: readonly number[]) => out.filter((site) => !added.has(site));
    const alone = worthWithout(problem, without(refused));
    left = without(left);
    const grown = coveredAt(problem, worthWithout(problem, left));
    const inOrder = grown.map((covered, target) => covered - from[target]!);
    from = grown;
    return {
      id,
      alone: coveredAt(problem, alone).map((covered, target) => covered - before[target]!),
      inOrder,
      newBins: binsReached(problem, reach, alone),
    };
  });
}

function binsReached({ cover, targets }: SelectionProblem, before: WorthAt, after: WorthAt): number {
  let count = 0;
  for (let bin = 0; bin < cover.binCount; bin++)
    if (before(bin) === 0 && after(bin) > 0 && targets.some(({ weight }) => weight[bin]! > 0)) count++;
  return count;
}
