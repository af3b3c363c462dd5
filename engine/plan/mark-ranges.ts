// What a plan's report says about the limits of its models: bins served outside a model's stated range, antennas inside a house.
// Nothing is extrapolated in silence: nearer links count as 10 m, other quantities are continued, and both are counted here.
import { buildingAt } from '../coverage/carrier-of.ts';
import { equipmentOf } from '../coverage/coverage-model.ts';
import type { StationPlace } from '../coverage/station-place.ts';
import { RECEIVER_HEIGHT_M } from '../coverage/station-tables.ts';
import type { CoverageRaster, RangeMark } from '../model/plan.ts';
import type { StationModel } from '../model/station-model.ts';
import {
  checkValidity,
  distanceRange,
  type ModelKey,
  type ValidityQuantity,
} from '../radio/model-validity.ts';
import { siteLevelsOf } from './make-raster.ts';
import type { PreparedCoverage } from './prepare-coverage.ts';

/** Marks with at least one bin, by model and quantity. One comparison per served bin of each open site. */
export function markRanges(
  prepared: PreparedCoverage,
  open: readonly number[],
  raster: CoverageRaster,
): RangeMark[] {
  const { grid, places, model } = prepared;
  const marks = new Map<string, { model: StationModel; quantity: ValidityQuantity; bins: number }>();
  const add = (of: StationModel, quantity: ValidityQuantity, bins: number): void => {
    if (bins === 0) return;
    const key = `${of} ${quantity}`;
    const mark = marks.get(key) ?? { model: of, quantity, bins: 0 };
    mark.bins += bins;
    marks.set(key, mark);
  };
  open.forEach((site, server) => {
    const place = places[site]!;
    const limits = STATES.map((state) => limitsOf(place, state, equipmentOf(model, place.form).frequencyGhz));
    const { bins, seen } = siteLevelsOf(prepared, site);
    const served = [0, 0];
    let tooNearOrFar = 0;
    for (let index = 0; index < bins.length; index++) {
      const bin = bins[index]!;
      if (raster.server[grid.binRow[bin]! * grid.columns + grid.binColumn[bin]!] !== server) continue;
      const east = grid.receiverEastM[bin]! - place.eastM;
      const north = grid.receiverNorthM[bin]! - place.northM;
      const distanceM = Math.sqrt(east * east + north * north);
      const state = seen[index] === 1 ? 0 : 1;
      served[state] = served[state]! + 1;
      const isOutside = isBeyond(limits[state]!, distanceM);
      // Where sight is only a chance both formulas are used, and what lies outside either of them counts once.
      if (isOutside || (!model.sightByRoofs && isBeyond(limits[1 - state]!, distanceM))) tooNearOrFar++;
    }
    add(place.form.model, 'distance', tooNearOrFar);
    if (model.sightByRoofs) {
      limits.forEach(({ fixed }, state) => {
        for (const quantity of fixed) add(place.form.model, quantity, served[state]!);
      });
    } else {
      for (const quantity of new Set(limits.flatMap(({ fixed }) => fixed)))
        add(place.form.model, quantity, served[0]! + served[1]!);
    }
  });
  return [...marks].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, mark]) => mark);
}

const STATES = ['LOS', 'NLOS'] as const;

interface Limits {
  /** What lies outside at every bin of the site. */
  readonly fixed: readonly ValidityQuantity[];
  readonly leastM: number;
  readonly mostM: number;
  /** Squared height of the antenna over the receiver where the model counts the straight way, else 0. */
  readonly rise2: number;
}

function limitsOf(place: StationPlace, state: (typeof STATES)[number], frequencyGhz: number): Limits {
  const key = rangesOf(place.form.model, state, frequencyGhz);
  const link = { frequencyGhz, baseHeightM: place.heightM, userHeightM: RECEIVER_HEIGHT_M, state };
  const [leastM, mostM] = distanceRange(key, state);
  const riseM = key === HIDDEN_STREET ? place.heightM - RECEIVER_HEIGHT_M : 0;
  return { fixed: checkValidity(key, link), leastM, mostM, rise2: riseM * riseM };
}

function isBeyond({ leastM, mostM, rise2 }: Limits, distanceM: number): boolean {
  const wayM = rise2 === 0 ? distanceM : Math.sqrt(distanceM * distanceM + rise2);
  return !(wayM >= leastM && wayM <= mostM);
}

/** The entry of the table of ranges that a station model is held against. */
function rangesOf(model: StationModel, state: 'LOS' | 'NLOS', frequencyGhz: number): ModelKey {
  if (model === 'P1411') return state === 'LOS' ? 'P1411-street-canyon' : HIDDEN_STREET;
  // One formula up to 1.5 GHz, the other above (station-path-loss.ts).
  if (model === 'Hata') return frequencyGhz <= 1.5 ? 'Hata' : 'COST231';
  return model;
}

/** The site-general row; it counts the straight way, all other ranges the way on the ground. */
const HIDDEN_STREET = 'P1411-below-roof-high-rise-nlos';

/** Open sites whose antenna is below the roof of the house at its position. */
export function countInsideBuildings({ surface, places }: PreparedCoverage, open: readonly number[]): number {
  if (!surface) return 0;
  return open.filter((site) => {
    const { eastM, northM, heightM } = places[site]!;
    if (buildingAt(surface, eastM, northM) === 0) return false;
    const column = Math.floor((eastM - surface.westM) / surface.cellM);
    const row = Math.floor((surface.northM - northM) / surface.cellM);
    return surface.heightDm[row * surface.columns + column]! > heightM * 10;
  }).length;
}
