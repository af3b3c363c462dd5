// Whether the rows of scenarios that people read say what the certificate says: one for the plan's own assumptions, one for each scenario,
// with the share, the money and whether everything asked for is there. That the shares are what the footprints give is recounted
// elsewhere, target by target (check-plan.ts); what a scenario alone would cost is a figure of comparison and no claim about this plan.
import {
  type PlanChoice,
  type PlanFinding,
  type PreparedCoverage,
  planFinding,
  type Selection,
  type SelectionRequest,
  scenarioTotals,
} from '../../engine/index.ts';
import { objectOf, said } from './geojson-rows.ts';

export function checkScenarioRows(
  prepared: PreparedCoverage,
  choice: PlanChoice,
  request: SelectionRequest,
  selection: Selection,
  geojson: unknown,
): PlanFinding[] {
  const findings: PlanFinding[] = [];
  const same = (about: string, found: unknown, expected: string | number): void => {
    if (found !== expected) findings.push(planFinding('PLAN_ROW', about, said(found), expected));
  };
  const told = objectOf(objectOf(geojson).summary).scenarios;
  const rows = Array.isArray(told) ? told.map(objectOf) : [];
  const expected = scenarioTotals(prepared, choice, { request, selection });
  same('summary.scenarios', rows.length, expected.length);
  expected.forEach(({ id, coveredShare, bestShare, reached, costCny }, index) => {
    const row = rows[index] ?? {};
    same(`scenarios[${index}].id`, row.id, id);
    same(`${id}.coveredShare`, row.coveredShare, coveredShare);
    same(`${id}.bestShare`, row.bestShare, bestShare);
    same(`${id}.reached`, String(row.reached), String(reached));
    same(`${id}.costCny`, row.costCny, costCny);
  });
  return findings;
}
