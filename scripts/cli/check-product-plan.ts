// A plan of `npm run plan` checked against its inputs: files read again, footprints computed again, the certificate recounted, the
// rows compared, and the question compared with the options.
import { join } from 'node:path';
import {
  checkPlan,
  decodeCertificate,
  FULL_GRADE_VALUE,
  type PlanFinding,
  type PlanProgress,
  plainChoice,
  planFinding,
  prepareCoverage,
  requestOf,
  type Selection,
  type SelectionChoice,
  type SelectionProblem,
} from '../../engine/index.ts';
import { checkPlanRows } from './check-plan-rows.ts';
import { reportSteps } from './measure.ts';
import type { PlanOptions } from './plan-options.ts';
import { readJson, readProof } from './proof-files.ts';
import { readPlanFiles } from './read-plan-files.ts';

/** A plan read back, and what is wrong with it. */
export interface CheckedPlan {
  readonly problem: SelectionProblem;
  readonly choice: SelectionChoice;
  readonly selection: Selection;
  readonly findings: readonly PlanFinding[];
}

/** Throws CommandError and PlanningError for files and options that cannot be used. */
export async function checkProductPlan(folder: string, options: PlanOptions): Promise<CheckedPlan> {
  const proof = readProof(folder);
  const geojson = readJson(join(folder, 'plan.geojson'));
  const { input } = await readPlanFiles(options);
  const prepared = prepareCoverage(input, reportSteps<PlanProgress['step']>());
  const request = requestOf(prepared, {
    ...plainChoice,
    rule: options.rule,
    targetShare: options.rule.targetShare,
    areaShares: dutyAreas(proof.file, prepared.problem).map((areaId) => ({ areaId, share: 0 })),
    budgetCny: options.budgetCny,
    maxSites: options.maxSites,
    refusedSiteIds: [],
    lockedSiteIds: [],
  });
  const { problem } = request;
  const { choice, selection } = decodeCertificate(problem, proof.file, proof.prices);
  const totalWeight = prepared.grid.totalWeight * FULL_GRADE_VALUE;
  return {
    problem,
    choice,
    selection,
    findings: [
      ...compareQuestions(problem, choice, request.choice),
      ...checkPlan(problem, choice, selection),
      ...checkPlanRows(problem, selection, totalWeight, geojson),
    ],
  };
}

/** Targets of the certificate that the plain problem does not have: areas with shares of their own. */
function dutyAreas(file: unknown, { targets }: SelectionProblem): string[] {
  const required = (file as { choice?: { required?: object } } | null)?.choice?.required ?? {};
  return Object.keys(required).filter((id) => targets.every((target) => target.id !== id));
}

/** Share, limits and stations of the certificate against those of the options. */
function compareQuestions(
  { siteIds }: SelectionProblem,
  found: SelectionChoice,
  expected: SelectionChoice,
): PlanFinding[] {
  const nameSites = (sites: readonly number[]): string =>
    sites
      .map((site) => siteIds[site]!)
      .sort()
      .join(', ');
  const pairs: [about: string, found: string | number, expected: string | number][] = [
    ['required', found.required[0]!, expected.required[0]!],
    ['budget', found.budget ?? '-', expected.budget ?? '-'],
    ['maxSites', found.maxSites ?? '-', expected.maxSites ?? '-'],
    ['existing', nameSites(found.existing), nameSites(expected.existing)],
  ];
  return pairs
    .filter(([, was, is]) => was !== is)
    .map(([about, was, is]) => planFinding('PLAN_QUESTION', about, was, is));
}
