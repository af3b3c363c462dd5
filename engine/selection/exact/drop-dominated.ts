// Of two free sites that no rule tells apart, the one that serves no more and costs no less can stand back: whatever plan holds it
// is as good with the other in its place (selection reference, section 4.5). Not where bins need several sites, where the
// second one still counts.

import type { SelectionChoice, SelectionProblem } from '../selection-problem.ts';
import { sitesTooNear } from '../wishes/sites-too-near.ts';
import type { CoverRows } from './cover-rows.ts';

/** Per position the position of the site that stands in for it and stays itself, or -1. */
export function dropDominated(
  problem: SelectionProblem,
  choice: SelectionChoice,
  sites: readonly number[],
  rows: CoverRows,
): Int32Array {
  const standIn = new Int32Array(sites.length).fill(-1);
  const rowsOf = rowsBySite(rows, sites.length);
  const groupsOf = groupNumbers(choice, sites);
  // dearest first, so that a chain of stand-ins ends at its best; equal ones keep the smaller id
  const order = sites
    .map((_, position) => position)
    .sort(
      (a, b) =>
        problem.cost[sites[b]!]! - problem.cost[sites[a]!]! ||
        rowsOf[a]!.length - rowsOf[b]!.length ||
        (problem.siteIds[sites[a]!]! < problem.siteIds[sites[b]!]! ? 1 : -1),
    );
  for (const position of order) {
    const own = rowsOf[position]!;
    if (own.length === 0 || !isPlain(choice, groupsOf[position]!)) continue;
    if (own.some((row) => rows.need[row] !== 1 || rows.most[row] !== 1)) continue;
    const rarest = own.reduce((best, row) => (rowSize(rows, row) < rowSize(rows, best) ? row : best));
    for (let at = rows.starts[rarest]!; at < rows.starts[rarest + 1]!; at++) {
      const other = rows.sites[at]!;
      if (
        other !== position &&
        standIn[other] === -1 &&
        problem.cost[sites[other]!]! <= problem.cost[sites[position]!]! &&
        isPart(own, rowsOf[other]!) &&
        isPart(groupsOf[other]!, groupsOf[position]!) &&
        conflictsNoMore(problem, choice, sites, position, other)
      ) {
        standIn[position] = other;
        break;
      }
    }
  }
  for (const position of order) {
    let end = standIn[position]!;
    if (end === -1) continue;
    while (standIn[end]! !== -1) end = standIn[end]!;
    standIn[position] = end;
  }
  return standIn;
}

function rowSize({ starts }: CoverRows, row: number): number {
  return starts[row + 1]! - starts[row]!;
}

function rowsBySite({ count, starts, sites }: CoverRows, siteCount: number): number[][] {
  const rowsOf = Array.from({ length: siteCount }, (): number[] => []);
  for (let row = 0; row < count; row++)
    for (let at = starts[row]!; at < starts[row + 1]!; at++) rowsOf[sites[at]!]!.push(row);
  return rowsOf;
}

/** Groups of each site, ascending. */
function groupNumbers({ rules }: SelectionChoice, sites: readonly number[]): number[][] {
  const positionOf = new Map(sites.map((site, position) => [site, position]));
  const groupsOf = sites.map((): number[] => []);
  rules.groups.forEach(({ sites: own }, group) => {
    for (const site of new Set(own)) {
      const position = positionOf.get(site);
      if (position !== undefined) groupsOf[position]!.push(group);
    }
  });
  return groupsOf;
}

/** A site that a group may need stays. */
function isPlain({ rules }: SelectionChoice, groups: readonly number[]): boolean {
  return groups.every((group) => !rules.groups[group]!.leastSites);
}

/** Both ascending. */
function isPart(part: readonly number[], whole: readonly number[]): boolean {
  if (part.length > whole.length) return false;
  let at = 0;
  for (const value of part) {
    while (at < whole.length && whole[at]! < value) at++;
    if (whole[at] !== value) return false;
  }
  return true;
}

/** Whatever forbids `other` forbids `position` as well, `position` itself left aside. */
function conflictsNoMore(
  { places }: SelectionProblem,
  { rules: { spacingM } }: SelectionChoice,
  sites: readonly number[],
  position: number,
  other: number,
): boolean {
  if (places === null || spacingM === null || spacingM[sites[other]!] === 0) return true;
  return sites.every(
    (site, at) =>
      at === position ||
      at === other ||
      !sitesTooNear(places, spacingM, site, sites[other]!) ||
      sitesTooNear(places, spacingM, site, sites[position]!),
  );
}
