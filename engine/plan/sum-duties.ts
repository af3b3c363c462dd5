// What came of the duties beside the whole: of areas, of corridors by their metres, of several servers. Shares are those the selection
// counted; what stands in a summary for one server or several is counted from the footprints here.
import { FULL_GRADE_VALUE, GRADE_VALUE, HALF_GRADE } from '../coverage/probability-grades.ts';
import type { AreaDuty, CorridorDuty, PlanChoice, ServerTotal } from '../model/plan.ts';
import { type BestGrades, bestGrades } from '../selection/cover/best-grades.ts';
import { fullWorth } from '../selection/cover/full-worth.ts';
import { PARTS_PER_METRE } from '../selection/wishes/corridor-target.ts';
import type { ChosenSites } from './choose-sites.ts';
import { corridorGaps, corridorOf, corridorTargets } from './corridor-duties.ts';
import type { PreparedCoverage } from './prepare-coverage.ts';
import { countServers, fullWorthOfServers, worthOfServers } from './servers-problem.ts';

export function areaDutiesOf(
  { areaShares }: PlanChoice,
  { request: { problem, dutyAreaIds }, selection }: ChosenSites,
): AreaDuty[] {
  const full = fullWorth(problem);
  return areaShares.map((duty) => {
    const target = 1 + dutyAreaIds.indexOf(duty.areaId);
    const total = full * sumOf(problem.targets[target]!.weight);
    return {
      ...duty,
      coveredShare: shareOf(selection.covered[target]!, total),
      bestShare: shareOf(selection.ceiling[target]!, total),
    };
  });
}

export function corridorDutiesOf(
  prepared: PreparedCoverage,
  { corridorShares, servers }: PlanChoice,
  { request: { problem }, selection }: ChosenSites,
  { best }: BestGrades,
): CorridorDuty[] {
  if (corridorShares.length === 0) return [];
  const { footprints } = prepared;
  const full = fullWorth(problem);
  const open = selection.steps.map(({ site }) => site);
  const counts = servers && countServers(footprints, open);
  const isServed = (bin: number): boolean =>
    servers && counts ? counts[bin]! >= servers.least : best[bin]! >= HALF_GRADE;
  const own = corridorTargets(prepared, corridorShares);
  return corridorShares.map(({ corridorId, share }, index) => {
    const corridor = corridorOf(prepared, corridorId);
    const { id: targetId, weight } = own[index]!;
    const target = problem.targets.findIndex(({ id }) => id === targetId);
    const parts = sumOf(weight);
    let served = 0;
    for (let bin = 0; bin < weight.length; bin++)
      if (weight[bin]! > 0 && isServed(bin)) served += weight[bin]!;
    return {
      corridorId,
      share,
      name: corridor.name,
      lengthM: parts / PARTS_PER_METRE,
      coveredShare: shareOf(selection.covered[target]!, full * parts),
      bestShare: shareOf(selection.ceiling[target]!, full * parts),
      coveredShareBinary: shareOf(served, parts),
      ...corridorGaps(prepared, corridor, isServed),
    };
  });
}

/** Null when one server is enough. */
export function serverTotalOf(
  prepared: PreparedCoverage,
  { servers }: PlanChoice,
  { request: { choice }, selection }: ChosenSites,
): ServerTotal | null {
  if (servers === null) return null;
  const { grid, footprints, existing } = prepared;
  const whole = grid.totalWeight * fullWorthOfServers(servers);
  const shareWith = (counts: Uint8Array): number => {
    let covered = 0;
    for (let bin = 0; bin < counts.length; bin++)
      covered += grid.weight[bin]! * worthOfServers(counts[bin]!, servers);
    return shareOf(covered, whole);
  };
  const open = selection.steps.map(({ site }) => site);
  return {
    ...servers,
    coveredShare: shareWith(countServers(footprints, open)),
    bestShare: shareWith(countServers(footprints, usableSites(prepared, choice.refused))),
    existingShare: shareWith(countServers(footprints, existing)),
  };
}

/** Shares of one server, for a plan that was chosen for several. */
export function oneServerShares(
  prepared: PreparedCoverage,
  refused: readonly number[],
  { best, bestByExisting }: { readonly best: Uint8Array; readonly bestByExisting: Uint8Array },
): { readonly coveredShare: number; readonly existingShare: number; readonly bestShare: number } {
  const { grid, footprints } = prepared;
  const { binCount, siteCount } = footprints;
  const whole = grid.totalWeight * FULL_GRADE_VALUE;
  const shareWith = (grades: Uint8Array): number => {
    let covered = 0;
    for (let bin = 0; bin < grades.length; bin++) covered += grid.weight[bin]! * GRADE_VALUE[grades[bin]!]!;
    return shareOf(covered, whole);
  };
  const cover = { kind: 'grades', binCount, siteCount, footprints, gradeValue: GRADE_VALUE } as const;
  return {
    coveredShare: shareWith(best),
    existingShare: shareWith(bestByExisting),
    bestShare: shareWith(bestGrades(cover, usableSites(prepared, refused)).best),
  };
}

/** Of a site both standing and refused the station stands. */
function usableSites({ sites, existing }: PreparedCoverage, refused: readonly number[]): number[] {
  const out = new Set(refused);
  for (const site of existing) out.delete(site);
  return [...sites.keys()].filter((site) => !out.has(site));
}

function sumOf(weight: Int32Array): number {
  return weight.reduce((sum, value) => sum + value, 0);
}

function shareOf(part: number, total: number): number {
  return total > 0 ? part / total : 0;
}
