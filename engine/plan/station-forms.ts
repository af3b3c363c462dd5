// The station form of each site: the equipment's own, changed by the radio options and by what is known of the site itself.
// Equal forms are one object, because every form has tables of its own in the coverage step.
import {
  type EquipmentProfile,
  findEquipmentProfile,
  type StationForm,
  stationFormOf,
} from '../model/equipment-profile.ts';
import { PlanningError } from '../model/planning-error.ts';
import type { RadioOptions } from '../model/radio-options.ts';
import type { Site } from '../model/site.ts';
import type { SiteConfiguration } from '../model/site-configuration.ts';

/** A pole that is given directions carries panels of the usual width; its gain stays the equipment's (project default). */
const POLE_PANEL_WIDTH_DEG = 65;

/** What of a site decides its form. */
export type SiteOnAir = Pick<Site, 'structure' | 'azimuthsDeg' | 'electricalTiltDeg' | 'mechanicalTiltDeg'>;

export interface StationForms {
  /** `profileId`: other equipment than the plan's, of one of its configurations. */
  readonly of: (site: SiteOnAir, profileId?: string | null) => StationForm;
  /** The longest service radius. */
  readonly reachM: number;
}

/**
 * A file's shape is used with the SSB gain of the equipment, unless its gain is asked for. An electrical tilt of the site is
 * left aside where a file is used: its cut already holds the tilt it was measured with. Throws COVERAGE_PROFILE_UNKNOWN.
 */
export function makeStationForms(
  profile: EquipmentProfile,
  radio: RadioOptions,
  configurations: readonly SiteConfiguration[] = [],
): StationForms {
  const made = new Map<string, StationForm>();
  const others = othersOf(profile, configurations);
  return {
    of: (site, profileId = null) => {
      const other = profileId === null ? undefined : others.get(profileId);
      const base = stationFormOf(other ?? profile, site.structure);
      const azimuthsDeg = site.azimuthsDeg?.map(halfDegrees) ?? null;
      const values = { azimuthsDeg, tilts: [site.electricalTiltDeg, site.mechanicalTiltDeg] };
      const key = JSON.stringify({
        ...values,
        isPole: base === (other ?? profile).pole,
        ...(other && { profileId }),
      });
      const known = made.get(key);
      if (known) return known;
      const plain = formOf(base, { ...site, azimuthsDeg }, radio);
      const form = other ? { ...plain, equipment: other } : plain;
      made.set(key, form);
      return form;
    },
    reachM: Math.max(
      ...[profile, ...others.values()].map(({ macro, pole }) =>
        Math.max(macro.serviceRadiusM, pole.serviceRadiusM),
      ),
    ),
  };
}

/** Equipment of the configurations that is not the plan's own. */
function othersOf(
  profile: EquipmentProfile,
  configurations: readonly SiteConfiguration[],
): ReadonlyMap<string, EquipmentProfile> {
  const others = new Map<string, EquipmentProfile>();
  for (const { profileId } of configurations) {
    if (profileId === null || profileId === profile.id) continue;
    const other = findEquipmentProfile(profileId);
    if (!other) throw new PlanningError('COVERAGE_PROFILE_UNKNOWN', { profileId });
    others.set(profileId, other);
  }
  return others;
}

function formOf(base: StationForm, site: SiteOnAir, radio: RadioOptions): StationForm {
  const model = base.aboveRoofs ? radio.macroModel : radio.poleModel;
  const azimuthsDeg = site.azimuthsDeg ?? base.azimuthsDeg;
  const becomesPanel = base.azimuthsDeg.length === 0 && azimuthsDeg.length > 0;
  const antenna = base.aboveRoofs && azimuthsDeg.length > 0 ? radio.macroAntenna : null;
  return {
    ...base,
    model,
    roadHeightM: model === 'P1411' ? radio.roadHeightM : base.roadHeightM,
    azimuthsDeg,
    horizontalWidthDeg: becomesPanel ? POLE_PANEL_WIDTH_DEG : base.horizontalWidthDeg,
    downtiltDeg: site.electricalTiltDeg ?? base.downtiltDeg,
    mechanicalTiltDeg: site.mechanicalTiltDeg ?? base.mechanicalTiltDeg,
    ssbGainDbi: antenna && radio.useFileGain ? antenna.gainDbi : base.ssbGainDbi,
    ...(antenna ? { antenna } : {}),
  };
}

/** Patterns are kept in half degrees, and no azimuth is surveyed finer. */
const halfDegrees = (azimuthDeg: number): number => Math.round(azimuthDeg * 2) / 2;
