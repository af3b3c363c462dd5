// Short range outdoors (ITU-R P.1411) and the way into buildings (TR 38.901, P.2109).
import {
  type BuildingLoss,
  buildingEntryLossDb,
  indoorLossDb,
  type MaterialEdition,
  materialLossDb,
  p1411AnyCornerLoss,
  p1411OverRoofLoss,
  p1411RightCornerLoss,
  p1411SiteGeneralLoss,
  p1411StreetCanyonLoss,
  type SiteGeneralPlace,
  type WallMaterial,
  wallLossDb,
  wallSigmaDb,
} from '../../../engine/index.ts';
import { numberIn, type VectorRow } from '../vector-file.ts';
import { largestOf, rowCheck, type VectorCheck } from './vector-check.ts';

const P1411 = { edition: 'P.1411-12', tolerance: 0.001 } as const;
const SITE_GENERAL = {
  ...P1411,
  clause: 'ITU-R P.1411 clauses 4.1.1, 4.2.1',
  file: 'p1411_site_general.csv',
};
const CANYON = {
  ...P1411,
  clause: 'ITU-R P.1411 clause 4.1.2',
  file: 'p1411_street_canyon_los.csv',
  rows: 48,
};

export const streetChecks: readonly VectorCheck[] = [
  rowCheck({
    ...SITE_GENERAL,
    what: 'site-general medians below and above the roofs',
    rows: 55,
    difference: (row) => siteGeneralOf(row).lossDb - numberIn(row, 'median_db'),
  }),
  rowCheck({
    ...SITE_GENERAL,
    what: 'spread of the site-general rows',
    rows: 55,
    tolerance: 0,
    difference: (row) => siteGeneralOf(row).sigmaDb! - numberIn(row, 'sigma_db'),
  }),
  rowCheck({
    ...CANYON,
    what: 'street canyon in sight: median and both bounds, all in range',
    difference: (row) => {
      const { medianDb, lowerDb, upperDb, inRange } = canyonOf(row);
      if (!inRange) return Number.POSITIVE_INFINITY;
      return largestOf(
        medianDb - numberIn(row, 'median_db'),
        lowerDb - numberIn(row, 'lower_db'),
        upperDb - numberIn(row, 'upper_db'),
      );
    },
  }),
  rowCheck({
    ...CANYON,
    what: 'breakpoint of the street canyon',
    unit: 'm',
    difference: (row) => canyonOf(row).breakpointM! - numberIn(row, 'r_bp_m'),
  }),
  rowCheck({
    ...P1411,
    what: 'round a corner, any angle and right angle',
    clause: 'ITU-R P.1411 clauses 4.1.3.1, 4.1.3.2',
    file: 'p1411_street_corner_nlos.csv',
    rows: 27,
    difference: (row) => cornerOf(row) - numberIn(row, 'loss_db'),
  }),
  rowCheck({
    ...P1411,
    what: 'over the roofs, urban',
    clause: 'ITU-R P.1411 clause 4.2.2.1',
    file: 'p1411_over_rooftop_urban.csv',
    rows: 48,
    difference: (row) => overRoofOf(row) - numberIn(row, 'loss_db'),
  }),
  rowCheck({
    what: 'wall materials',
    clause: 'TR 38.901 table 7.4.3-1',
    edition: 'releases 14 to 18, and V19.2',
    file: 'tr38901_materials.csv',
    rows: 25,
    tolerance: 0.001,
    difference: (row) => {
      const [material, edition] = MATERIALS[row.material!]!;
      return materialLossDb(material, numberIn(row, 'f_GHz'), edition) - numberIn(row, 'loss_db');
    },
  }),
  rowCheck({
    what: 'into a building: wall, way inside, spread',
    clause: 'TR 38.901 clause 7.4.3.1',
    edition: 'releases 14 to 18, and V19.2',
    file: 'tr38901_o2i.csv',
    rows: 40,
    tolerance: 'stated',
    difference: indoorDifference,
  }),
  rowCheck({
    what: 'building entry as a distribution',
    clause: 'ITU-R P.2109 annex 1 section 3',
    edition: 'P.2109-2',
    file: 'p2109_building_entry.csv',
    rows: 36,
    tolerance: 0.001,
    difference: (row) =>
      buildingEntryLossDb({
        building: row.kind === 'te' ? 'thermallyEfficient' : 'traditional',
        frequencyGhz: numberIn(row, 'f_GHz'),
        placePercent: numberIn(row, 'p_percent'),
        elevationDeg: numberIn(row, 'elevation_deg'),
      }) - numberIn(row, 'loss_db'),
  }),
];

