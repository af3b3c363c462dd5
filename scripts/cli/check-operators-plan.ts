// A plan for several operators checked against its inputs: footprints computed again, the certificate recounted, the question compared,
// and every row and total made anew from the certificate's own choice. What each alone would cost is a plan of its own and taken as told.
import { join } from 'node:path';
import {
  checkOperators,
  checkPlan,
  decodeCertificate,
  describeOperators,
  operatorsRequestOf,
  type PlanFinding,
  type PlanProgress,
  planFinding,
  prepareOperators,
} from '../../engine/index.ts';
import { type CheckedPlan, compareQuestions } from './compare-questions.ts';
import { objectOf, rowsOf, said } from './geojson-rows.ts';
import { reportSteps } from './measure.ts';
import { operatorsChoiceOf } from './plan-for-operators.ts';
import type { PlanOptions } from './plan-options.ts';
import { readJson, readProof } from './proof-files.ts';
import type { OperatorOptions } from './read-operators.ts';
import { readPlanFiles } from './read-plan-files.ts';

/** Throws CommandError and PlanningError for files and options that cannot be used. */
export async function checkOperatorsPlan(
  folder: string,
  options: PlanOptions,
  asked: OperatorOptions,
): Promise<CheckedPlan> {
  const proof = readProof(folder);
  const geojson = readJson(join(folder, 'plan.geojson'));
  const { input } = await readPlanFiles(options);
  const wanted = operatorsChoiceOf(options, asked, input);
  checkOperators(wanted);
  const prepared = prepareOperators(input, wanted.operators, reportSteps<PlanProgress['step']>());
  const request = operatorsRequestOf(prepared, wanted);
  const { problem } = request.shared;
  const { choice, selection } = decodeCertificate(problem, proof.file, proof.prices);
  const told = objectOf(objectOf(geojson).summary);
  const operators = Array.isArray(told.operators) ? told.operators.map(objectOf) : [];
  const alone = operators.map(({ aloneCostCny }) => (typeof aloneCostCny === 'number' ? aloneCostCny : null));
  const { items, summary } = describeOperators(prepared, wanted, request, selection, alone);
  return {
    problem,
    choice,
    selection,
    findings: [
      ...compareQuestions(problem, choice, request.choice),
      ...checkPlan(problem, choice, selection),
      ...compareRows('features', rowsOf(geojson), items),
      ...compareRows('operators', operators, summary.operators),
      ...compareRows('summary', [told], [{ ...summary, operators: told.operators }]),
    ],
  };
}

/** Every field of the expected rows. */
function compareRows(
  about: string,
  found: readonly Readonly<Record<string, unknown>>[],
  expected: readonly object[],
): PlanFinding[] {
  if (found.length !== expected.length)
    return [planFinding('PLAN_ROW', about, found.length, expected.length)];
  return expected.flatMap((row, at) =>
    Object.entries(row).flatMap(([field, value]: [string, unknown]) =>
      JSON.stringify(found[at]![field]) === JSON.stringify(value)
        ? []
        : [planFinding('PLAN_ROW', `${about}[${at}].${field}`, said(found[at]![field]), said(value))],
    ),
  );
}
