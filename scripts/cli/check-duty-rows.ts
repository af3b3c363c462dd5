// What plan.geojson says of corridors and of several servers, counted again: servers per bin from the runs of the open sites by a plain
// loop, metres from the targets of the question, shares from the certificate, which is recounted elsewhere.
import {
  binaryRunsOf,
  corridorTargetId,
  fullWorth,
  HALF_GRADE,
  makeCoverState,
  PARTS_PER_METRE,
  type PlanChoice,
  type PlanFinding,
  type PreparedCoverage,
  planFinding,
  type Selection,
  type SelectionProblem,
} from '../../engine/index.ts';
import { objectOf, type Row, said } from './geojson-rows.ts';

/** Of a binary target share: sums of doubles in another order. */
const ROUNDING = 1e-9;

export function checkDutyRows(
  prepared: PreparedCoverage,
  problem: SelectionProblem,
  asked: PlanChoice,
  selection: Selection,
  geojson: unknown,
): PlanFinding[] {
  const findings: PlanFinding[] = [];
  const same: Same = (about, found, expected) => {
    const isNear =
      typeof found === 'number' &&
      typeof expected === 'number' &&
      Math.abs(found - expected) <= ROUNDING * Math.max(1, expected);
    if (found !== expected && !isNear) findings.push(planFinding('PLAN_ROW', about, said(found), expected));
  };
  const summary = objectOf(objectOf(geojson).summary);
  const servers = countServers(
    prepared,
    selection.steps.map(({ site }) => site),
  );
  checkServers(prepared, asked, selection, servers, summary, same);
  checkCorridors(prepared, problem, asked, selection, servers, summary, same);
  return findings;
}

type Same = (about: string, found: unknown, expected: string | number) => void;

/** Sites of the list per bin whose median level reaches the threshold. */
function countServers({ footprints }: PreparedCoverage, sites: readonly number[]): Uint32Array {
  const { runStarts, runFirst, runLength } = binaryRunsOf(footprints, HALF_GRADE);
  const servers = new Uint32Array(footprints.binCount);
  for (const site of sites)
    for (let run = runStarts[site]!; run < runStarts[site + 1]!; run++)
      for (let at = 0; at < runLength[run]!; at++) servers[runFirst[run]! + at]!++;
  return servers;
}

/** Without such a duty the summary has none; with it the shares of one server stand beside those of several. */
function checkServers(
  prepared: PreparedCoverage,
  { servers: duty }: PlanChoice,
  { steps }: Selection,
  servers: Uint32Array,
  summary: Row,
  same: Same,
): void {
  if (duty === null) {
    same('summary.servers', String(summary.servers ?? null), 'null');
    return;
  }
  const { grid, problem, existing } = prepared;
  const told = objectOf(summary.servers);
  const { least, counts } = duty;
  same('summary.servers.least', told.least, least);
  same('summary.servers.counts', told.counts, counts);
  const shareWith = (now: Uint32Array): number => {
    let enough = 0;
    for (let bin = 0; bin < now.length; bin++) {
      const part = Math.min(1, now[bin]! / least);
      enough += grid.weight[bin]! * (counts === 'graded' ? part : Math.floor(part));
    }
    return shareOf(enough, grid.totalWeight);
  };
  const open = steps.map(({ site }) => site);
  same('summary.servers.coveredShare', told.coveredShare, shareWith(servers));
  same('summary.servers.existingShare', told.existingShare, shareWith(countServers(prepared, existing)));
  const one = makeCoverState(problem);
  for (const site of open) one.openSite(site);
  const whole = grid.totalWeight * fullWorth(problem);
  same('summary.coveredShare', summary.coveredShare, shareOf(one.covered[0]!, whole));
}

function checkCorridors(
  prepared: PreparedCoverage,
  problem: SelectionProblem,
  { corridorShares, servers: duty }: PlanChoice,
  { covered, ceiling }: Selection,
  servers: Uint32Array,
  summary: Row,
  same: Same,
): void {
  const { grid, zone } = prepared;
  const least = duty?.least ?? 1;
  const rows = Array.isArray(summary.corridors) ? summary.corridors.map(objectOf) : [];
  same('summary.corridors', rows.length, corridorShares.length);
  corridorShares.forEach(({ corridorId, share }, at) => {
    const row = rows[at] ?? {};
    const target = problem.targets.findIndex(({ id }) => id === corridorTargetId(corridorId));
    let parts = 0;
    let served = 0;
    problem.targets[target]!.weight.forEach((weight, bin) => {
      parts += weight;
      if (servers[bin]! >= least) served += weight;
    });
    const whole = parts * fullWorth(problem);
    same(`corridors[${at}].corridorId`, row.corridorId, corridorId);
    same(`${corridorId}.share`, row.share, share);
    same(`${corridorId}.lengthM`, row.lengthM, parts / PARTS_PER_METRE);
    same(`${corridorId}.coveredShare`, row.coveredShare, shareOf(covered[target]!, whole));
    same(`${corridorId}.bestShare`, row.bestShare, shareOf(ceiling[target]!, whole));
    same(`${corridorId}.coveredShareBinary`, row.coveredShareBinary, shareOf(served, parts));
    const gaps = Array.isArray(row.gaps) ? row.gaps.map(objectOf) : [];
    const isServed = ({ position }: Row): boolean => {
      const [lon, lat] = Array.isArray(position) ? position : [];
      if (typeof lon !== 'number' || typeof lat !== 'number') return true;
      const [eastM, northM] = zone.toMetres([lon, lat]);
      const column = Math.floor((eastM - grid.westM) / grid.binSizeM);
      const line = Math.floor((grid.northM - northM) / grid.binSizeM);
      const bin = grid.binAt[line * grid.columns + column] ?? -1;
      return bin < 0 || servers[bin]! >= least;
    };
    same(`${corridorId}.gaps`, gaps.filter(isServed).length, 0);
    same(`${corridorId}.gaps.some`, String(gaps.length > 0), String(served < parts));
  });
}

function shareOf(part: number, total: number): number {
  return total > 0 ? part / total : 0;
}
