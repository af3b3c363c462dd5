// What stands on a site: one macro and one pole form per band in use in mainland China. Values: propagation reference
// 10.1 and 10.5-10.6, engineering defaults to be replaced by data sheets; the source of each is in data/catalogue/.
import type { AntennaPattern } from './antenna-pattern.ts';
import type { SiteStructure } from './site.ts';
import type { StationModel } from './station-model.ts';

export interface StationForm {
  readonly model: StationModel;
  /** Whether the antenna stands above the roofs around it. */
  readonly aboveRoofs: boolean;
  /** Sum over all ports of one sector. */
  readonly totalPowerDbm: number;
  readonly ports: number;
  /** Broadcast-beam (SSB) gain, not the traffic gain: the difference is 6-10 dB of fake coverage. */
  readonly ssbGainDbi: number;
  /** Gain of the beam that carries data, for PDSCH levels, the uplink and exposure. */
  readonly trafficGainDbi: number;
  readonly feederLossDb: number;
  /** Height of the traffic in the street, metres; the model P1411 alone reads it. */
  readonly roadHeightM: number;
  /** Sector directions clockwise from north; empty means the antenna looks the same all round. */
  readonly azimuthsDeg: readonly number[];
  readonly horizontalWidthDeg: number;
  readonly verticalWidthDeg: number;
  /** Electrical tilt, down from the horizon. */
  readonly downtiltDeg: number;
  /** The whole panel leaning forward. */
  readonly mechanicalTiltDeg: number;
  /** Deepest loss of the pattern below its peak. */
  readonly frontToBackDb: number;
  /** A station is not planned to serve beyond this distance, however strong it still is. */
  readonly serviceRadiusM: number;
  /** A measured pattern instead of the widths above; it already holds its electrical tilt. */
  readonly antenna?: AntennaPattern;
  /** The equipment it belongs to where that is not the plan's own: another band on the same ground. */
  readonly equipment?: EquipmentProfile;
}

/** What the uplink is checked with. */
export interface UplinkDefaults {
  readonly userPowerDbm: number;
  /** Resource blocks one user sends on. */
  readonly resourceBlocks: number;
  readonly baseNoiseFigureDb: number;
  readonly requiredSinrDb: number;
}

export interface EquipmentProfile {
  readonly id: string;
  readonly name: string;
  readonly band: 'n28' | 'n1' | 'n41' | 'n78' | 'n79';
  readonly duplex: 'FDD' | 'TDD';
  /** Downlink frequency that levels are computed for. */
  readonly frequencyGhz: number;
  readonly subcarrierKhz: number;
  readonly resourceBlocks: number;
  /** Share of the time that is downlink; 1 for FDD. */
  readonly tddDownlinkShare: number;
  /** Of the receiver in the user's hand. */
  readonly noiseFigureDb: number;
  readonly uplink: UplinkDefaults;
  readonly macro: StationForm;
  readonly pole: StationForm;
}

/** 64T64R panels of n41, n78 and n79. */
const activeMacro: StationForm = {
  model: 'UMa',
  aboveRoofs: true,
  totalPowerDbm: 53.01,
  ports: 64,
  ssbGainDbi: 17,
  trafficGainDbi: 24,
  feederLossDb: 0,
  roadHeightM: 0,
  azimuthsDeg: [0, 120, 240],
  horizontalWidthDeg: 65,
  verticalWidthDeg: 12,
  downtiltDeg: 6,
  mechanicalTiltDeg: 0,
  frontToBackDb: 25,
  serviceRadiusM: 1000,
};

/** 4T4R panels with a jumper to the radio unit: n1 and n28. */
const passiveMacro: StationForm = {
  ...activeMacro,
  totalPowerDbm: 53.8,
  ports: 4,
  feederLossDb: 0.5,
};

const pole: StationForm = {
  model: 'UMi',
  aboveRoofs: false,
  totalPowerDbm: 43.01,
  ports: 4,
  ssbGainDbi: 8,
  trafficGainDbi: 8,
  feederLossDb: 0.5,
  roadHeightM: 0,
  azimuthsDeg: [],
  horizontalWidthDeg: 360,
  verticalWidthDeg: 30,
  downtiltDeg: 0,
  mechanicalTiltDeg: 0,
  frontToBackDb: 20,
  serviceRadiusM: 400,
};

const wideTdd = {
  duplex: 'TDD',
  subcarrierKhz: 30,
  resourceBlocks: 273,
  tddDownlinkShare: 0.75,
  noiseFigureDb: 7,
  uplink: { userPowerDbm: 26, resourceBlocks: 20, baseNoiseFigureDb: 3.5, requiredSinrDb: -3 },
} as const;

const fdd = {
  duplex: 'FDD',
  subcarrierKhz: 15,
  tddDownlinkShare: 1,
  noiseFigureDb: 7,
  uplink: { userPowerDbm: 23, resourceBlocks: 20, baseNoiseFigureDb: 3.5, requiredSinrDb: -3 },
} as const;

/** From low to high frequency. */
export const equipmentProfiles: readonly EquipmentProfile[] = [
  {
    ...fdd,
    id: 'n28',
    name: '700 MHz (n28) 30 MHz',
    band: 'n28',
    frequencyGhz: 0.773,
    resourceBlocks: 160,
    macro: { ...passiveMacro, ssbGainDbi: 14, trafficGainDbi: 14.5, serviceRadiusM: 2000 },
    pole: { ...pole, ssbGainDbi: 6, trafficGainDbi: 6, serviceRadiusM: 600 },
  },
  {
    ...fdd,
    id: 'n1',
    name: '2.1 GHz (n1) 40 MHz',
    band: 'n1',
    frequencyGhz: 2.13,
    resourceBlocks: 216,
    macro: {
      ...passiveMacro,
      ssbGainDbi: 16.5,
      trafficGainDbi: 17,
      verticalWidthDeg: 7,
      serviceRadiusM: 1500,
    },
    pole: { ...pole, serviceRadiusM: 500 },
  },
  {
    ...wideTdd,
    id: 'n41',
    name: '2.6 GHz (n41) 100 MHz',
    band: 'n41',
    frequencyGhz: 2.6,
    macro: activeMacro,
    pole,
  },
  {
    ...wideTdd,
    id: 'n78',
    name: '3.5 GHz (n78) 100 MHz',
    band: 'n78',
    frequencyGhz: 3.5,
    macro: activeMacro,
    pole,
  },
  {
    ...wideTdd,
    id: 'n79',
    name: '4.9 GHz (n79) 100 MHz',
    band: 'n79',
    frequencyGhz: 4.85,
    macro: { ...activeMacro, serviceRadiusM: 800 },
    pole: { ...pole, serviceRadiusM: 300 },
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
