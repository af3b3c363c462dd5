// Why a plan falls short: what no candidate reaches, which limit binds, and what sites the plan may not use would add, refused ones by
// their type and those the list calls unavailable, whose footprints are computed for this. The work is bounded: every limit is lifted
// with greedy alone, and only so many sites and types are looked at.
import { computeFootprints } from '../coverage/compute-footprints.ts';
import type { Footprints } from '../coverage/footprints.ts';
import { FULL_GRADE_VALUE, GRADE_VALUE } from '../coverage/probability-grades.ts';
import { HIGHEST_ANTENNA_M } from '../coverage/station-tables.ts';
import type { PlanReach, PlanReachClass } from '../model/plan.ts';
import type { Site } from '../model/site.ts';
import { bestGrades, eachGrade } from '../selection/cover/best-grades.ts';
import { explainReach, type ReachExplanation, type SolveChoice } from '../selection/reasons/explain-reach.ts';
import { solveSelection } from '../selection/solve-selection.ts';
import type { ChosenSites } from './choose-sites.ts';
import { inReach, type PreparedCoverage } from './prepare-coverage.ts';

const MOST_UNAVAILABLE = 1000;
const MOST_TYPES = 8;
const greedyAlone = { priceSteps: 0, improveSteps: 0, seed: 1 };

/** Null when the plan is reached. */
export function explainPlanReach(
  prepared: PreparedCoverage,
  { request, selection }: ChosenSites,
): PlanReach | null {
  if (selection.status === 'reached') return null;
  const { problem, choice } = request;
  const solve: SolveChoice = (other) =>
    problem.siteIds.length === 0 ? selection : solveSelection(problem, other, greedyAlone);
  // the groups of a plan are quotas of people, never configurations of one place
  const found = explainReach(problem, choice, [], solve, () => false);
  const whole = prepared.grid.totalWeight * FULL_GRADE_VALUE;
  const shareOf = (worth: number) => (whole > 0 ? worth / whole : 0);
  const planShare = shareOf(selection.covered[0]!);
  // a lifted limit leaves room for the plan at hand, whatever greedy alone finds
  const lifted = ({
    covered,
    reached,
  }: {
    readonly covered: readonly number[];
    readonly reached: boolean;
  }) => ({
    share: Math.max(planShare, shareOf(covered[0]!)),
    reached,
  });
  const { missing } = found.targets[0]!;
  return {
    missing: {
      nobody: shareOf(missing.nobody),
      refused: shareOf(missing.refused),
      partly: shareOf(missing.partly),
    },
    nobodyBins: found.nobodyBins.length,
    refusedBins: found.refusedBins.length,
    limits: found.limits.map((one) => {
      const { share, reached } = lifted(one);
      return { limit: one.family, share, reached, binds: reached || share > planShare };
    }),
    unlimited: found.unlimited && lifted(found.unlimited),
    classes: classesOf(prepared, request, found, shareOf),
  };
}

/** Sites of one type that the plan may not use, by their index in `footprints`. */
interface SiteClass {
  readonly why: PlanReachClass['why'];
  readonly resourceType: string | null;
  readonly footprints: Footprints;
  readonly sites: readonly number[];
}

function classesOf(
  prepared: PreparedCoverage,
  { problem, choice }: ChosenSites['request'],
  { targets }: ReachExplanation,
  shareOf: (worth: number) => number,
): PlanReachClass[] {
  const { footprints, sites } = prepared;
  const { binCount, siteCount } = footprints;
  const refused = new Set(choice.refused);
  const idle = unavailableSites(prepared);
  const classes = [
    ...byType('refused', footprints, choice.refused, sites),
    ...byType('unavailable', idle.footprints, [...idle.sites.keys()], idle.sites),
  ];
  if (classes.length === 0) return [];
  const isInReach = targets.every(({ best: now, required }) => now >= required);
  const usable = [...sites.keys()].filter((site) => !refused.has(site));
  const cover = { kind: 'grades', binCount, siteCount, footprints, gradeValue: GRADE_VALUE } as const;
  const { best } = bestGrades(cover, usable);
  return classes
    .map((one): PlanReachClass => {
      const { gains, newBins } = gainOver(best, one, problem.targets);
      return {
        why: one.why,
        resourceType: one.resourceType,
        sites: one.sites.length,
        extraShare: shareOf(gains[0]!),
        newBins,
        suffices:
          !isInReach && targets.every(({ best: now, required }, target) => now + gains[target]! >= required),
      };
    })
    .sort((a, b) => b.extraShare - a.extraShare);
}

/** Sites in reach that the list calls unavailable, the first by id, and what they would serve. */
function unavailableSites({ input, forms, zone, model }: PreparedCoverage): {
  readonly sites: readonly Site[];
  readonly footprints: Footprints;
} {
  const idle = input.sites
    .filter(({ status, heightM }) => status === 'unavailable' && heightM > 0 && heightM <= HIGHEST_ANTENNA_M)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const placed = inReach(idle, forms, zone, input.areas).slice(0, MOST_UNAVAILABLE);
  return {
    sites: placed.map(({ site }) => site),
    footprints: computeFootprints(
      model,
      placed.map(({ place }) => place),
    ),
  };
}

/** The largest types by themselves, the others together. */
function byType(
  why: SiteClass['why'],
  footprints: Footprints,
  indexes: readonly number[],
  sites: readonly Site[],
): SiteClass[] {
  const types = new Map<string, number[]>();
  for (const index of indexes) {
    const { resourceType } = sites[index]!;
    const members = types.get(resourceType);
    if (members) members.push(index);
    else types.set(resourceType, [index]);
  }
  const sorted = [...types].sort(([a, ofA], [b, ofB]) => ofB.length - ofA.length || (a < b ? -1 : 1));
  const rest = sorted.slice(MOST_TYPES).flatMap(([, members]) => members);
  return [
    ...sorted
      .slice(0, MOST_TYPES)
      .map(([resourceType, members]) => ({ why, resourceType, footprints, sites: members })),
    ...(rest.length > 0 ? [{ why, resourceType: null, footprints, sites: rest }] : []),
  ];
}

/** What the class adds to the best grades of all others: weight times worth per target, and bins that nobody served. */
function gainOver(
  best: Uint8Array,
  { footprints, sites }: SiteClass,
  targets: ChosenSites['request']['problem']['targets'],
): { gains: number[]; newBins: number } {
  const reached = best.slice();
  for (const site of sites)
    eachGrade({ footprints }, site, (bin, grade) => {
      if (grade > reached[bin]!) reached[bin] = grade;
    });
  const gains = targets.map(() => 0);
  let newBins = 0;
  for (let bin = 0; bin < best.length; bin++) {
    const rise = GRADE_VALUE[reached[bin]!]! - GRADE_VALUE[best[bin]!]!;
    if (rise === 0) continue;
    if (GRADE_VALUE[best[bin]!] === 0 && targets[0].weight[bin]! > 0) newBins++;
    targets.forEach(({ weight }, target) => {
      gains[target] = gains[target]! + weight[bin]! * rise;
    });
  }
  return { gains, newBins };
}
