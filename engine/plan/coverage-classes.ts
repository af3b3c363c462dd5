// The classes of the coverage map: one table feeds painter and legend. Red is poor and green is good (domain reference 6);
// the other ramp runs from orange to blue and stays readable for people who cannot tell red from green.

export const coverageRamps = ['green-red', 'colour-blind'] as const;
export type CoverageRamp = (typeof coverageRamps)[number];

export interface CoverageClass {
  /** Included; null for the lowest class. */
  readonly fromDbm: number | null;
  /** Excluded; null for the highest class. */
  readonly toDbm: number | null;
  /** At or above the threshold. */
  readonly covered: boolean;
  /** `#rrggbb` per ramp. */
  readonly colours: Readonly<Record<CoverageRamp, string>>;
}

const FIXED_LIMITS_DBM = [-75, -85, -95];
/** The first class below the threshold is this wide: nearly covered. */
const NEARLY_DB = 10;

const coveredColours: Readonly<Record<CoverageRamp, readonly string[]>> = {
  'green-red': ['#1a9850', '#66bd63', '#a6d96a', '#d9ef8b'],
  'colour-blind': ['#08306b', '#2171b5', '#6baed6', '#c6dbef'],
};
const poorColours: Readonly<Record<CoverageRamp, readonly string[]>> = {
  'green-red': ['#fdae61', '#d73027'],
  'colour-blind': ['#fdb863', '#b35806'],
};

/** Classes from strong to weak. Fixed limits at or below the threshold fall away. */
export function coverageClasses(thresholdDbm: number): CoverageClass[] {
  const limits = [...FIXED_LIMITS_DBM.filter((limit) => limit > thresholdDbm), thresholdDbm];
  const good = limits.map((fromDbm, index) => ({
    fromDbm,
    toDbm: limits[index - 1] ?? null,
    covered: true,
    colours: pick(coveredColours, coveredColours['green-red'].length - limits.length + index),
  }));
  const nearlyDbm = thresholdDbm - NEARLY_DB;
  return [
    ...good,
    { fromDbm: nearlyDbm, toDbm: thresholdDbm, covered: false, colours: pick(poorColours, 0) },
    { fromDbm: null, toDbm: nearlyDbm, covered: false, colours: pick(poorColours, 1) },
  ];
}

function pick(colours: Readonly<Record<CoverageRamp, readonly string[]>>, index: number) {
  return { 'green-red': colours['green-red'][index]!, 'colour-blind': colours['colour-blind'][index]! };
}
