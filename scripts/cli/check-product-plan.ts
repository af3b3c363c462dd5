// A plan of `npm run plan` checked against its inputs: files read again, footprints computed again, the certificate recounted, the
// rows compared, and the question compared with the options. Phases are recounted from their own file.
import { join } from 'node:path';
import {
  type AreaShare,
  checkChoice,
  checkPhasedPlan,
  checkPlan,
  decodeCertificate,
  decodePhases,
  FULL_GRADE_VALUE,
  type PlanFinding,
  type PlanProgress,
  prepareCoverage,
  requestOf,
  type Selection,
  type SelectionProblem,
  type SelectionRequest,
} from '../../engine/index.ts';
import { checkPhaseRows } from './check-phase-rows.ts';
import { checkPlanRows } from './check-plan-rows.ts';
import { type CheckedPlan, compareQuestions } from './compare-questions.ts';
import { reportSteps } from './measure.ts';
import { readPhasesFile } from './phase-files.ts';
import { planChoiceOf } from './plan-choice.ts';
import type { PlanOptions } from './plan-options.ts';
import { readJson, readProof } from './proof-files.ts';
import { readPlanFiles } from './read-plan-files.ts';

/** Throws CommandError and PlanningError for files and options that cannot be used. */
export async function checkProductPlan(folder: string, options: PlanOptions): Promise<CheckedPlan> {
  const proof = readProof(folder);
  const geojson = readJson(join(folder, 'plan.geojson'));
  const { input } = await readPlanFiles(options);
  const asked = planChoiceOf(options, input).choice;
  checkChoice(asked);
  const prepared = prepareCoverage(input, reportSteps<PlanProgress['step']>());
  const request = requestOf(prepared, {
    ...asked,
    areaShares: [...asked.areaShares, ...otherDuties(proof.file, prepared.problem, asked.areaShares)],
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
      ...checkPhases(folder, request, selection, totalWeight, geojson),
    ],
  };
}

/** Nothing without phases in the question, or without a site to put into them. */
function checkPhases(
  folder: string,
  { problem, phases }: SelectionRequest,
  selection: Selection,
  totalWeight: number,
  geojson: unknown,
): PlanFinding[] {
  if (phases === null || problem.siteIds.length === 0) return [];
  const { file, prices } = readPhasesFile(folder);
  const phased = decodePhases(problem, file, prices, selection);
  return [
    ...checkPhasedPlan(problem, phases, phased),
    ...checkPhaseRows(problem, phased, selection, totalWeight, geojson),
  ];
}

/** Targets of the certificate that were not asked for: their areas without a share, so that the comparison names them. */
function otherDuties(file: unknown, { targets }: SelectionProblem, asked: readonly AreaShare[]): AreaShare[] {
  const required = (file as { choice?: { required?: object } } | null)?.choice?.required ?? {};
  const known = new Set([...targets.map(({ id }) => id), ...asked.map(({ areaId }) => areaId)]);
  return Object.keys(required)
    .filter((id) => !known.has(id))
    .map((areaId) => ({ areaId, share: 0 }));
}
