// A plan of `npm run plan` checked against its inputs: files read again, footprints computed again, the certificate recounted, the
// rows compared, and the question compared with the options. Phases are recounted from their own file.
import { join } from 'node:path';
import {
  type AreaShare,
  type CorridorShare,
  checkChoice,
  checkPhasedPlan,
  checkPlan,
  corridorIdOf,
  decodeCertificate,
  decodePhases,
  fullWorth,
  type PlanFinding,
  type PlanProgress,
  type PreparedCoverage,
  planFinding,
  prepareCoverage,
  prepareScenarios,
  requestOf,
  type Selection,
  type SelectionProblem,
  type SelectionRequest,
} from '../../engine/index.ts';
import { checkConfigurationRows } from './check-configuration-rows.ts';
import { checkDutyRows } from './check-duty-rows.ts';
import { checkPhaseRows } from './check-phase-rows.ts';
import { checkPlanRows } from './check-plan-rows.ts';
import { checkScenarioRows } from './check-scenario-rows.ts';
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
  const alsoCorridors = otherCorridors(proof.file, options.rules.corridors);
  const { input } = await readPlanFiles(withCorridors(options, alsoCorridors));
  const asked = planChoiceOf(options, input).choice;
  checkChoice(asked);
  const onProgress = reportSteps<PlanProgress['step']>();
  const prepared = prepareCoverage(input, onProgress);
  await prepareScenarios({}, prepared, asked.scenarios, onProgress);
  const request = requestOf(prepared, {
    ...asked,
    areaShares: [...asked.areaShares, ...otherDuties(proof.file, prepared, asked.areaShares)],
    corridorShares: [...asked.corridorShares, ...alsoCorridors],
  });
  const { problem } = request;
  const locked = new Set(asked.lockedSiteIds);
  const { choice, selection } = decodeCertificate(problem, proof.file, proof.prices);
  const totalWeight = prepared.grid.totalWeight * fullWorth(problem);
  return {
    problem,
    choice,
    selection,
    findings: [
      ...compareQuestions(problem, choice, request.choice),
      ...unaskedTargets(proof.file, problem),
      ...checkPlan(problem, choice, selection),
      ...checkPlanRows(problem, selection, totalWeight, geojson, (site) =>
        locked.has(request.siteIds[site]!),
      ),
      ...checkConfigurationRows(prepared, selection, geojson),
      ...checkDutyRows(prepared, problem, asked, selection, geojson),
      ...checkScenarioRows(prepared, asked, request, selection, geojson),
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
function otherDuties(file: unknown, { areas }: PreparedCoverage, asked: readonly AreaShare[]): AreaShare[] {
  const known = new Set(asked.map(({ areaId }) => areaId));
  const wanted = new Set(requiredIds(file));
  return areas
    .filter(({ area: { id } }) => wanted.has(id) && !known.has(id))
    .map(({ area: { id } }) => ({ areaId: id, share: 0 }));
}

/** Targets that the question does not have even so: those of scenarios. */
function unaskedTargets(file: unknown, { targets }: SelectionProblem): PlanFinding[] {
  const known = new Set(targets.map(({ id }) => id));
  return requiredIds(file)
    .filter((id) => !known.has(id))
    .map((id) => planFinding('PLAN_QUESTION', `required.${id}`, 'asked', '-'));
}

/** The same for corridors; without a file of roads they stay unknown, and the certificate is refused. */
function otherCorridors(file: unknown, asked: readonly CorridorShare[]): CorridorShare[] {
  const known = new Set(asked.map(({ corridorId }) => corridorId));
  return requiredIds(file).flatMap((id) => {
    const corridorId = corridorIdOf(id);
    return corridorId === null || known.has(corridorId) ? [] : [{ corridorId, share: 0 }];
  });
}

/** Files are read with these corridors as well. */
function withCorridors(options: PlanOptions, also: readonly CorridorShare[]): PlanOptions {
  const { rules } = options;
  return { ...options, rules: { ...rules, corridors: [...rules.corridors, ...also] } };
}

function requiredIds(file: unknown): string[] {
  return Object.keys((file as { choice?: { required?: object } } | null)?.choice?.required ?? {});
}
