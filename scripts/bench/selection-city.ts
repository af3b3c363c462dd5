// A seeded city for the benches of the selection: bins in 128-column strips, candidates along the curve. What shades a site stands on
// the ground, so that neighbours see the same ground: houses of some bins, which no outdoor rule counts and which cut footprints into
// short runs, and dense quarters that shorten the reach in their direction. Poles, roofs and towers differ in reach and price as
// they do in the field (domain reference, section 11). Two passes, count and fill, so that the arrays are as large as the problem and
// nothing else is left behind: memory is measured. Nothing is read.
import {
  curveOrder,
  type RunCover,
  type SelectionProblem,
  type SelectionTarget,
} from '../../engine/index.ts';
import { makeRandom } from '../sample/random.ts';

export interface SelectionCitySize {
  readonly seed: number;
  /** The square that holds the city; about 8 % of it is houses. */
  readonly areaKm2: number;
  readonly binSizeM: number;
  readonly candidates: number;
  /** Kinds of sites with a longer reach in the open are left out, shorter ones stretched. */
  readonly radiusM: readonly [least: number, most: number];
  /** uniform: weight 1. demand: centres and a long tail, 1 to a few hundred. */
  readonly weights: 'uniform' | 'demand';
  /** unit: 1 each. mixed: whole thousands of yuan by kind. */
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
  /** The hard kind: nothing tells one candidate from the next but its place. */
  poles: { ...plain, areaKm2: 100, candidates: 20_000, radiusM: [150, 300], costs: 'unit' },
} as const satisfies Record<string, SelectionCitySize>;

const STRIP_COLUMNS = 128;
const SECTORS = 32;
const DIRECTIONS = Array.from({ length: SECTORS + 1 }, (_, sector) => {
  const angle = ((sector % SECTORS) * 2 * Math.PI) / SECTORS;
  return { east: Math.cos(angle), north: Math.sin(angle) };
});

interface Kind {
  readonly share: number;
  /** Reach over open ground. */
  readonly reachM: readonly [number, number];
  /** What a quarter of full density takes from it: over low roofs little. */
  readonly shade: number;
  readonly costThousands: readonly [number, number];
}

const KINDS: readonly Kind[] = [
  { share: 0.8, reachM: [170, 330], shade: 1.2, costThousands: [20, 50] },
  { share: 0.17, reachM: [300, 550], shade: 0.7, costThousands: [150, 250] },
  { share: 0.03, reachM: [550, 800], shade: 0.4, costThousands: [250, 450] },
];

/** Houses are single bins, more of them where the quarter is dense. */
const HOUSE_BINS = 1;
const HOUSE_SHARE = 0.085;
/** Of the houses, those that stand in the way of low antennas. */
const TALL_SHARE = 0.25;
const TALL_SHADE = 1;
/** Quarters, in bins. */
const QUARTER_BINS = 18;

/** The raster: where each strip row begins, which bins are houses, and how dense the quarters are. */
interface Ground {
  readonly side: number;
  readonly strips: number;
  readonly rowStarts: Uint32Array;
  /** By row and column: 1 for a house, 2 for a tall one. */
  readonly houses: Uint8Array;
  /** 0..1 by row and column of quarters. */
  readonly density: Float32Array;
  readonly quarters: number;
}

interface Candidates {
  readonly eastM: Float64Array;
  readonly northM: Float64Array;
  readonly kind: Uint8Array;
  readonly reachM: Float64Array;
}

export function makeSelectionCity(size: SelectionCitySize): SelectionProblem {
  const ground = makeGround(size);
  const candidates = makeCandidates(size);
  const cover = makeCover(size, ground, candidates);
  const weight = makeWeights(size, ground);
  const cost = makeCosts(size, candidates.kind);
  return {
    cover,
    targets: [{ id: 'all', weight }, ...makeBands(size.bands ?? 0, ground, weight)],
    cost,
    siteIds: Array.from(cost, (_, site) => `c${String(site).padStart(6, '0')}`),
    places: { eastM: candidates.eastM, northM: candidates.northM },
    fold: null,
  };
}

