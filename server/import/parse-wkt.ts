// Well-known text (OGC 06-103) of the six plain geometry types, with an optional SRID=…; in front, to GeoJSON.
// One pass over the tokens; depth is fixed by the type, so hostile nesting cannot recurse.

type Coordinates = number[] | Coordinates[];
export interface WktGeometry {
  readonly type: 'Point' | 'MultiPoint' | 'LineString' | 'MultiLineString' | 'Polygon' | 'MultiPolygon';
  readonly coordinates: Coordinates;
}

/** Brackets around the positions of each type. */
const depthOf = new Map<string, readonly [type: WktGeometry['type'], depth: number]>([
  ['POINT', ['Point', 0]],
  ['MULTIPOINT', ['MultiPoint', 1]],
  ['LINESTRING', ['LineString', 1]],
  ['MULTILINESTRING', ['MultiLineString', 2]],
  ['POLYGON', ['Polygon', 2]],
  ['MULTIPOLYGON', ['MultiPolygon', 3]],
]);

/** The geometry, or null when the text is not WKT of these types. */
export function parseWkt(text: string): WktGeometry | null {
  const head = /^\s*(?:SRID\s*=\s*\d{1,6}\s*;)?\s*([A-Z]{5,15})\s*(?:ZM?|M)?\s*(?=\()/i.exec(text);
  const known = head && depthOf.get((head[1] ?? '').toUpperCase());
  if (!head || !known) return null;
  const [type, depth] = known;
  const reader = { text, at: head[0].length };
  const list = readList(reader, type === 'Point' ? 1 : depth);
  if (list === null || text.slice(reader.at).trim() !== '') return null;
  if (type !== 'Point') return { type, coordinates: list };
  const [position] = list;
  return list.length === 1 && Array.isArray(position) ? { type, coordinates: position } : null;
}

interface Reader {
  readonly text: string;
  at: number;
}

function readList(reader: Reader, depth: number): Coordinates[] | null {
  if (!take(reader, '(')) return null;
  const items: Coordinates[] = [];
  do {
    // MULTIPOINT may bracket each position
    const bracketed = depth === 1 && take(reader, '(');
    const item = depth === 1 ? readPosition(reader) : readList(reader, depth - 1);
    if (item === null || (bracketed && !take(reader, ')'))) return null;
    items.push(item);
  } while (take(reader, ','));
  return take(reader, ')') ? items : null;
}

const positionPattern =
  /\s*([+-]?[\d.]{1,30}(?:e[+-]?\d{1,3})?)\s+([+-]?[\d.]{1,30}(?:e[+-]?\d{1,3})?)(?:\s+[+-]?[\d.]{1,30}){0,2}\s*/iy;

function readPosition(reader: Reader): number[] | null {
  positionPattern.lastIndex = reader.at;
  const match = positionPattern.exec(reader.text);
  if (!match) return null;
  reader.at = positionPattern.lastIndex;
  return [Number(match[1]), Number(match[2])];
}

function take(reader: Reader, mark: string): boolean {
  while (/\s/.test(reader.text[reader.at] ?? '')) reader.at += 1;
  if (reader.text[reader.at] !== mark) return false;
  reader.at += 1;
  return true;
}
