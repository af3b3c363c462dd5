// A seeded city for the benches of the selection: bins in 128-column strips, candidates along the curve, footprints of 150-800 m
// that stand in the shade of sectors and are cut into short runs, as streets cut them. Two passes, count and fill, so that the
// arrays are as large as the problem and nothing else is left behind: memory is measured. Nothing is read.
import { curveOrder } from '../../engine/geo/curve-order.ts';
import type { RunCover } from '../../engine/selection/cover.ts';
import type { SelectionProblem, SelectionTarget } from '../../engine/selection/selection-problem.ts';
import { makeRandom } from '../sample/random.ts';

export interface SelectionCitySize {
  readonly seed: number;
  /** The square that holds the city; its ragged outline leaves about 8 % of it outside. */
  readonly areaKm2: number;
  readonly binSizeM: number;
  readonly candidates: number;
  /** Reach of a candidate in its best direction; most are near the least. */
  readonly radiusM: readonly [least: number, most: number];
  /** uniform: weight 1. demand: centres and a long tail, 1 to a few hundred. */
  readonly weights: 'uniform' | 'demand';
  /** unit: 1 each. mixed: 30 000 to 205 000 yuan in thousands, with the square of the reach. */
  readonly costs: 'unit' | 'mixed';
  /** Further targets: this many bands from west to east, each with its own share. */
  readonly bands?: number;
}

const plain = { seed: 1, binSizeM: 20, radiusM: [150, 800], weights: 'uniform', costs: 'mixed' } as const;

/** The instances of the capability's table. */
export const selectionCities = {
  city: { ...plain, areaKm2: 100, candidates: 20_000 },
  dense: { ...plain, areaKm2: 100, candidates: 100_000 },
  core: { ...plain, areaKm2: 696, candidates: 200_000 },
  corePlus: { ...plain, areaKm2: 696, candidates: 500_000 },
} as const satisfies Record<string, SelectionCitySize>;

const STRIP_COLUMNS = 128;
/** On each side, the mean of a wavy outline. */
const OUTSIDE_SHARE = 0.04;
const SECTORS = 16;
/** Chance that a sector is in the shade: of the shortest reach, and how much more of the longest. */
const SHADED_NEAR = 0.18;
const SHADED_FAR = 0.45;
const LONGEST_M = 800;
const DIRECTIONS = Array.from({ length: SECTORS + 1 }, (_, sector) => {
  const angle = ((sector % SECTORS) * 2 * Math.PI) / SECTORS;
  return { east: Math.cos(angle), north: Math.sin(angle) };
});

/** The raster: which columns of each row are inside, and where each strip row begins. */
interface Ground {
  readonly side: number;
  readonly strips: number;
  readonly first: Int32Array;
  readonly end: Int32Array;
  readonly rowStarts: Uint32Array;
}

interface Candidates {
  readonly eastM: Float64Array;
  readonly northM: Float64Array;
  readonly radiusM: Float64Array;
}

export function makeSelectionCity(size: SelectionCitySize): SelectionProblem {
  const ground = makeGround(size);
  const candidates = makeCandidates(size);
  const cover = makeCover(size, ground, candidates);
  const weight = makeWeights(size, ground);
  const cost = makeCosts(size, candidates.radiusM);
  return {
    cover,
    targets: [{ id: 'all', weight }, ...makeBands(size.bands ?? 0, ground, weight)],
    cost,
    siteIds: Array.from(cost, (_, site) => `c${String(site).padStart(6, '0')}`),
    places: { eastM: candidates.eastM, northM: candidates.northM },
    fold: null,
  };
}

function makeGround({ areaKm2, binSizeM }: SelectionCitySize): Ground {
  const side = Math.round((Math.sqrt(areaKm2) * 1000) / binSizeM);
  const strips = Math.ceil(side / STRIP_COLUMNS);
  const first = new Int32Array(side);
  const end = new Int32Array(side);
  for (let row = 0; row < side; row++) {
    const wave = (turns: number) => Math.sin((row / side) * turns * 2 * Math.PI);
    first[row] = Math.round(side * OUTSIDE_SHARE * (1 + 0.6 * wave(2) + 0.4 * wave(7)));
    end[row] = side - Math.round(side * OUTSIDE_SHARE * (1 + 0.6 * wave(3) + 0.4 * wave(11)));
  }
  const rowStarts = new Uint32Array(strips * side + 1);
  let bins = 0;
  for (let strip = 0; strip < strips; strip++)
    for (let row = 0; row < side; row++) {
      rowStarts[strip * side + row] = bins;
      const from = Math.max(first[row]!, strip * STRIP_COLUMNS);
      bins += 1 + Math.max(0, Math.min(end[row]!, (strip + 1) * STRIP_COLUMNS) - from);
    }
  rowStarts[strips * side] = bins;
  return { side, strips, first, end, rowStarts };
}

