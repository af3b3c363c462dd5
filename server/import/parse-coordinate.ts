// Coordinate text as people write it: 121.4737, 121°28′25.3″E, 121 28 25.3, E121°28.42', 31,2304 with a decimal comma,
// 东经121度28分25秒, or both in one cell. Pure text work; ranges are checked elsewhere.

export type Axis = 'lon' | 'lat';
export interface ParsedCoordinate {
  readonly degrees: number;
  /** Known when a letter E/W/N/S or 东西南北 stands beside the number. */
  readonly axis: Axis | null;
}

const LONGEST_TEXT = 80;

/** Degrees, or null when the text is no coordinate. */
export function parseCoordinate(text: string): ParsedCoordinate | null {
  const plain = text.normalize('NFKC').trim();
  if (plain === '' || plain.length > LONGEST_TEXT) return null;
  const letters = plain.match(/[NSEW东西南北]/gi) ?? [];
  if (letters.length > 1) return null;
  const letter = (letters[0] ?? '').toUpperCase();
  const rest = plain
    .replace(/[NSEW东西南北]/gi, ' ')
    .replace(/经|纬/g, ' ')
    .replace(/^([+-]?\d{1,3}),(\d+)$/, '$1.$2')
    .trim();

  const decimal = /^([+-]?\d{1,9}(?:\.\d{0,20})?(?:e[+-]?\d{1,3})?)\s*(?:°|度)?$/i.exec(rest);
  const degrees = decimal ? Number(decimal[1]) : sexagesimal(rest);
  if (degrees === null || !Number.isFinite(degrees)) return null;
  const negative = letter === 'S' || letter === 'W' || letter === '南' || letter === '西';
  return { degrees: negative ? -Math.abs(degrees) : degrees, axis: axisOf(letter) };
}

/** Longitude and latitude from one cell. Without letters the first number is the longitude. */
export function parseLonLat(text: string): readonly [lon: number, lat: number] | null {
  const parts = text
    .normalize('NFKC')
    .trim()
    .split(/\s*[,;/|]\s*|\s{1,4}(?=[+-]?\d{1,3}\.\d)/)
    .filter((part) => part !== '');
  if (parts.length !== 2) return null;
  const [first, second] = [parseCoordinate(parts[0] ?? ''), parseCoordinate(parts[1] ?? '')];
  if (!first || !second) return null;
  if (first.axis === 'lat' || second.axis === 'lon') return [second.degrees, first.degrees];
  return [first.degrees, second.degrees];
}

function sexagesimal(text: string): number | null {
  const match =
    /^([+-]?)(\d{1,3})(?:°|度|\s|:)\s*(\d{1,2}(?:\.\d{1,20})?)\s*(?:['′’分]|\s|:|$)\s*(?:(\d{1,2}(?:\.\d{1,20})?)\s*(?:["″”秒]|''|′′|$))?$/.exec(
      text,
    );
  if (!match) return null;
  const [, sign, degrees, minutes, seconds = '0'] = match;
  if (Number(minutes) >= 60 || Number(seconds) >= 60) return null;
  const value = Number(degrees) + Number(minutes) / 60 + Number(seconds) / 3600;
  return sign === '-' ? -value : value;
}

const axisOf = (letter: string): Axis | null => {
  if (letter === '') return null;
  return 'EW东西'.includes(letter) ? 'lon' : 'lat';
};
