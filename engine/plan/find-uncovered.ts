// Why a bin is not covered, and neighbouring bins with the same reason as patches (4-connected), largest first.
import { HALF_GRADE } from '../coverage/probability-grades.ts';
import { type UncoveredPatch, type UncoveredReason, uncoveredReasons } from '../model/plan.ts';
import { eachGradeWhere } from '../selection/cover/best-grades.ts';
import type { Selection } from '../selection/selection-problem.ts';
import { countSite, type PreparedCoverage } from './prepare-coverage.ts';

const NAME_AT_MOST = 5;

export interface Uncovered {
  readonly patches: readonly UncoveredPatch[];
  /** Over the frame: 0 covered or outside, otherwise 1 + index into `uncoveredReasons`. */
  readonly codes: Uint8Array;
}

export function findUncovered(
  prepared: PreparedCoverage,
  selection: Selection,
  best: Uint8Array,
  refused: ReadonlySet<number>,
): Uncovered {
  const codes = codesOf(prepared, selection, best, refused);
  const { patchOf, members } = connect(codes, prepared.grid.columns, prepared.grid.rows);
  const reachable = rankCandidates(prepared, selection, refused, codes, patchOf, members.length);
  const patches = members
    .map((bins, patch) => describe(prepared, codes, bins, reachable[patch]!))
    .sort((a, b) => b.areaM2 - a.areaM2 || a.first - b.first)
    .map(({ first: _first, ...patch }, index) => ({ id: index + 1, ...patch }));
  return { patches, codes };
}

function codesOf(
  prepared: PreparedCoverage,
  selection: Selection,
  best: Uint8Array,
  refused: ReadonlySet<number>,
): Uint8Array {
  const { grid, footprints, candidatesAtBin } = prepared;
  const usableAtBin = candidatesAtBin.slice();
  for (const site of refused) countSite(footprints, site, usableAtBin, -1);
  const leftOut = selection.status === 'reached' ? 'not-needed' : 'limit';
  const codes = new Uint8Array(grid.columns * grid.rows);
  for (let at = 0; at < codes.length; at++) {
    const bin = grid.binAt[at]!;
    if (bin < 0 || grid.indoor[bin] === 1 || best[bin]! >= HALF_GRADE) continue;
    const reason =
      usableAtBin[bin]! > 0
        ? leftOut
        : candidatesAtBin[bin]! > 0
          ? 'refused'
          : unreachedReason(footprints.near[bin]!, footprints.seen[bin]!);
    codes[at] = 1 + uncoveredReasons.indexOf(reason);
  }
  return codes;
}

/** By the sites whose service radius holds the bin, and those of them that are not hidden from it. */
function unreachedReason(near: number, seen: number): UncoveredReason {
  if (near === 0) return 'no-candidate-near';
  return seen === 0 ? 'blocked' : 'too-weak';
}

/** Flood fill, row by row from the north: patch per place of the frame (-1 none) and the places of each patch. */
function connect(
  codes: Uint8Array,
  columns: number,
  rows: number,
): { patchOf: Int32Array; members: number[][] } {
  const patchOf = new Int32Array(codes.length).fill(-1);
  const members: number[][] = [];
  for (let start = 0; start < codes.length; start++) {
    if (codes[start] === 0 || patchOf[start]! >= 0) continue;
    const patch = members.length;
    const places = [start];
    patchOf[start] = patch;
    for (let next = 0; next < places.length; next++) {
      const at = places[next]!;
      const column = at % columns;
      const row = (at - column) / columns;
      const visit = (neighbour: number) => {
        if (codes[neighbour] !== codes[start] || patchOf[neighbour]! >= 0) return;
        patchOf[neighbour] = patch;
        places.push(neighbour);
      };
      if (column > 0) visit(at - 1);
      if (column + 1 < columns) visit(at + 1);
      if (row > 0) visit(at - columns);
      if (row + 1 < rows) visit(at + columns);
    }
    members.push(places);
  }
  return { patchOf, members };
}

