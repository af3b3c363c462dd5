// Which coverage layer a plan can show: older plans hold no quality, whatever the person last looked at.
import type { CoverageLayer } from '../../engine/index.ts';
import type { PlanSummaryJson } from '../../server/contract/plans.ts';

/** Whether the plan was made by a version that computed this layer. */
export function holdsLayer({ quality }: Pick<PlanSummaryJson, 'quality'>, layer: CoverageLayer): boolean {
  return layer === 'level' || layer === 'probability' || quality !== null;
}

/** The wished layer, or the level where the plan does not hold it. */
export function layerHeld(summary: Pick<PlanSummaryJson, 'quality'>, wished: CoverageLayer): CoverageLayer {
  return holdsLayer(summary, wished) ? wished : 'level';
}
