// The coverage of each operator on the same ground: one grid, one surface and one list of sites, and footprints with the equipment of
// each. A site out of reach of an operator's band has an empty footprint there and is never its choice.
import { computeFootprints } from '../coverage/compute-footprints.ts';
import { type CoverageModel, makeCoverageModel } from '../coverage/coverage-model.ts';
import type { Footprints } from '../coverage/footprints.ts';
import type { StationPlace } from '../coverage/station-place.ts';
import { type EquipmentProfile, findEquipmentProfile } from '../model/equipment-profile.ts';
import type { PlanOperator } from '../model/operator-plan.ts';
import type { OnProgress, PlanInput } from '../model/plan.ts';
import { PlanningError } from '../model/planning-error.ts';
import { checkFootprintMemory } from './check-memory.ts';
import { type PreparedGround, placeOf, prepareGround } from './prepare-coverage.ts';
import { makeStationForms, type StationForms } from './station-forms.ts';

export interface OperatorCoverage {
  readonly operator: PlanOperator;
  readonly profile: EquipmentProfile;
  readonly forms: StationForms;
  readonly model: CoverageModel;
  readonly places: readonly StationPlace[];
  readonly footprints: Footprints;
}

export interface PreparedOperators {
  /** With the equipment that reaches farthest. */
  readonly ground: PreparedGround;
  readonly operators: readonly OperatorCoverage[];
}

/**
 * `input.profileId` is left aside; operators with the same equipment share its footprints. Throws as `prepareCoverage` does,
 * PLAN_OPERATORS_CONFIGURATIONS, and COVERAGE_TOO_LARGE where `memoryMb` is not enough. Reports `grid` and `coverage`.
 */
export function prepareOperators(
  input: PlanInput,
  operators: readonly PlanOperator[],
  onProgress?: OnProgress,
  memoryMb = Infinity,
): PreparedOperators {
  if (input.configurations.length > 0)
    throw new PlanningError('PLAN_OPERATORS_CONFIGURATIONS', { operators: operators.length });
  const profiles = operators.map(({ profileId }) => profileOf(profileId));
  const widest = profiles.reduce((a, b) => (reachM(b) > reachM(a) ? b : a));
  const ground = prepareGround({ ...input, profileId: widest.id }, onProgress, { memoryMb });
  const { grid, surface, sites, zone } = ground;
  checkFootprintMemory(grid, surface, ground.places, memoryMb, copiesOf(operators.length));
  const bands = [...new Set(profiles)];
  const total = bands.length * sites.length;
  const coverages = new Map(
    bands.map((profile, index) => {
      const forms = makeStationForms(profile, input.radio);
      const places = sites.map((site) => placeOf(site, forms, zone));
      const model = makeCoverageModel({ grid, surface, profile, thresholdDbm: input.thresholdDbm });
      const footprints = computeFootprints(model, places, (done) =>
        onProgress?.({ step: 'coverage', done: index * sites.length + done, total }),
      );
      return [profile, { profile, forms, model, places, footprints }];
    }),
  );
  return {
    ground,
    // every profile of an operator is among the bands
    operators: operators.map((operator, index) => ({ operator, ...coverages.get(profiles[index]!)! })),
  };
}

/** What an operator serves is kept once, and copied into each set of operators that it is part of. */
function copiesOf(operators: number): number {
  return operators * (1 + (1 << (operators - 1)));
}

function profileOf(profileId: string): EquipmentProfile {
  const profile = findEquipmentProfile(profileId);
  if (!profile) throw new PlanningError('COVERAGE_PROFILE_UNKNOWN', { profileId });
  return profile;
}

function reachM({ macro, pole }: EquipmentProfile): number {
  return Math.max(macro.serviceRadiusM, pole.serviceRadiusM);
}
