// Classical set-covering problems, made from a few numbers: the random families of Balas and Ho (1980) and Beasley (1987, 1990), the
// combinatorial ones of Grossman and Wool (1997) and Fulkerson, Nemhauser and Trotter (1974), and duties of wide crew schedules.
// Each row must be covered. A random file is known by its seed; its best known cost stands in bench-set-covering.ts.
import { makeRandom, type Random } from '../sample/random.ts';

export interface SetCovering {
  readonly name: string;
  readonly rows: number;
  /** Rows of each column, ascending. */
  readonly columns: readonly (readonly number[])[];
  readonly cost: readonly number[];
}

/** Rows, columns and share of ones. */
const randomFamilies = {
  4: { rows: 200, columns: 1000, density: 0.02 },
  5: { rows: 200, columns: 2000, density: 0.02 },
  6: { rows: 200, columns: 1000, density: 0.05 },
  A: { rows: 300, columns: 3000, density: 0.02 },
  B: { rows: 300, columns: 3000, density: 0.05 },
  C: { rows: 400, columns: 4000, density: 0.02 },
  D: { rows: 400, columns: 4000, density: 0.05 },
  E: { rows: 500, columns: 5000, density: 0.1 },
  F: { rows: 500, columns: 5000, density: 0.2 },
  G: { rows: 1000, columns: 10_000, density: 0.02 },
  H: { rows: 1000, columns: 10_000, density: 0.05 },
} as const;

export type RandomFamily = `${keyof typeof randomFamilies}`;

/** Costs 1..100; each column covers a row, each row is covered twice at the least, the other ones fall anywhere. */
export function makeRandomCovering(family: RandomFamily, index: number): SetCovering {
  const { rows, columns, density } = randomFamilies[family];
  const random = makeRandom(index, `set covering ${family}`);
  const sets = Array.from({ length: columns }, () => new Set<number>());
  const any = (end: number): number => random.whole(0, end - 1);
  for (const set of sets) set.add(any(rows));
  let ones = columns;
  const put = (column: number, row: number): boolean => {
    const set = sets[column]!;
    if (set.has(row)) return false;
    set.add(row);
    ones += 1;
    return true;
  };
  const times = new Array<number>(rows).fill(0);
  for (const set of sets) for (const row of set) times[row]! += 1;
  for (let row = 0; row < rows; row++)
    for (let more = times[row]!; more < 2; ) if (put(any(columns), row)) more += 1;
  const wanted = Math.round(density * rows * columns);
  while (ones < wanted) put(any(columns), any(rows));
  return {
    name: `${family}.${index}`,
    rows,
    columns: sets.map(ascending),
    cost: sets.map(() => 1 + any(100)),
  };
}

/** Fewest edges of the cube of `dimensions` that meet each of its cycles of four edges. */
export function makeCycles(dimensions: number): SetCovering {
  const corners = 1 << dimensions;
  const columns: number[][] = [];
  const edgeOf = new Map<number, number>();
  for (let corner = 0; corner < corners; corner++)
    for (let axis = 0; axis < dimensions; axis++)
      if ((corner & (1 << axis)) === 0) {
        edgeOf.set(corner * dimensions + axis, columns.length);
        columns.push([]);
      }
  let rows = 0;
  for (let corner = 0; corner < corners; corner++)
    for (let one = 0; one < dimensions; one++)
      for (let two = one + 1; two < dimensions; two++) {
        if ((corner & (1 << one)) !== 0 || (corner & (1 << two)) !== 0) continue;
        for (const [from, axis] of [
          [corner, one],
          [corner, two],
          [corner | (1 << one), two],
          [corner | (1 << two), one],
        ] as const)
          columns[edgeOf.get(from * dimensions + axis)!]!.push(rows);
        rows += 1;
      }
  return { name: `CYC${dimensions}`, rows, columns, cost: columns.map(() => 1) };
}

/** Fewest sets of four out of `points` so that no colouring of the points in two colours leaves every set with both. */
export function makeColourings(points: number): SetCovering {
  const sets: number[] = [];
  for (let set = 0; set < 1 << points; set++) if (bitsOf(set) === 4) sets.push(set);
  const columns = sets.map((): number[] => []);
  const rows = (1 << (points - 1)) - 1;
  for (let row = 0; row < rows; row++) {
    const colour = row + 1;
    sets.forEach((set, column) => {
      const met = set & colour;
      if (met === 0 || met === set) columns[column]!.push(row);
    });
  }
  return { name: `CLR${points}`, rows, columns, cost: columns.map(() => 1) };
}

