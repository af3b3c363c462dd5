// The same stations on the same ground with another threshold or spread of fading. Levels do not change, so grid, roofs and ground are the
// same arrays; only the tables that turn a level into a chance are made anew.
import type { CoverageModel } from './coverage-model.ts';

export interface RadioChange {
  readonly thresholdDeltaDb: number;
  readonly sigmaDeltaDb: number;
}

/** Changes add up where a varied model is varied again. */
export function variedModel(model: CoverageModel, change: RadioChange): CoverageModel {
  return {
    ...model,
    thresholdDbm: model.thresholdDbm + change.thresholdDeltaDb,
    sigmaDeltaDb: model.sigmaDeltaDb + change.sigmaDeltaDb,
    forms: new Map(),
  };
}
