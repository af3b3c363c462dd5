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
import { type PreparedGround, placeOf, prepareGround } from './prepare-coverage.ts';
import { makeStationForms } from './station-forms.ts';

export interface OperatorCoverage {
  readonly operator: PlanOperator;
  readonly profile: EquipmentProfile;
  readonly model: CoverageModel;
  readonly places: readonly StationPlace[];
  readonly footprints: Footprints;
}

export interface PreparedOperators {
  /** With the equipment that reaches farthest. */
  readonly ground: PreparedGround;
  readonly operators: readonly OperatorCoverage[];
}

/** `input.profileId` is left aside. Throws as `prepareCoverage` does, and PLAN_OPERATORS_CONFIGURATIONS. Reports `grid` and `coverage`. */
export function prepareOperators(
  input: PlanInput,
  operators: readonly PlanOperator[],
  onProgress?: OnProgress,
): PreparedOperators {
  if (input.configurations.length > 0)
    throw new PlanningError('PLAN_OPERATORS_CONFIGURATIONS', { operators: operators.length });
  const profiles = operators.map(({ profileId }) => profileOf(profileId));
  const widest = profiles.reduce((a, b) => (reachM(b) > reachM(a) ? b : a));
  const ground = prepareGround({ ...input, profileId: widest.id }, onProgress);
  const { grid, surface, sites, zone } = ground;
  const total = operators.length * sites.length;
  return {
    ground,
    operators: operators.map((operator, index) => {
      const profile = profiles[index]!;
      const forms = makeStationForms(profile, input.radio);
      const places = sites.map((site) => placeOf(site, forms, zone));
      const model = makeCoverageModel({ grid, surface, profile, thresholdDbm: input.thresholdDbm });
      const footprints = computeFootprints(model, places, (done) =>
        onProgress?.({ step: 'coverage', done: index * sites.length + done, total }),
      );
      return { operator, profile, model, places, footprints };
    }),
  };
}

function profileOf(profileId: string): EquipmentProfile {
  const profile = findEquipmentProfile(profileId);
  if (!profile) throw new PlanningError('COVERAGE_PROFILE_UNKNOWN', { profileId });
  return profile;
}

function reachM({ macro, pole }: EquipmentProfile): number {
  return Math.max(macro.serviceRadiusM, pole.serviceRadiusM);
}