/** Spread over the square, in curve order. */
function makeCandidates({
  seed,
  areaKm2,
  candidates,
  radiusM: [least, most],
}: SelectionCitySize): Candidates {
  const random = makeRandom(seed, 'candidates');
  const sideM = Math.sqrt(areaKm2) * 1000;
  const eastM = new Float64Array(candidates);
  const northM = new Float64Array(candidates);
  const radiusM = new Float64Array(candidates);
  for (let site = 0; site < candidates; site++) {
    eastM[site] = random.next() * sideM;
    northM[site] = random.next() * sideM;
    const far = random.next();
    radiusM[site] = least + (most - least) * far * far;
  }
  const order = curveOrder(eastM, northM);
  const sorted = (values: Float64Array) => Float64Array.from(order, (site) => values[site]!);
  return { eastM: sorted(eastM), northM: sorted(northM), radiusM: sorted(radiusM) };
}

function makeCover({ seed, binSizeM }: SelectionCitySize, ground: Ground, candidates: Candidates): RunCover {
  const siteCount = candidates.radiusM.length;
  const runStarts = new Uint32Array(siteCount + 1);
  const none = { first: new Uint32Array(0), length: new Uint16Array(0) };
  const drawer = makeDrawer(seed, binSizeM, ground, candidates);
  for (let site = 0; site < siteCount; site++)
    runStarts[site + 1] = runStarts[site]! + drawer(site, none.first, none.length, -1);
  const runFirst = new Uint32Array(runStarts[siteCount]!);
  const runLength = new Uint16Array(runStarts[siteCount]!);
  for (let site = 0; site < siteCount; site++) drawer(site, runFirst, runLength, runStarts[site]!);
  const { rowStarts } = ground;
  const binCount = rowStarts[rowStarts.length - 1]!;
  return { kind: 'runs', binCount, siteCount, rowStarts, runStarts, runFirst, runLength };
}

/** Draws the runs of one site from `at` on and returns how many; with `at` -1 it only counts. */
function makeDrawer(seed: number, binSizeM: number, ground: Ground, { eastM, northM, radiusM }: Candidates) {
  const cornerX = new Float64Array(SECTORS + 1);
  const cornerY = new Float64Array(SECTORS + 1);
  const crossings = new Float64Array(SECTORS);
  let state = 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  /** Corners of the footprint, in bins. */
  const makeCorners = (site: number): void => {
    const shaded = SHADED_NEAR + SHADED_FAR * (radiusM[site]! / LONGEST_M);
    for (let sector = 0; sector < SECTORS; sector++) {
      const share = next() < shaded ? 0.15 + 0.25 * next() : 0.65 + 0.35 * next();
      const reach = (share * radiusM[site]!) / binSizeM;
      cornerX[sector] = eastM[site]! / binSizeM + reach * DIRECTIONS[sector]!.east;
      cornerY[sector] = northM[site]! / binSizeM + reach * DIRECTIONS[sector]!.north;
    }
    cornerX[SECTORS] = cornerX[0]!;
    cornerY[SECTORS] = cornerY[0]!;
  };
  return (site: number, runFirst: Uint32Array, runLength: Uint16Array, at: number): number => {
    state = Math.imul(seed * 1_000_003 + site, 0x9e3779b1) >>> 0;
    makeCorners(site);
    const { side, strips, first, end, rowStarts } = ground;
    const halfBins = radiusM[site]! / binSizeM;
    const east = eastM[site]! / binSizeM;
    const north = northM[site]! / binSizeM;
    const rowFrom = Math.max(0, Math.floor(north - halfBins));
    const rowEnd = Math.min(side, Math.ceil(north + halfBins) + 1);
    const stripFrom = Math.max(0, Math.floor((east - halfBins) / STRIP_COLUMNS));
    const stripEnd = Math.min(strips, Math.floor((east + halfBins) / STRIP_COLUMNS) + 1);
    let runs = 0;
    for (let strip = stripFrom; strip < stripEnd; strip++)
      for (let row = rowFrom; row < rowEnd; row++) {
        const count = crossRow(cornerX, cornerY, row + 0.5, crossings);
        const from = Math.max(first[row]!, strip * STRIP_COLUMNS);
        const to = Math.min(end[row]!, (strip + 1) * STRIP_COLUMNS);
        const shift = rowStarts[strip * side + row]! + 1 - from;
        for (let pair = 0; pair + 1 < count; pair += 2) {
          let column = Math.max(from, Math.ceil(crossings[pair]! - 0.5));
          const last = Math.min(to, Math.floor(crossings[pair + 1]! - 0.5) + 1);
          while (column < last) {
            const stop = Math.min(last, column + 7 + Math.floor(next() * 26));
            if (at >= 0) {
              runFirst[at + runs] = shift + column;
              runLength[at + runs] = stop - column;
            }
            runs++;
            column = stop + 1 + Math.floor(next() * 2);
          }
        }
      }
    return runs;
  };
}