/** Per patch the unopened candidates that cover bins of it: most bins first, then cheaper, then smaller id. */
function rankCandidates(
  prepared: PreparedCoverage,
  selection: Selection,
  refused: ReadonlySet<number>,
  codes: Uint8Array,
  patchOf: Int32Array,
  patches: number,
): string[][] {
  const { grid, footprints, sites } = prepared;
  const refusedCode = 1 + uncoveredReasons.indexOf('refused');
  const patchOfBin = new Int32Array(grid.binCount).fill(-1);
  for (let at = 0; at < patchOf.length; at++)
    if (patchOf[at]! >= 0) patchOfBin[grid.binAt[at]!] = patchOf[at]!;

  const open = new Set(selection.steps.map((step) => sites[step.site]!.id));
  const found: { site: number; bins: number }[][] = Array.from({ length: patches }, () => []);
  const patchesBefore = new Uint32Array(grid.binCount + 1);
  for (let bin = 0; bin < grid.binCount; bin++)
    patchesBefore[bin + 1] = patchesBefore[bin]! + (patchOfBin[bin]! >= 0 ? 1 : 0);
  for (let site = 0; site < sites.length; site++) {
    if (open.has(sites[site]!.id)) continue;
    const binsOfPatch = new Map<number, number>();
    const isRefused = refused.has(site);
    // most of what a site reaches is covered: stretches without a patch are stepped over
    const hasPatch = (first: number, end: number) => patchesBefore[end]! > patchesBefore[first]!;
    eachGradeWhere({ footprints }, site, hasPatch, (bin, grade) => {
      const patch = patchOfBin[bin]!;
      if (patch < 0 || grade < HALF_GRADE) return;
      const at = grid.binRow[bin]! * grid.columns + grid.binColumn[bin]!;
      if (isRefused !== (codes[at] === refusedCode)) return;
      binsOfPatch.set(patch, (binsOfPatch.get(patch) ?? 0) + 1);
    });
    for (const [patch, bins] of binsOfPatch) found[patch]!.push({ site, bins });
  }
  return found.map((candidates) => {
    const ids = candidates
      .map(({ site, bins }) => ({ bins, cost: sites[site]!.costCny, id: sites[site]!.id }))
      .sort((a, b) => b.bins - a.bins || a.cost - b.cost || (a.id < b.id ? -1 : 1))
      .map(({ id }) => id);
    return [...new Set(ids)].slice(0, NAME_AT_MOST);
  });
}

function describe(
  prepared: PreparedCoverage,
  codes: Uint8Array,
  places: readonly number[],
  reachableBySiteIds: readonly string[],
) {
  const { grid, zone } = prepared;
  const { columns, binAt, areaM2, people } = grid;
  let area = 0;
  let persons = 0;
  let columnSum = 0;
  let rowSum = 0;
  for (const at of places) {
    area += areaM2[binAt[at]!]!;
    persons += people ? people[binAt[at]!]! : 0;
    columnSum += at % columns;
    rowSum += Math.floor(at / columns);
  }
  const at = nearestPlace(places, columns, columnSum / places.length, rowSum / places.length);
  const eastM = grid.westM + ((at % columns) + 0.5) * grid.binSizeM;
  const northM = grid.northM - (Math.floor(at / columns) + 0.5) * grid.binSizeM;
  return {
    first: places[0]!,
    reason: uncoveredReasons[codes[at]! - 1]!,
    bins: places.length,
    areaM2: area,
    people: people ? persons : null,
    position: zone.toDegrees(eastM, northM),
    reachableBySiteIds,
  };
}

/** The bin of the patch nearest to its middle: the middle itself may lie outside a bent patch. */
function nearestPlace(places: readonly number[], columns: number, column: number, row: number): number {
  let best = places[0]!;
  let bestDistance = Infinity;
  for (const at of places) {
    const right = (at % columns) - column;
    const down = Math.floor(at / columns) - row;
    const distance = right * right + down * down;
    if (distance < bestDistance || (distance === bestDistance && at < best)) {
      best = at;
      bestDistance = distance;
    }
  }
  return best;
}
