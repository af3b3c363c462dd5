// Why a plan falls short: what no candidate reaches, which limit binds, and what sites the plan may not use would add, refused ones by
// their type and those the list calls unavailable, whose footprints are computed for this. The work is bounded: every limit is lifted
// with greedy alone, and only so many sites and types are looked at.
import { computeFootprints } from '../coverage/compute-footprints.ts';
import type { Footprints } from '../coverage/footprints.ts';
import { GRADE_VALUE } from '../coverage/probability-grades.ts';
import { HIGHEST_ANTENNA_M } from '../coverage/station-tables.ts';
import type { PlanReach, PlanReachClass } from '../model/plan.ts';
import type { Site } from '../model/site.ts';
import { eachGrade } from '../selection/cover/best-grades.ts';
import { fullWorth } from '../selection/cover/full-worth.ts';
import { explainReach, type ReachExplanation, type SolveChoice } from '../selection/reasons/explain-reach.ts';
import type { SelectionProblem } from '../selection/selection-problem.ts';
import { solveSelection } from '../selection/solve-selection.ts';
import type { ChosenSites } from './choose-sites.ts';
import { configureSites } from './configure-sites.ts';
import { inReach, type PreparedCoverage } from './prepare-coverage.ts';
import { isLocationGroup } from './selection-request.ts';
import { addServer, neededServers, worthOfServers } from './servers-problem.ts';

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
    other === choice || problem.siteIds.length === 0
      ? selection
      : solveSelection(problem, other, greedyAlone);
  const found = explainReach(problem, choice, [], solve, isLocationGroup);
  const whole = prepared.grid.totalWeight * fullWorth(problem);
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
    // bins of scenarios stand behind those of the plan
    nobodyBins: found.nobodyBins.filter((bin) => bin < prepared.grid.binCount).length,
    refusedBins: found.refusedBins.filter((bin) => bin < prepared.grid.binCount).length,
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
  /** Each site once, however many configurations it has. */
  readonly count: number;
}

function classesOf(
  prepared: PreparedCoverage,
  { problem, choice }: ChosenSites['request'],
  { targets }: ReachExplanation,
  shareOf: (worth: number) => number,
): PlanReachClass[] {
  const { footprints, sites } = prepared;
  const refused = new Set(choice.refused);
  const idle = unavailableSites(prepared);
  const classes = [
    ...byType('refused', footprints, choice.refused, sites),
    ...byType('unavailable', idle.footprints, [...idle.sites.keys()], idle.sites),
  ];
  if (classes.length === 0) return [];
  const isInReach = targets.every(({ best: now, required }) => now >= required);
  const usable = [...sites.keys()].filter((site) => !refused.has(site));
  const measure = measureOf(problem);
  const served = new Uint8Array(footprints.binCount);
  for (const site of usable) measure.open(footprints, site, served);
  return classes
    .map((one): PlanReachClass => {
      const { gains, newBins } = gainOver(measure, served, one, problem.targets);
      return {
        why: one.why,
        resourceType: one.resourceType,
        sites: one.count,
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
  const closed = input.sites.filter(({ status }) => status === 'unavailable');
  const idle = configureSites(closed, input.configurations)
    .filter(({ site: { heightM } }) => heightM > 0 && heightM <= HIGHEST_ANTENNA_M)
    .sort((a, b) => (a.site.id < b.site.id ? -1 : a.site.id > b.site.id ? 1 : 0));
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
  const classOf = (resourceType: string | null, members: readonly number[]): SiteClass => ({
    why,
    resourceType,
    footprints,
    sites: members,
    count: new Set(members.map((index) => sites[index]!.id)).size,
  });
  return [
    ...sorted.slice(0, MOST_TYPES).map(([resourceType, members]) => classOf(resourceType, members)),
    ...(rest.length > 0 ? [classOf(null, rest)] : []),
  ];
}

/** How a bin is served, one byte each: by its best grade, or where several sites are asked for by how many serve it. */
interface Measure {
  readonly open: (footprints: Footprints, site: number, served: Uint8Array) => void;
  readonly worth: (served: number) => number;
}

function measureOf(problem: SelectionProblem): Measure {
  const needed = neededServers(problem);
  if (needed !== null) return { open: addServer, worth: (servers) => worthOfServers(servers, needed) };
  return {
    open: (footprints, site, served) =>
      eachGrade({ footprints }, site, (bin, grade) => {
        if (grade > served[bin]!) served[bin] = grade;
      }),
    worth: (grade) => GRADE_VALUE[grade]!,
  };
}

/** What the class adds to all others: weight times worth per target, and bins that counted for nothing before. */
function gainOver(
  { open, worth }: Measure,
  served: Uint8Array,
  { footprints, sites }: SiteClass,
  targets: SelectionProblem['targets'],
): { gains: number[]; newBins: number } {
  const reached = served.slice();
  for (const site of sites) open(footprints, site, reached);
  const gains = targets.map(() => 0);
  let newBins = 0;
  for (let bin = 0; bin < served.length; bin++) {
    const before = worth(served[bin]!);
    const rise = worth(reached[bin]!) - before;
    if (rise === 0) continue;
    if (before === 0 && targets[0].weight[bin]! > 0) newBins++;
    targets.forEach(({ weight }, target) => {
      gains[target] = gains[target]! + weight[bin]! * rise;
    });
  }
  return { gains, newBins };
}