function makeGround({ seed, areaKm2, binSizeM }: SelectionCitySize): Ground {
  const side = Math.round((Math.sqrt(areaKm2) * 1000) / binSizeM);
  const strips = Math.ceil(side / STRIP_COLUMNS);
  const rowStarts = new Uint32Array(strips * side + 1);
  let bins = 0;
  for (let strip = 0; strip < strips; strip++)
    for (let row = 0; row < side; row++) {
      rowStarts[strip * side + row] = bins;
      bins += 1 + Math.min(side - strip * STRIP_COLUMNS, STRIP_COLUMNS);
    }
  rowStarts[strips * side] = bins;
  const random = makeRandom(seed, 'ground');
  const quarters = Math.ceil(side / QUARTER_BINS) + 2;
  const density = Float32Array.from({ length: quarters * quarters }, () => random.next());
  const houses = new Uint8Array(side * side);
  for (let row = 0; row + HOUSE_BINS <= side; row += HOUSE_BINS)
    for (let column = 0; column + HOUSE_BINS <= side; column += HOUSE_BINS) {
      const dense = densityAt(density, quarters, column, row);
      const luck = random.next();
      if (luck >= 2 * HOUSE_SHARE * dense) continue;
      const height = luck < TALL_SHARE * 2 * HOUSE_SHARE * dense ? 2 : 1;
      for (let part = 0; part < HOUSE_BINS * HOUSE_BINS; part++) {
        const at = (row + Math.floor(part / HOUSE_BINS)) * side + column + (part % HOUSE_BINS);
        houses[at] = height;
      }
    }
  return { side, strips, rowStarts, houses, density, quarters };
}

/** Between the middles of quarters in proportion. */
function densityAt(density: Float32Array, quarters: number, column: number, row: number): number {
  const x = Math.min(quarters - 2, Math.max(0, column / QUARTER_BINS));
  const y = Math.min(quarters - 2, Math.max(0, row / QUARTER_BINS));
  const left = Math.floor(x);
  const up = Math.floor(y);
  const at = up * quarters + left;
  const above = density[at]! + (x - left) * (density[at + 1]! - density[at]!);
  const below =
    density[at + quarters]! + (x - left) * (density[at + quarters + 1]! - density[at + quarters]!);
  return above + (y - up) * (below - above);
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
  const kind = new Uint8Array(candidates);
  const reachM = new Float64Array(candidates);
  for (let site = 0; site < candidates; site++) {
    eastM[site] = random.next() * sideM;
    northM[site] = random.next() * sideM;
    let luck = random.next();
    let own = 0;
    while (own + 1 < KINDS.length && luck >= KINDS[own]!.share && KINDS[own + 1]!.reachM[0] < most)
      luck -= KINDS[own++]!.share;
    kind[site] = own;
    const [near, far] = KINDS[own]!.reachM;
    reachM[site] = Math.min(most, Math.max(least, near + (far - near) * random.next()));
  }
  const order = curveOrder(eastM, northM);
  const sorted = <T extends Float64Array | Uint8Array>(values: T): T =>
    values.map((_, place) => values[order[place]!]!) as T; // map keeps the kind of array
  return { eastM: sorted(eastM), northM: sorted(northM), kind: sorted(kind), reachM: sorted(reachM) };
}

function makeCover({ binSizeM }: SelectionCitySize, ground: Ground, candidates: Candidates): RunCover {
  const siteCount = candidates.reachM.length;
  const runStarts = new Uint32Array(siteCount + 1);
  const none = { first: new Uint32Array(0), length: new Uint16Array(0) };
  const draw = makeDrawer(binSizeM, ground, candidates);
  for (let site = 0; site < siteCount; site++)
    runStarts[site + 1] = runStarts[site]! + draw(site, none.first, none.length, -1);
  const runFirst = new Uint32Array(runStarts[siteCount]!);
  const runLength = new Uint16Array(runStarts[siteCount]!);
  for (let site = 0; site < siteCount; site++) draw(site, runFirst, runLength, runStarts[site]!);
  const { rowStarts } = ground;
  const binCount = rowStarts[rowStarts.length - 1]!;
  return { kind: 'runs', binCount, siteCount, rowStarts, runStarts, runFirst, runLength };
}

