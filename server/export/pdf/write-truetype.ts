// A TrueType font of a few glyphs (OpenType 1.9: glyf, loca, cmap format 12 and what a reader asks for besides), for embedding into one
// document. Outlines come in font units and are quadratic already, so nothing is lost but hinting, which paper does not need.

export interface OutlinePoint {
  readonly x: number;
  readonly y: number;
  /** False: a control point. */
  readonly onCurve: boolean;
}

export interface FontGlyph {
  readonly codePoint: number;
  readonly advance: number;
  /** Closed; empty for a blank. */
  readonly contours: readonly (readonly OutlinePoint[])[];
}

export interface FontFace {
  /** PostScript name: letters, digits, hyphens. */
  readonly name: string;
  readonly unitsPerEm: number;
  readonly ascent: number;
  /** Below zero. */
  readonly descent: number;
  /** usWeightClass: 400 regular, 700 bold. */
  readonly weight: number;
}

/** Bytes of a .ttf. Glyphs in any order, one for each code point; glyph 0 is an empty box of one em. */
export function writeTruetype(face: FontFace, glyphs: readonly FontGlyph[]): Uint8Array {
  const sorted = [...glyphs].sort((a, b) => a.codePoint - b.codePoint);
  const drawn = [{ advance: face.unitsPerEm, contours: [] }, ...sorted].map((glyph) => drawGlyph(glyph));
  const box = boxOfAll(drawn.map((glyph) => glyph.box));
  const glyf = joined(drawn.map(({ bytes }) => bytes));
  const tables: readonly (readonly [tag: string, bytes: Uint8Array])[] = [
    ['OS/2', os2Table(face, sorted, drawn)],
    ['cmap', cmapTable(sorted)],
    ['glyf', glyf],
    ['head', headTable(face, box)],
    ['hhea', hheaTable(face, drawn, box)],
    ['hmtx', hmtxTable(drawn)],
    ['loca', locaTable(drawn)],
    ['maxp', maxpTable(drawn)],
    ['name', nameTable(face)],
    ['post', postTable()],
  ];
  return sfnt(tables);
}

type Box = readonly [xMin: number, yMin: number, xMax: number, yMax: number];

interface DrawnGlyph {
  readonly advance: number;
  readonly box: Box;
  /** A multiple of four long. */
  readonly bytes: Uint8Array;
  readonly points: number;
  readonly contours: number;
}

const ON_CURVE = 1;

/** Two bytes for every coordinate: these fonts are small, and short forms would save a third of them. */
function drawGlyph({ advance, contours }: Pick<FontGlyph, 'advance' | 'contours'>): DrawnGlyph {
  const points = contours.flatMap((contour) =>
    contour.map(({ x, y, onCurve }) => ({ x: Math.round(x), y: Math.round(y), onCurve })),
  );
  if (points.length === 0)
    return {
      advance: Math.round(advance),
      box: [0, 0, 0, 0],
      bytes: new Uint8Array(0),
      points: 0,
      contours: 0,
    };
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const box: Box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  const out = new ByteWriter();
  out.int16(contours.length);
  for (const edge of box) out.int16(edge);
  let last = -1;
  for (const contour of contours) {
    last += contour.length;
    out.uint16(last);
  }
  out.uint16(0);
  for (const { onCurve } of points) out.uint8(onCurve ? ON_CURVE : 0);
  for (const axis of ['x', 'y'] as const) {
    let before = 0;
    for (const point of points) {
      out.int16(point[axis] - before);
      before = point[axis];
    }
  }
  return {
    advance: Math.round(advance),
    box,
    bytes: out.padded(),
    points: points.length,
    contours: contours.length,
  };
}

const boxOfAll = (boxes: readonly Box[]): Box =>
  boxes.reduce<Box>(
    (all, box) => [
      Math.min(all[0], box[0]),
      Math.min(all[1], box[1]),
      Math.max(all[2], box[2]),
      Math.max(all[3], box[3]),
    ],
    [0, 0, 0, 0],
  );

function headTable({ unitsPerEm }: FontFace, box: Box): Uint8Array {
  const out = new ByteWriter();
  out.uint32(0x00010000);
  out.uint32(0x00010000);
  // checkSumAdjustment, filled in when the file is whole
  out.uint32(0);
  out.uint32(0x5f0f3cf5);
  out.uint16(0b11);
  out.uint16(unitsPerEm);
  // no times: the same glyphs are the same bytes
  for (let word = 0; word < 4; word++) out.uint32(0);
  for (const edge of box) out.int16(edge);
  out.uint16(0);
  out.uint16(8);
  out.int16(2);
  // offsets of four bytes
  out.int16(1);
  out.int16(0);
  return out.padded();
}

function hheaTable({ ascent, descent }: FontFace, drawn: readonly DrawnGlyph[], box: Box): Uint8Array {
  const out = new ByteWriter();
  out.uint32(0x00010000);
  out.int16(ascent);
  out.int16(descent);
  out.int16(0);
  out.uint16(Math.max(...drawn.map(({ advance }) => advance)));
  out.int16(box[0]);
  out.int16(0);
  out.int16(box[2]);
  out.int16(1);
  for (let word = 0; word < 7; word++) out.int16(0);
  out.uint16(drawn.length);
  return out.padded();
}