/** Fewest points that meet each triple of a Steiner triple system of 27, 45, 81, 135 or 243 points. */
export function makeSteiner(points: number): SetCovering {
  let size = points % 5 === 0 ? 15 : 3;
  let triples: Triple[] = size === 15 ? boseTriples(5) : [[0, 1, 2]];
  while (size < points) {
    triples = tripleTriples(size, triples);
    size *= 3;
  }
  if (size !== points) throw new RangeError(`${points} points, expected 3 or 15 tripled some times`);
  const columns = Array.from({ length: points }, (): number[] => []);
  triples.forEach((triple, row) => {
    for (const point of triple) columns[point]!.push(row);
  });
  return { name: `STS${points}`, rows: triples.length, columns, cost: columns.map(() => 1) };
}

type Triple = readonly [number, number, number];

/** Bose's system on 3 n points, n odd (Colbourn and Rosa 1999). */
function boseTriples(n: number): Triple[] {
  const half = (n + 1) / 2;
  const triples: Triple[] = [];
  for (let a = 0; a < n; a++) triples.push([a, n + a, 2 * n + a]);
  for (let a = 0; a < n; a++)
    for (let b = a + 1; b < n; b++)
      for (let level = 0; level < 3; level++)
        triples.push([level * n + a, level * n + b, ((level + 1) % 3) * n + (((a + b) * half) % n)]);
  return triples;
}

/** The product with the system of three points. */
function tripleTriples(size: number, triples: readonly Triple[]): Triple[] {
  const made: Triple[] = [];
  for (let point = 0; point < size; point++) made.push([point, size + point, 2 * size + point]);
  for (const [a, b, c] of triples)
    for (const [i, j, k] of [
      [0, 0, 0],
      [1, 1, 1],
      [2, 2, 2],
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ] as const)
      made.push([i * size + a, j * size + b, k * size + c]);
  return made;
}

/** Sizes of the wide files: a few hundred trips, tens of thousands of duties. */
export const dutyFiles = {
  'wide-1': { trips: 300, duties: 20_000 },
  'wide-2': { trips: 500, duties: 50_000 },
  'wide-3': { trips: 580, duties: 60_000 },
} as const;

interface Trip {
  readonly from: number;
  readonly to: number;
  readonly startMinute: number;
  readonly endMinute: number;
}

const STATIONS = 5;
const LONGEST_DUTY_MINUTES = 600;
const LONGEST_WAIT_MINUTES = 120;

/**
 * Duties over the trips of a day between five stations: each trip leaves where the one before arrived, soon after it, within ten
 * hours. A duty that ends where it began costs 1, others 2. The first duties are single trips, so that every trip can be served.
 */
export function makeDuties(name: keyof typeof dutyFiles): SetCovering {
  const { trips: count, duties } = dutyFiles[name];
  const random = makeRandom(count, `duties ${name}`);
  const trips = Array.from({ length: count }, () => tripOf(random)).sort(
    (a, b) => a.startMinute - b.startMinute || a.from - b.from || a.to - b.to,
  );
  const columns: number[][] = trips.map((_, trip) => [trip]);
  const seen = new Set(columns.map(String));
  while (columns.length < duties) {
    const duty = dutyOf(trips, random);
    const key = String(duty);
    if (seen.has(key)) continue;
    seen.add(key);
    columns.push(duty);
  }
  const cost = columns.map((duty) => (trips[duty[0]!]!.from === trips[duty.at(-1)!]!.to ? 1 : 2));
  return { name, rows: count, columns, cost };
}

function tripOf(random: Random): Trip {
  const from = random.whole(0, STATIONS - 1);
  const to = (from + random.whole(1, STATIONS - 1)) % STATIONS;
  const startMinute = random.whole(300, 1380);
  return { from, to, startMinute, endMinute: startMinute + random.whole(30, 120) };
}

function dutyOf(trips: readonly Trip[], random: Random): number[] {
  let last = random.whole(0, trips.length - 1);
  const duty = [last];
  const endMinute = trips[last]!.startMinute + LONGEST_DUTY_MINUTES;
  for (;;) {
    const { to, endMinute: free } = trips[last]!;
    const next = trips.flatMap((trip, index) =>
      trip.from === to &&
      trip.startMinute >= free &&
      trip.startMinute <= free + LONGEST_WAIT_MINUTES &&
      trip.endMinute <= endMinute
        ? [index]
        : [],
    );
    if (next.length === 0 || (duty.length > 1 && random.chance(0.15))) return duty;
    last = random.pick(next);
    duty.push(last);
  }
}

/** The rows of `coverage.csv` and `sites.csv`, as the matrix door reads them. */
export function matrixFiles({ columns, cost }: SetCovering): { coverage: string; sites: string } {
  const coverage = ['site,bin'];
  const sites = ['site,cost'];
  columns.forEach((rows, column) => {
    sites.push(`${column + 1},${cost[column]}`);
    for (const row of rows) coverage.push(`${column + 1},${row + 1}`);
  });
  return { coverage: `${coverage.join('\n')}\n`, sites: `${sites.join('\n')}\n` };
}

const ascending = (set: ReadonlySet<number>): number[] => [...set].sort((a, b) => a - b);

function bitsOf(value: number): number {
  let count = 0;
  for (let rest = value; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
