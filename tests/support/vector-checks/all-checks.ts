// Every comparison with a check-vector file, in the order of the validation page.
import { levelChecks } from './level-checks.ts';
import { pathLossChecks } from './path-loss-checks.ts';
import { profileChecks } from './profile-checks.ts';
import { streetChecks } from './street-checks.ts';
import type { VectorCheck } from './vector-check.ts';

export const allChecks: readonly VectorCheck[] = [
  ...pathLossChecks,
  ...streetChecks,
  ...profileChecks,
  ...levelChecks,
];