/** Where the outline crosses a row, from west to east. */
function crossRow(cornerX: Float64Array, cornerY: Float64Array, y: number, into: Float64Array): number {
  let count = 0;
  for (let corner = 0; corner < SECTORS; corner++) {
    const from = cornerY[corner]! - y;
    const to = cornerY[corner + 1]! - y;
    if (from < 0 === to < 0) continue;
    const x = cornerX[corner]! + ((cornerX[corner + 1]! - cornerX[corner]!) * from) / (from - to);
    let at = count++;
    for (; at > 0 && into[at - 1]! > x; at--) into[at] = into[at - 1]!;
    into[at] = x;
  }
  return count;
}

function makeWeights({ seed, weights }: SelectionCitySize, ground: Ground): Int32Array {
  const { side } = ground;
  const random = makeRandom(seed, 'weights');
  const centres = Array.from({ length: 6 }, () => ({
    column: random.next() * side,
    row: random.next() * side,
    size: (0.03 + 0.07 * random.next()) * side,
  }));
  const weight = new Int32Array(ground.rowStarts[ground.rowStarts.length - 1]!);
  eachBin(ground, (bin, column, row) => {
    if (weights === 'uniform') {
      weight[bin] = 1;
      return;
    }
    let near = 0.05;
    for (const centre of centres) {
      const away =
        ((column - centre.column) * (column - centre.column) + (row - centre.row) * (row - centre.row)) /
        (centre.size * centre.size);
      near += 1 / (1 + away * away);
    }
    const luck = random.next();
    weight[bin] = 1 + Math.floor(200 * near * luck * luck * luck * luck);
  });
  return weight;
}

function makeBands(count: number, ground: Ground, all: Int32Array): SelectionTarget[] {
  const bands = Array.from({ length: count }, (_, band) => ({
    id: `band${band + 1}`,
    weight: new Int32Array(all.length),
  }));
  if (count > 0)
    eachBin(ground, (bin, column) => {
      bands[Math.floor((column / ground.side) * count)]!.weight[bin] = all[bin]!;
    });
  return bands;
}

function eachBin(
  { side, strips, first, end, rowStarts }: Ground,
  visit: (bin: number, column: number, row: number) => void,
): void {
  for (let strip = 0; strip < strips; strip++)
    for (let row = 0; row < side; row++) {
      const from = Math.max(first[row]!, strip * STRIP_COLUMNS);
      const to = Math.min(end[row]!, (strip + 1) * STRIP_COLUMNS);
      for (let column = from; column < to; column++)
        visit(rowStarts[strip * side + row]! + 1 + column - from, column, row);
    }
}

function makeCosts({ seed, costs }: SelectionCitySize, radiusM: Float64Array): Float64Array {
  const random = makeRandom(seed, 'costs');
  return Float64Array.from(radiusM, (reachM) =>
    costs === 'unit' ? 1 : 1000 * Math.round(25 + 150 * (reachM / LONGEST_M) ** 2 + 30 * random.next()),
  );
}