function hmtxTable(drawn: readonly DrawnGlyph[]): Uint8Array {
  const out = new ByteWriter();
  for (const { advance, box } of drawn) {
    out.uint16(advance);
    out.int16(box[0]);
  }
  return out.padded();
}

function locaTable(drawn: readonly DrawnGlyph[]): Uint8Array {
  const out = new ByteWriter();
  let offset = 0;
  out.uint32(0);
  for (const { bytes } of drawn) {
    offset += bytes.length;
    out.uint32(offset);
  }
  return out.padded();
}

function maxpTable(drawn: readonly DrawnGlyph[]): Uint8Array {
  const out = new ByteWriter();
  out.uint32(0x00010000);
  out.uint16(drawn.length);
  out.uint16(Math.max(...drawn.map(({ points }) => points)));
  out.uint16(Math.max(...drawn.map(({ contours }) => contours)));
  for (let word = 0; word < 11; word++) out.uint16(word === 2 ? 1 : 0);
  return out.padded();
}

function cmapTable(sorted: readonly FontGlyph[]): Uint8Array {
  const out = new ByteWriter();
  out.uint16(0);
  out.uint16(1);
  out.uint16(3);
  out.uint16(10);
  out.uint32(12);
  out.uint16(12);
  out.uint16(0);
  out.uint32(16 + sorted.length * 12);
  out.uint32(0);
  out.uint32(sorted.length);
  sorted.forEach(({ codePoint }, index) => {
    out.uint32(codePoint);
    out.uint32(codePoint);
    out.uint32(index + 1);
  });
  return out.padded();
}

function os2Table(
  { ascent, descent, weight }: FontFace,
  sorted: readonly FontGlyph[],
  drawn: readonly DrawnGlyph[],
): Uint8Array {
  const out = new ByteWriter();
  out.uint16(4);
  out.int16(Math.round(drawn.reduce((sum, { advance }) => sum + advance, 0) / drawn.length));
  out.uint16(weight);
  out.uint16(5);
  for (let word = 0; word < 12; word++) out.uint16(0);
  for (let byte = 0; byte < 10; byte++) out.uint8(0);
  for (let word = 0; word < 4; word++) out.uint32(0);
  out.ascii('ZHZH');
  out.uint16(weight >= 700 ? 0x20 : 0x40);
  out.uint16(Math.min(sorted[0]?.codePoint ?? 0, 0xffff));
  out.uint16(Math.min(sorted.at(-1)?.codePoint ?? 0, 0xffff));
  out.int16(ascent);
  out.int16(descent);
  out.int16(0);
  out.uint16(ascent);
  out.uint16(-descent);
  out.uint32(0);
  out.uint32(0);
  // x-height and height of capitals, as usual for a face of 1000 units
  out.int16(543);
  out.int16(733);
  for (let word = 0; word < 3; word++) out.uint16(0);
  return out.padded();
}

function nameTable({ name }: FontFace): Uint8Array {
  const ids = [1, 4, 6];
  const out = new ByteWriter();
  out.uint16(0);
  out.uint16(ids.length);
  out.uint16(6 + ids.length * 12);
  for (const id of ids) {
    out.uint16(3);
    out.uint16(1);
    out.uint16(0x409);
    out.uint16(id);
    out.uint16(name.length * 2);
    out.uint16(0);
  }
  for (const letter of name) out.uint16(letter.charCodeAt(0));
  return out.padded();
}

function postTable(): Uint8Array {
  const out = new ByteWriter();
  out.uint32(0x00030000);
  for (let word = 0; word < 7; word++) out.uint32(0);
  return out.padded();
}

function sfnt(tables: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  const out = new ByteWriter();
  const power = 2 ** Math.floor(Math.log2(tables.length));
  out.uint32(0x00010000);
  out.uint16(tables.length);
  out.uint16(power * 16);
  out.uint16(Math.log2(power));
  out.uint16(tables.length * 16 - power * 16);
  let offset = 12 + tables.length * 16;
  let headAt = 0;
  for (const [tag, bytes] of tables) {
    if (tag === 'head') headAt = offset;
    out.ascii(tag);
    out.uint32(checksum(bytes));
    out.uint32(offset);
    out.uint32(bytes.length);
    offset += bytes.length;
  }
  const file = joined([out.padded(), ...tables.map(([, bytes]) => bytes)]);
  new DataView(file.buffer).setUint32(headAt + 8, (0xb1b0afba - checksum(file)) >>> 0);
  return file;
}

function checksum(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let sum = 0;
  for (let at = 0; at + 4 <= bytes.length; at += 4) sum = (sum + view.getUint32(at)) >>> 0;
  return sum;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Big-endian numbers one after the other. */
class ByteWriter {
  readonly #bytes: number[] = [];

  uint8(value: number): void {
    this.#bytes.push(value & 0xff);
  }
  uint16(value: number): void {
    this.#bytes.push((value >> 8) & 0xff, value & 0xff);
  }
  int16(value: number): void {
    this.uint16(value & 0xffff);
  }
  uint32(value: number): void {
    this.uint16(value >>> 16);
    this.uint16(value & 0xffff);
  }
  ascii(text: string): void {
    for (const letter of text) this.uint8(letter.charCodeAt(0));
  }
  /** Filled up with zeros to a multiple of four, as tables begin at one. */
  padded(): Uint8Array {
    while (this.#bytes.length % 4 > 0) this.#bytes.push(0);
    return Uint8Array.from(this.#bytes);
  }
}
