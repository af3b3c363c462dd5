// A refusal a person can act on. The engine names the code and what it found; server/errors.ts owns the sentences.

export type PlanningErrorCode =
  | 'GRID_AREA_EMPTY'
  | 'GRID_TOO_LARGE'
  | 'GRID_AREA_TOO_WIDE'
  | 'COVERAGE_PROFILE_UNKNOWN'
  | 'COVERAGE_SITE_HEIGHT'
  | 'COVERAGE_NO_SITES'
  | 'COVERAGE_RECEIVER_FAR'
  | 'COVERAGE_RECEIVER_NEAR'
  | 'COVERAGE_TOO_LARGE'
  | 'COVERAGE_ANTENNA_EMPTY'
  | 'COVERAGE_ANTENNA_NO_GAIN'
  | 'COVERAGE_ANTENNA_NUMBER'
  | 'COVERAGE_ANTENNA_CUT_SHORT'
  | 'SELECTION_SHARE_RANGE'
  | 'SELECTION_BUDGET_RANGE'
  | 'SELECTION_LOCK_CONFLICT'
  | 'SELECTION_AREA_UNKNOWN'
  | 'SELECTION_QUOTA_UNKNOWN'
  | 'SELECTION_COST_RANGE'
  | 'SELECTION_WEIGHT_RANGE'
  | 'SELECTION_SITE_TWICE'
  | 'SELECTION_SITES_EMPTY'
  | 'SELECTION_SPACING_RANGE'
  | 'SELECTION_QUOTA_LOCKED'
  | 'SELECTION_GROUP_LEAST'
  | 'SELECTION_GROUP_RANGE'
  | 'SELECTION_GROUP_UNKNOWN'
  | 'SELECTION_CERTIFICATE'
  | 'SELECTION_EXACT_TOO_LARGE'
  | 'SELECTION_PHASE_EMPTY'
  | 'SELECTION_PHASES_ORDER'
  | 'SELECTION_PHASE_DEMOLISHED'
  | 'SELECTION_PHASE_IMPORTANCE'
  | 'PLAN_INPUT_BYTES';

export class PlanningError extends Error {
  readonly code: PlanningErrorCode;
  /** Values for the sentence: `{ areaId: '…', bins: 0 }`. */
  readonly found: Readonly<Record<string, string | number>>;

  constructor(code: PlanningErrorCode, found: Readonly<Record<string, string | number>> = {}) {
    super(`${code} ${JSON.stringify(found)}`);
    this.name = 'PlanningError';
    this.code = code;
    this.found = found;
  }
}
