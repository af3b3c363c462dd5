// The classes of the coverage maps: one table feeds painter, exports and legend. Red is poor and green is good (domain reference 6);
// the other ramp runs from blue to orange and stays readable for people who cannot tell red from green. SINR classes and the
// downlink goals of 2024 and 2025 are those of the domain reference 6, the gates 0 and -3 dB those of the propagation reference
// 10.5. Many servers are neither good nor poor, so their ramp only grows darker.

export const coverageLayers = [
  'level',
  'probability',
  'sinr',
  'pdsch-sinr',
  'rate',
  'uplink',
  'indoor',
  'servers',
] as const;
export type CoverageLayer = (typeof coverageLayers)[number];

export type LayerUnit = 'dBm' | '%' | 'dB' | 'Mbps' | 'sites';
export const layerUnits: Readonly<Record<CoverageLayer, LayerUnit>> = {
  level: 'dBm',
  probability: '%',
  sinr: 'dB',
  'pdsch-sinr': 'dB',
  rate: 'Mbps',
  uplink: 'dB',
  indoor: 'dBm',
  servers: 'sites',
};

export const coverageRamps = ['green-red', 'colour-blind'] as const;
export type CoverageRamp = (typeof coverageRamps)[number];

/** What it means to be at or above the lower limit of a class. */
export const classMarks = [
  'threshold',
  'half',
  'strict',
  'gate',
  'rate2025',
  'rate2024',
  'balance',
  'overlap',
] as const;
export type ClassMark = (typeof classMarks)[number];

/** Limits in the layer's unit. */
export interface CoverageClass {
  /** Included; null for the lowest class. */
  readonly from: number | null;
  /** Excluded; null for the highest class. */
  readonly to: number | null;
  /** At or above what is asked for; null for a layer nobody asks anything of. */
  readonly meets: boolean | null;
  readonly mark: ClassMark | null;
  /** `#rrggbb` per ramp. */
  readonly colours: Readonly<Record<CoverageRamp, string>>;
}

/** A class by its lower limit, its colour as a step of the ramp, and its mark. */
type Row = readonly [from: number | null, step: number, mark?: ClassMark];
interface Scale {
  readonly rows: readonly Row[];
  readonly meetsFrom: number | null;
  readonly ramps: Readonly<Record<CoverageRamp, readonly string[]>>;
}

/** From good to poor; the last two steps are poor. */
const judged: Scale['ramps'] = {
  'green-red': ['#1a9850', '#66bd63', '#a6d96a', '#d9ef8b', '#fee08b', '#fdae61', '#d73027'],
  'colour-blind': ['#08306b', '#2171b5', '#6baed6', '#c6dbef', '#f2e8cf', '#fdb863', '#b35806'],
};
const purples = ['#54278f', '#756bb1', '#9e9ac8', '#cbc9e2', '#f2f0f7'];
const neutral: Scale['ramps'] = { 'green-red': purples, 'colour-blind': purples };

const FIXED_LIMITS_DBM = [-75, -85, -95];
/** The first class below the threshold is this wide: nearly covered. */
const NEARLY_DB = 10;

const scales: Readonly<Record<Exclude<CoverageLayer, 'level' | 'indoor'>, Scale>> = {
  probability: {
    rows: [
      [95, 0],
      [90, 1],
      [75, 2],
      [50, 3, 'half'],
      [25, 5],
      [null, 6],
    ],
    meetsFrom: 50,
    ramps: judged,
  },
  sinr: {
    rows: [
      [25, 0],
      [15, 1],
      [5, 2],
      [0, 3, 'strict'],
      [-3, 4, 'gate'],
      [-5, 5],
      [null, 6],
    ],
    meetsFrom: -3,
    ramps: judged,
  },
  'pdsch-sinr': {
    rows: [
      [25, 0],
      [15, 1],
      [5, 2],
      [0, 3],
      [-5, 5],
      [null, 6],
    ],
    meetsFrom: null,
    ramps: judged,
  },
  rate: {
    rows: [
      [400, 0],
      [220, 1, 'rate2025'],
      [200, 3, 'rate2024'],
      [100, 4],
      [50, 5],
      [null, 6],
    ],
    meetsFrom: 220,
    ramps: judged,
  },
  uplink: {
    rows: [
      [10, 0],
      [5, 1],
      [0, 3, 'balance'],
      [-5, 5],
      [null, 6],
    ],
    meetsFrom: 0,
    ramps: judged,
  },
  servers: {
    rows: [
      [4, 0],
      [3, 1],
      [2, 2, 'overlap'],
      [1, 3],
      [null, 4],
    ],
    meetsFrom: null,
    ramps: neutral,
  },
};

/** Classes of a layer from high to low, without gaps. The threshold splits levels only. */
export function coverageClasses(layer: CoverageLayer, thresholdDbm: number): CoverageClass[] {
  const { rows, meetsFrom, ramps } =
    layer === 'level' || layer === 'indoor' ? levelScale(thresholdDbm) : scales[layer];
  return rows.map(([from, step, mark], index) => ({
    from,
    to: rows[index - 1]?.[0] ?? null,
    meets: meetsFrom === null ? null : from !== null && from >= meetsFrom,
    mark: mark ?? null,
    colours: { 'green-red': ramps['green-red'][step]!, 'colour-blind': ramps['colour-blind'][step]! },
  }));
}

/** Index of the class a value lies in; the lowest for NaN, which is a place that nothing serves. */
export function classIndexOf(classes: readonly CoverageClass[], value: number): number {
  const index = classes.findIndex(({ from }) => from !== null && value >= from);
  return index < 0 ? classes.length - 1 : index;
}

/** Fixed limits at or below the threshold fall away, and with them the strongest greens. */
function levelScale(thresholdDbm: number): Scale {
  const limits = FIXED_LIMITS_DBM.filter((limit) => limit > thresholdDbm);
  const first = FIXED_LIMITS_DBM.length - limits.length;
  return {
    rows: [
      ...limits.map((limit, index): Row => [limit, first + index]),
      [thresholdDbm, FIXED_LIMITS_DBM.length, 'threshold'],
      [thresholdDbm - NEARLY_DB, 5],
      [null, 6],
    ],
    meetsFrom: thresholdDbm,
    ramps: judged,
  };
}
