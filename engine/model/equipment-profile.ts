// What stands on a site: one macro and one pole form for n78 and n41. Values: propagation reference 10.5-10.6,
// engineering defaults to be replaced by data sheets; sources in data/catalogue/.
import type { SiteStructure } from './site.ts';

export interface StationForm {
  readonly model: 'UMa' | 'UMi';
  readonly totalPowerDbm: number;
  /** Broadcast-beam (SSB) gain, not the traffic gain: the difference is 6-10 dB of fake coverage. */
  readonly ssbGainDbi: number;
  readonly feederLossDb: number;
  /** Sector directions clockwise from north; empty means the antenna looks the same all round. */
  readonly azimuthsDeg: readonly number[];
  readonly horizontalWidthDeg: number;
  readonly verticalWidthDeg: number;
  readonly downtiltDeg: number;
  /** Deepest loss of the pattern below its peak. */
  readonly frontToBackDb: number;
  /** A station is not planned to serve beyond this distance, however strong it still is. */
  readonly serviceRadiusM: number;
}

export interface EquipmentProfile {
  readonly id: string;
  readonly name: string;
  readonly band: 'n78' | 'n41';
  readonly frequencyGhz: number;
  readonly subcarrierKhz: number;
  readonly resourceBlocks: number;
  readonly macro: StationForm;
  readonly pole: StationForm;
}

const macro: StationForm = {
  model: 'UMa',
  totalPowerDbm: 53.01,
  ssbGainDbi: 17,
  feederLossDb: 0,
  azimuthsDeg: [0, 120, 240],
  horizontalWidthDeg: 65,
  verticalWidthDeg: 12,
  downtiltDeg: 6,
  frontToBackDb: 25,
  serviceRadiusM: 1000,
};

const pole: StationForm = {
  model: 'UMi',
  totalPowerDbm: 43.01,
  ssbGainDbi: 8,
  feederLossDb: 0.5,
  azimuthsDeg: [],
  horizontalWidthDeg: 360,
  verticalWidthDeg: 30,
  downtiltDeg: 0,
  frontToBackDb: 20,
  serviceRadiusM: 400,
};

export const equipmentProfiles: readonly EquipmentProfile[] = [
  {
    id: 'n78',
    name: '3.5 GHz (n78) 100 MHz',
    band: 'n78',
    frequencyGhz: 3.5,
    subcarrierKhz: 30,
    resourceBlocks: 273,
    macro,
    pole,
  },
  {
    id: 'n41',
    name: '2.6 GHz (n41) 100 MHz',
    band: 'n41',
    frequencyGhz: 2.6,
    subcarrierKhz: 30,
    resourceBlocks: 273,
    macro,
    pole,
  },
];

/** The profile with this id, or `undefined`. */
export function findEquipmentProfile(id: string): EquipmentProfile | undefined {
  return equipmentProfiles.find((profile) => profile.id === id);
}

/** Poles below the roofs carry the pole form, roofs and towers the macro form. */
export function stationFormOf(profile: EquipmentProfile, structure: SiteStructure): StationForm {
  return structure === 'pole' ? profile.pole : profile.macro;
}
