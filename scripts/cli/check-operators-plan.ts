// A plan for several operators checked against its inputs: options and files read, footprints computed again, then compared
// (compare-operators-plan.ts).
import { checkOperators, type PlanProgress, prepareOperators } from '../../engine/index.ts';
import { compareOperatorsPlan } from './compare-operators-plan.ts';
import type { CheckedPlan } from './compare-questions.ts';
import { reportSteps } from './measure.ts';
import { operatorsChoiceOf } from './plan-for-operators.ts';
import type { PlanOptions } from './plan-options.ts';
import type { OperatorOptions } from './read-operators.ts';
import { readPlanFiles } from './read-plan-files.ts';

/** Throws CommandError and PlanningError for files and options that cannot be used. */
export async function checkOperatorsPlan(
  folder: string,
  options: PlanOptions,
  asked: OperatorOptions,
): Promise<CheckedPlan> {
  const { input } = await readPlanFiles(options);
  const wanted = operatorsChoiceOf(options, asked, input);
  checkOperators(wanted);
  const prepared = prepareOperators(input, wanted.operators, reportSteps<PlanProgress['step']>());
  return compareOperatorsPlan(folder, prepared, wanted);
}
