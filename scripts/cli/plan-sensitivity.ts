// `--sensitivity`: how firmly the plan stands, beside it as sensitivity.json. The usual scenarios follow from what is known of the place.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ChosenSites,
  checkScenarios,
  type PlanChoice,
  type PlanSensitivity,
  type PreparedCoverage,
  planSensitivity,
  scenarioFactsOf,
  usualScenarios,
} from '../../engine/index.ts';
import type { RuleOptions } from './rule-options.ts';

const FILE = 'sensitivity.json';
const TELL_EVERY_MS = 2000;

/** null where nobody asks. Throws PlanningError SELECTION_SCENARIO_*. */
export function sensitivityOf(
  asked: RuleOptions['sensitivity'],
  prepared: PreparedCoverage,
  choice: PlanChoice,
  chosen: ChosenSites,
): PlanSensitivity | null {
  if (asked === null) return null;
  const scenarios = asked === 'usual' ? usualScenarios(scenarioFactsOf(prepared, choice)) : asked;
  checkScenarios(scenarios, Infinity);
  let toldMs = 0;
  return planSensitivity(prepared, choice, chosen, scenarios, (done, total) => {
    const nowMs = performance.now();
    if (nowMs - toldMs < TELL_EVERY_MS && done < total) return;
    toldMs = nowMs;
    console.error(`sensitivity ${done}/${total}`);
  });
}

/** Replaces that of an earlier plan in this folder; null only removes it. */
export function writeSensitivity(folder: string, sensitivity: PlanSensitivity | null): void {
  const path = join(folder, FILE);
  if (sensitivity === null) rmSync(path, { force: true });
  else writeFileSync(path, `${JSON.stringify(sensitivity, null, 2)}\n`);
}