/** Draws the runs of one site from `at` on and returns how many; with `at` -1 it only counts. */
function makeDrawer(
  binSizeM: number,
  ground: Ground,
  { eastM, northM, kind, reachM }: Candidates,
): (site: number, runFirst: Uint32Array, runLength: Uint16Array, at: number) => number {
  const { side, strips, rowStarts, houses } = ground;
  const cornerX = new Float64Array(SECTORS + 1);
  const cornerY = new Float64Array(SECTORS + 1);
  const crossings = new Float64Array(SECTORS);
  return (site, runFirst, runLength, at) => {
    const east = eastM[site]! / binSizeM;
    const north = northM[site]! / binSizeM;
    const reach = reachM[site]! / binSizeM;
    for (let sector = 0; sector <= SECTORS; sector++) {
      const { east: x, north: y } = DIRECTIONS[sector]!;
      const far = farthest(ground, KINDS[kind[site]!]!, east, north, x, y, reach);
      cornerX[sector] = east + far * x;
      cornerY[sector] = north + far * y;
    }
    const rowFrom = Math.max(0, Math.floor(north - reach));
    const rowEnd = Math.min(side, Math.ceil(north + reach) + 1);
    const stripFrom = Math.max(0, Math.floor((east - reach) / STRIP_COLUMNS));
    const stripEnd = Math.min(strips, Math.floor((east + reach) / STRIP_COLUMNS) + 1);
    let runs = 0;
    for (let strip = stripFrom; strip < stripEnd; strip++)
      for (let row = rowFrom; row < rowEnd; row++) {
        const count = crossRow(cornerX, cornerY, row + 0.5, crossings);
        const from = strip * STRIP_COLUMNS;
        const to = Math.min(side, from + STRIP_COLUMNS);
        const shift = rowStarts[strip * side + row]! + 1 - from;
        for (let pair = 0; pair + 1 < count; pair += 2) {
          let column = Math.max(from, Math.ceil(crossings[pair]! - 0.5));
          const last = Math.min(to, Math.floor(crossings[pair + 1]! - 0.5) + 1);
          while (column < last) {
            while (column < last && houses[row * side + column]! > 0) column++;
            let stop = column;
            while (stop < last && houses[row * side + stop] === 0) stop++;
            if (stop === column) break;
            if (at >= 0) {
              runFirst[at + runs] = shift + column;
              runLength[at + runs] = stop - column;
            }
            runs++;
            column = stop;
          }
        }
      }
    return runs;
  };
}

/** How far a site reaches in one direction, in bins: dense quarters shorten the way, tall houses end it for low antennas. */
function farthest(
  { side, houses, density, quarters }: Ground,
  { shade }: Kind,
  east: number,
  north: number,
  x: number,
  y: number,
  reach: number,
): number {
  let left = reach;
  let far = 0;
  while (left > 0) {
    const column = Math.floor(east + far * x);
    const row = Math.floor(north + far * y);
    if (column < 0 || row < 0 || column >= side || row >= side) return far;
    if (far > 2 && shade > TALL_SHADE && houses[row * side + column] === 2) return far;
    left -= 1 + shade * densityAt(density, quarters, column, row);
    far += 1;
  }
  return far;
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
  { side, strips, rowStarts, houses }: Ground,
  visit: (bin: number, column: number, row: number) => void,
): void {
  for (let strip = 0; strip < strips; strip++)
    for (let row = 0; row < side; row++) {
      const from = strip * STRIP_COLUMNS;
      const to = Math.min(side, from + STRIP_COLUMNS);
      for (let column = from; column < to; column++)
        if (houses[row * side + column] === 0)
          visit(rowStarts[strip * side + row]! + 1 + column - from, column, row);
    }
}

function makeCosts({ seed, costs }: SelectionCitySize, kind: Uint8Array): Float64Array {
  const random = makeRandom(seed, 'costs');
  return Float64Array.from(kind, (own) => {
    const [least, most] = KINDS[own]!.costThousands;
    return costs === 'unit' ? 1 : 1000 * Math.round(least + (most - least) * random.next());
  });
}
