// Whether the rows people read say what the phases say: each new site in the phase that opens it, and the totals of every phase. That the
// phases are nested and cumulative is recounted elsewhere (check-phased-plan.ts).
import {
  type PhasedSelection,
  type PlanFinding,
  planFinding,
  type Selection,
  type SelectionProblem,
} from '../../engine/index.ts';
import { nameOfRow } from './check-plan-rows.ts';
import { objectOf, rowsOf, said } from './geojson-rows.ts';

/** `totalWeight`: weight times worth of everything fully covered. */
export function checkPhaseRows(
  { siteIds }: SelectionProblem,
  { years }: PhasedSelection,
  { steps }: Selection,
  totalWeight: number,
  geojson: unknown,
): PlanFinding[] {
  const findings: PlanFinding[] = [];
  const same = (about: string, found: unknown, expected: string | number): void => {
    if (found !== expected) findings.push(planFinding('PLAN_ROW', about, said(found), expected));
  };
  const phaseOf = new Map(
    years.flatMap(({ opened }, phase) => opened.map((site) => [siteIds[site]!, phase])),
  );
  const named = (ids: Iterable<string>): string => [...ids].sort().join(', ');
  const newIds = steps.flatMap(({ site, placedBy }) => (placedBy === 'existing' ? [] : [siteIds[site]!]));
  same('phases.sites', named(phaseOf.keys()), named(newIds));
  for (const row of rowsOf(geojson)) {
    const name = nameOfRow(row);
    if (typeof name === 'string') same(`${name}.phase`, row.phase, phaseOf.get(name) ?? 0);
  }

  const told = objectOf(objectOf(geojson).summary).phases;
  const totals = Array.isArray(told) ? told.map(objectOf) : [];
  same('summary.phases', totals.length, years.length);
  years.forEach(({ id, sites, cost, covered, status, mostCovered }, phase) => {
    const total = totals[phase] ?? {};
    const shareOf = (part: number): number => (totalWeight > 0 ? part / totalWeight : 0);
    same(`${id}.name`, total.name, id);
    same(`${id}.sites`, total.sites, sites);
    same(`${id}.costCny`, total.costCny, cost);
    same(`${id}.coveredShare`, total.coveredShare, shareOf(covered[0]!));
    same(`${id}.reached`, String(total.reached), String(status === 'reached'));
    const bound = mostCovered === null ? null : shareOf(mostCovered.bound);
    same(`${id}.boundShare`, String(total.boundShare), String(bound));
  });
  return findings;
}