const PLACES: Readonly<Record<string, SiteGeneralPlace>> = {
  '4.1.1 below-rooftop,urban high-rise/low-rise LOS': 'below-roof-los',
  '4.1.1 below-rooftop,urban high-rise NLOS': 'below-roof-high-rise-nlos',
  '4.1.1 below-rooftop,residential NLOS': 'below-roof-residential-nlos',
  '4.2.1 over-rooftop,urban LOS': 'above-roof-los',
  '4.2.1 over-rooftop,urban high-rise NLOS': 'above-roof-high-rise-nlos',
};

const siteGeneralOf = (row: VectorRow) =>
  p1411SiteGeneralLoss({
    edition: 'P.1411-12',
    place: PLACES[`${row.clause},${row.environment}`]!,
    distance3dM: numberIn(row, 'd_m'),
    frequencyGhz: numberIn(row, 'f_GHz'),
  });

const canyonOf = (row: VectorRow) =>
  p1411StreetCanyonLoss({
    distanceM: numberIn(row, 'd_m'),
    baseHeightM: numberIn(row, 'h1_m'),
    userHeightM: numberIn(row, 'h2_m'),
    frequencyGhz: numberIn(row, 'f_GHz'),
    roadHeightM: numberIn(row, 'hs_m'),
  });

function cornerOf(row: VectorRow): number {
  const shared = {
    baseToCrossingM: numberIn(row, 'x1_m'),
    userToCrossingM: numberIn(row, 'x2_m'),
    baseStreetWidthM: numberIn(row, 'w1_m'),
    frequencyGhz: numberIn(row, 'f_GHz'),
  };
  if (row.clause === 'uhf 4.1.3.1') {
    const userStreetWidthM = numberIn(row, 'w2_m');
    const cornerAngleRad = numberIn(row, 'alpha_rad');
    return p1411AnyCornerLoss({ ...shared, userStreetWidthM, cornerAngleRad }).lossDb;
  }
  return p1411RightCornerLoss({
    ...shared,
    baseHeightM: numberIn(row, 'h1_m'),
    userHeightM: numberIn(row, 'h2_m'),
    roadHeightM: numberIn(row, 'hs_m'),
    environment: row.environment as 'urban' | 'residential',
  }).lossDb;
}

function overRoofOf(row: VectorRow): number {
  return p1411OverRoofLoss({
    frequencyGhz: numberIn(row, 'f_GHz'),
    distanceM: numberIn(row, 'd_m'),
    baseHeightM: numberIn(row, 'h1_m'),
    userHeightM: numberIn(row, 'h2_m'),
    roofHeightM: numberIn(row, 'hr_m'),
    builtLengthM: numberIn(row, 'l_m'),
    buildingSeparationM: numberIn(row, 'b_m'),
    streetWidthM: numberIn(row, 'w2_m'),
    streetAngleDeg: numberIn(row, 'phi_deg'),
    city: 'medium',
  }).lossDb;
}

const MATERIALS: Readonly<Record<string, readonly [WallMaterial, MaterialEdition]>> = {
  multi_pane_glass: ['multiPaneGlass', '<=18'],
  irr_glass_le18: ['coatedGlass', '<=18'],
  irr_glass_19_2: ['coatedGlass', '19.2'],
  concrete: ['concrete', '<=18'],
  wood: ['wood', '<=18'],
};

function indoorDifference(row: VectorRow): number {
  const building = row.model as BuildingLoss;
  const edition = row.edition as MaterialEdition;
  const frequencyGhz = numberIn(row, 'f_GHz');
  const depthM = numberIn(row, 'd2d_in_m');
  return largestOf(
    wallLossDb(building, frequencyGhz, edition) - numberIn(row, 'pl_tw_db'),
    indoorLossDb({ building, edition, frequencyGhz, depthM }) - numberIn(row, 'total_mean_db'),
    wallSigmaDb(building) - numberIn(row, 'sigma_p_db'),
  );
}
