// How firmly the plan of a preview stands, looked at beside it: the coverage of each scenario by threads, its plan by a search worker, one
// scenario after the other, then every site. The preview worker only hands on, so it goes on answering; ending is ending whoever is at work.
import {
  type ChosenSites,
  newSitesOf,
  type OnProgress,
  type PlanChoice,
  type PlanScenario,
  type PlanSensitivity,
  type PreparedCoverage,
  prepareScenarios,
  requestAlone,
  type ScenarioOutcome,
  withScenario,
} from '../../engine/index.ts';
import type { FromImprover } from './improver-messages.ts';
import { type CoverageCrew, startCoverageCrew } from './start-coverage-crew.ts';
import { type Improver, startWeighing } from './start-improver.ts';

export interface WeighTask {
  readonly prepared: PreparedCoverage;
  readonly choice: PlanChoice;
  readonly chosen: ChosenSites;
  readonly scenarios: readonly PlanScenario[];
  readonly memoryMb: number;
}

export interface WeighNews {
  /** In parts of `total`. */
  readonly onDone: (done: number, total: number) => void;
  readonly onWeighed: (sensitivity: PlanSensitivity) => void;
  readonly onFailure: (error: unknown) => void;
}

/** Of a scenario's work its coverage takes so many parts in a hundred, where it needs one. */
const COVERAGE_PARTS = 80;
const SCENARIO_PARTS = 100;

/** Says nothing more once it was ended. */
export function weighPlan(task: WeighTask, news: WeighNews): () => void {
  const { prepared, choice, chosen, scenarios, memoryMb } = task;
  const plan = newSitesOf(chosen.selection);
  const total = SCENARIO_PARTS * scenarios.length + plan.length;
  let ended = false;
  let crew: CoverageCrew | null = null;
  let search: Improver | null = null;

  const prepare = async (scenario: PlanScenario, onProgress: OnProgress) => {
    // threads even for a few sites: this worker has tiles to paint
    const startCrew = () => {
      crew = startCoverageCrew(Math.max(2, navigator.hardwareConcurrency));
      return crew.threads;
    };
    try {
      await prepareScenarios({ startCrew, memoryMb, crewFromSites: 0 }, prepared, [scenario], onProgress);
    } finally {
      crew?.end();
      crew = null;
    }
  };
  const ask = <Kind extends FromImprover['kind']>(
    start: (hear: (message: FromImprover) => void) => Improver,
    kind: Kind,
    onDone: (done: number) => void = () => undefined,
  ) =>
    new Promise<Extract<FromImprover, { kind: Kind }>>((resolve, reject) => {
      search = start((message) => {
        if (message.kind === 'weighing') onDone(message.done);
        else if (message.kind === 'failed') reject(new Error(message.detail));
        else if (message.kind === kind) resolve(message as Extract<FromImprover, { kind: Kind }>); // just compared
      });
    }).finally(() => search?.end());

  const run = async () => {
    const outcomes: ScenarioOutcome[] = [];
    for (const [index, scenario] of scenarios.entries()) {
      const before = SCENARIO_PARTS * index;
      await prepare(scenario, ({ done, total: sites }) =>
        news.onDone(before + Math.floor((COVERAGE_PARTS * done) / sites), total),
      );
      if (ended) return;
      const request = requestAlone(withScenario(prepared, scenario), choice);
      const start = (hear: (message: FromImprover) => void) =>
        startWeighing({ kind: 'weigh-scenario', scenario, request, plan }, hear);
      const { outcome } = await ask(start, 'outcome');
      outcomes.push(outcome);
      news.onDone(before + SCENARIO_PARTS, total);
    }
    const { request, selection } = chosen;
    const start = (hear: (message: FromImprover) => void) =>
      startWeighing({ kind: 'weigh-sites', request, selection, outcomes }, hear);
    const { sites } = await ask(start, 'weighed', (done) =>
      news.onDone(SCENARIO_PARTS * scenarios.length + done, total),
    );
    news.onWeighed({ scenarios: outcomes, sites });
  };
  run().catch((error: unknown) => {
    if (!ended) news.onFailure(error);
  });
  return () => {
    ended = true;
    crew?.end();
    search?.end();
  };
}
