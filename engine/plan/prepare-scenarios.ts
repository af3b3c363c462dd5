// The footprints of scenarios computed before anybody asks for a plan in them: with threads where there are many sites, told as progress
// of the coverage, refused where memory would not hold them. Afterwards `withScenario` takes them as they are.

import type { OnProgress } from '../model/plan.ts';
import type { PlanScenario } from '../model/plan-scenario.ts';
import { checkFootprintMemory } from './check-memory.ts';
import type { PreparedCoverage } from './prepare-coverage.ts';
import { CREW_FROM_SITES, footprintsBy, type PrepareHelp } from './prepare-coverage-with.ts';
import { footprintsKnown, keepFootprints, radioKeyOf, scenarioModel } from './with-scenario.ts';

export interface ScenarioHelp extends Omit<PrepareHelp, 'takeKept'> {
  /** Fewer are computed here. */
  readonly crewFromSites?: number;
}

/** Every coverage once, and once more in the joint problem. */
const COPIES = 2;

/** Throws COVERAGE_TOO_LARGE; rejects also when a thread is lost. Reports `coverage`, all scenarios as one stretch of work. */
export async function prepareScenarios(
  { startCrew, memoryMb = Infinity, crewFromSites = CREW_FROM_SITES }: ScenarioHelp,
  prepared: PreparedCoverage,
  scenarios: readonly PlanScenario[],
  onProgress?: OnProgress,
): Promise<void> {
  const byRadio = new Map(scenarios.map((scenario) => [radioKeyOf(scenario), scenario]));
  byRadio.delete('');
  const { grid, surface, places } = prepared;
  if (byRadio.size > 0) checkFootprintMemory(grid, surface, places, memoryMb, COPIES * (1 + byRadio.size));
  const fresh = [...byRadio.values()].filter((scenario) => footprintsKnown(prepared, scenario) === null);
  if (fresh.length === 0) return;
  const crew = places.length >= crewFromSites ? (startCrew?.() ?? []) : [];
  const total = fresh.length * places.length;
  for (const [index, scenario] of fresh.entries()) {
    const told = (done: number) =>
      onProgress?.({ step: 'coverage', done: index * places.length + done, total });
    keepFootprints(
      prepared,
      scenario,
      await footprintsBy(crew, scenarioModel(prepared, scenario), places, told),
    );
  }
}
