// For what every model of this room says it holds, in one table, so that bins outside can be counted instead of silently
// extrapolated. Ranges as the standards state them; an end that is left out is not stated. Street canyon, corner and
// over-roof ranges that hang on street and roof geometry are checked by those models themselves (`inRange`).
import type { RangeMark } from '../model/plan.ts';
import { type SiteGeneralPlace, siteGeneralRows } from './p1411-site-general-loss.ts';
import type { SightState } from './sight-state.ts';

export type ModelKey =
  | 'free-space'
  | 'UMa'
  | 'UMi'
  | 'RMa'
  | 'InH'
  | 'P1411-street-canyon'
  | 'P1411-any-corner'
  | 'P1411-right-corner'
  | 'P1411-over-roof'
  | `P1411-${SiteGeneralPlace}`
  | 'Hata'
  | 'COST231'
  | 'P1812'
  | 'P2109';

export type ValidityQuantity = RangeMark['quantity'];

/** What is known of a link; what is left out is not judged. Metres and GHz; heights above ground. */
export interface LinkToCheck {
  readonly frequencyGhz?: number;
  /** Horizontal, but straight for InH and the site-general rows of P.1411: as the model itself takes it. */
  readonly distanceM?: number;
  readonly baseHeightM?: number;
  readonly userHeightM?: number;
  readonly buildingHeightM?: number;
  readonly streetWidthM?: number;
  /** RMa reaches 10 km in sight, 5 km hidden; taken as hidden when left out. */
  readonly state?: SightState;
}

type Range = readonly [least: number, most: number];
export type ModelRanges = Readonly<Partial<Record<ValidityQuantity, Range>>>;

/** The stated distances of a model in metres, as the model itself takes distance; without an end where none is stated. */
export function distanceRange(model: ModelKey, state: SightState): readonly [leastM: number, mostM: number] {
  const ranges = model === 'RMa' && state === 'LOS' ? RMA_IN_SIGHT : modelRanges[model];
  return ranges.distance ?? [0, NO_END];
}

/** The quantities of a link that lie outside what the model states, in a fixed order; empty when all is well. */
export function checkValidity(model: ModelKey, link: LinkToCheck): ValidityQuantity[] {
  const ranges = model === 'RMa' && link.state === 'LOS' ? RMA_IN_SIGHT : modelRanges[model];
  return QUANTITIES.filter((quantity) => {
    const range = ranges[quantity];
    const value = link[FIELDS[quantity]];
    return range !== undefined && value !== undefined && !(value >= range[0] && value <= range[1]);
  });
}

const FIELDS = {
  frequency: 'frequencyGhz',
  distance: 'distanceM',
  baseHeight: 'baseHeightM',
  userHeight: 'userHeightM',
  buildingHeight: 'buildingHeightM',
  streetWidth: 'streetWidthM',
} as const satisfies Record<ValidityQuantity, keyof LinkToCheck>;

const QUANTITIES = [
  'frequency',
  'distance',
  'baseHeight',
  'userHeight',
  'buildingHeight',
  'streetWidth',
] as const satisfies readonly ValidityQuantity[];

const NO_END = Number.POSITIVE_INFINITY;

/** TR 38.901 gives UMa a default of 25 m and no range; UMi is stated at 10 m, so lower poles are an extrapolation. */
export const modelRanges: Readonly<Record<ModelKey, ModelRanges>> = {
  'free-space': { distance: [1, NO_END] },
  UMa: { frequency: [0.5, 100], distance: [10, 5000], userHeight: [1.5, 22.5] },
  UMi: { frequency: [0.5, 100], distance: [10, 5000], baseHeight: [10, 10], userHeight: [1.5, 22.5] },
  RMa: {
    frequency: [0.5, 30],
    distance: [10, 5000],
    baseHeight: [10, 150],
    userHeight: [1, 10],
    buildingHeight: [5, 50],
    streetWidth: [5, 50],
  },
  InH: { frequency: [0.5, 100], distance: [1, 150] },
  'P1411-street-canyon': { frequency: [0.3, 15], distance: [0, 1000] },
  'P1411-any-corner': { frequency: [0.8, 2] },
  'P1411-right-corner': { frequency: [2, 38] },
  'P1411-over-roof': {
    frequency: [0.8, 26],
    distance: [20, 5000],
    baseHeight: [4, 55],
    userHeight: [1, 3],
  },
  'P1411-below-roof-los': siteGeneral('below-roof-los'),
  'P1411-below-roof-high-rise-nlos': siteGeneral('below-roof-high-rise-nlos'),
  'P1411-below-roof-low-rise-nlos': siteGeneral('below-roof-low-rise-nlos'),
  'P1411-below-roof-residential-nlos': siteGeneral('below-roof-residential-nlos'),
  'P1411-above-roof-los': siteGeneral('above-roof-los'),
  'P1411-above-roof-high-rise-nlos': siteGeneral('above-roof-high-rise-nlos'),
  Hata: hata(0.15, 1.5),
  COST231: hata(1.5, 2),
  P1812: {
    frequency: [0.03, 6],
    distance: [250, 3_000_000],
    baseHeight: [1, 3000],
    userHeight: [1, 3000],
  },
  P2109: { frequency: [0.08, 100] },
};

const RMA_IN_SIGHT: ModelRanges = { ...modelRanges.RMa, distance: [10, 10_000] };

function siteGeneral(place: SiteGeneralPlace): ModelRanges {
  const row = siteGeneralRows['P.1411-12'][place];
  return { frequency: row.frequencyGhz, distance: row.distanceM };
}

function hata(leastGhz: number, mostGhz: number): ModelRanges {
  return {
    frequency: [leastGhz, mostGhz],
    distance: [1000, 20_000],
    baseHeight: [30, 200],
    userHeight: [1, 10],
  };
}
