// Lines that meet end to end as one: maps cut a road at every junction, and a chainage needs the whole. Where three or more ends meet
// nobody can say which one goes on, so the lines end there.
import type { LonLat } from '../model/geometry.ts';

type Line = readonly LonLat[];

/** Every line runs from its western end (the southern one where they are equal). The order of the input changes nothing. */
export function joinLines(lines: readonly Line[]): Line[] {
  const sorted = lines
    .filter((line) => line.length > 1)
    .map(fromWest)
    .map((line) => ({ line, key: JSON.stringify(line) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ line }) => line);
  const ends = new Map<string, number[]>();
  sorted.forEach((line, index) => {
    for (const end of [line[0]!, line.at(-1)!]) {
      const key = keyOf(end);
      const there = ends.get(key);
      if (there) there.push(index);
      else ends.set(key, [index]);
    }
  });
  const taken = new Set<number>();
  /** The line that alone goes on from here, or null. */
  const takeNext = (end: LonLat): Line | null => {
    const there = ends.get(keyOf(end))!;
    const free = there.filter((index) => !taken.has(index));
    if (there.length !== 2 || free.length !== 1) return null;
    taken.add(free[0]!);
    return sorted[free[0]!]!;
  };
  const grown = (line: Line): LonLat[] => {
    const joined = [...line];
    for (;;) {
      const end = joined.at(-1)!;
      const more = takeNext(end);
      if (more === null) return joined;
      joined.push(...(isSame(more[0]!, end) ? more : [...more].reverse()).slice(1));
    }
  };
  const joined: Line[] = [];
  sorted.forEach((line, index) => {
    if (taken.has(index)) return;
    taken.add(index);
    joined.push(fromWest(grown(grown(line).reverse())));
  });
  return joined;
}

function fromWest(line: Line): Line {
  const [lon, lat] = line[0]!;
  const [endLon, endLat] = line.at(-1)!;
  return endLon < lon || (endLon === lon && endLat < lat) ? [...line].reverse() : line;
}

const keyOf = ([lon, lat]: LonLat): string => `${lon},${lat}`;

const isSame = (a: LonLat, b: LonLat): boolean => a[0] === b[0] && a[1] === b[1];
