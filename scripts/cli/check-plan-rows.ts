// Whether the rows people read (plan.geojson) say what the certificate says: the same sites in the same order, with the same money
// and shares. The certificate itself is recounted elsewhere; here nothing is computed but shares of the whole.
import {
  nameOfConfigured,
  type PlanFinding,
  planFinding,
  type Selection,
  type SelectionProblem,
} from '../../engine/index.ts';
import { objectOf, type Row, rowsOf, said } from './geojson-rows.ts';

/** `totalWeight`: weight times worth of everything fully covered. `isLocked`: of a site index, whether people ask for that site. */
export function checkPlanRows(
  { siteIds, cost, fold }: SelectionProblem,
  { steps, covered, ceiling, status, cost: planCost, certificate }: Selection,
  totalWeight: number,
  geojson: unknown,
  isLocked: (site: number) => boolean,
): PlanFinding[] {
  const findings: PlanFinding[] = [];
  const same = (about: string, found: unknown, expected: string | number): void => {
    if (found !== expected) findings.push(planFinding('PLAN_ROW', about, said(found), expected));
  };
  const shareOf = (part: number): number => (totalWeight > 0 ? part / totalWeight : 0);
  const rows = rowsOf(geojson);
  same('features', rows.length, steps.length);
  let rank = 0;
  steps.forEach(({ site, placedBy, gain, coveredAfter }, at) => {
    const row = rows[at];
    if (row === undefined) return;
    const id = siteIds[site]!;
    const isNew = placedBy !== 'existing';
    if (isNew) rank++;
    same(`features[${at}].siteId`, nameOfRow(row), id);
    same(`${id}.rank`, row.rank, isNew ? rank : 0);
    same(`${id}.status`, row.status, isNew ? 'new' : 'existing');
    same(`${id}.placedBy`, row.placedBy, isNew && isLocked(site) ? 'locked' : placedBy);
    same(`${id}.costCny`, row.costCny, isNew ? cost[site]! : 0);
    same(`${id}.gainWeightShare`, row.gainWeightShare, shareOf(gain));
    same(`${id}.shareAfter`, row.shareAfter, shareOf(coveredAfter));
  });
  const summary = objectOf(objectOf(geojson).summary);
  same('summary.status', summary.status, status);
  same('summary.sites', summary.sites, rank);
  same('summary.costCny', summary.costCny, planCost);
  // where several servers are asked for, the share of the certificate stands beside that of one
  const counted = fold === null ? summary : objectOf(summary.servers);
  same('summary.coveredShare', counted.coveredShare, shareOf(covered[0]!));
  same('summary.bestShare', counted.bestShare, shareOf(ceiling[0]!));
  const told = objectOf(summary.certificate);
  const { kind, bound, optimal, method } = certificate;
  same('summary.certificate.kind', told.kind, kind);
  same('summary.certificate.bound', told.bound, kind === 'cost' ? bound : shareOf(bound));
  same('summary.certificate.method', told.method, method);
  same('summary.certificate.optimal', String(told.optimal), String(optimal));
  return findings;
}

/** The site, and the configuration where the row has one. */
export function nameOfRow(row: Row): unknown {
  const { siteId, configurationId } = row;
  return typeof siteId === 'string' && typeof configurationId === 'string'
    ? nameOfConfigured(siteId, configurationId)
    : siteId;
}
