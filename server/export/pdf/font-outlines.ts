// Outlines of Noto Sans SC at any weight, read from the variable web font in its hundred pieces: only the pieces that hold a character of
// the document are opened, and what was opened stays for the next one. The package weighs 5 MB where a font for print weighs 10 MB a
// weight. OFL 1.1.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { create, type Font, type PathCommand } from 'fontkit';
import { decompress } from 'wawoff2';
import type { FontFace, FontGlyph, OutlinePoint } from './write-truetype.ts';

const require = createRequire(import.meta.url);
/** Lists which characters lie in which piece; the pieces lie beside it. */
const listFile = require.resolve('@fontsource-variable/noto-sans-sc/unicode.json');

/** Of the whole family, in font units. */
const UNITS_PER_EM = 1000;
const ASCENT = 1160;
const DESCENT = -288;

/** Stands for a character the font has not: the geta mark of printers. */
const MISSING = 0x3013;

export const faceOf = (weight: number): FontFace => ({
  name: weight >= 700 ? 'NotoSansSC-Bold' : 'NotoSansSC-Regular',
  unitsPerEm: UNITS_PER_EM,
  ascent: ASCENT,
  descent: DESCENT,
  weight,
});

/** One for each different character, in no order; a character the font has not is drawn by its parts (Ⅲ as III), or as 〓. */
export async function loadGlyphs(characters: string, weight: number): Promise<FontGlyph[]> {
  const codePoints = new Set([...characters].map((character) => character.codePointAt(0) ?? 0));
  const glyphs: FontGlyph[] = [];
  for (const codePoint of codePoints) glyphs.push(await drawnGlyph(codePoint, weight));
  return glyphs;
}

async function drawnGlyph(codePoint: number, weight: number): Promise<FontGlyph> {
  if (await pieceOf(codePoint)) return loadGlyph(codePoint, codePoint, weight);
  const parts = [...String.fromCodePoint(codePoint).normalize('NFKC')].map(
    (part) => part.codePointAt(0) ?? 0,
  );
  for (const part of parts)
    if (part === codePoint || !(await pieceOf(part))) return loadGlyph(codePoint, MISSING, weight);
  let advance = 0;
  const contours: OutlinePoint[][] = [];
  for (const part of parts) {
    const glyph = await loadGlyph(part, part, weight);
    const left = advance;
    contours.push(
      ...glyph.contours.map((contour) => contour.map((point) => ({ ...point, x: point.x + left }))),
    );
    advance += glyph.advance;
  }
  return { codePoint, advance, contours };
}

const known = new Map<string, FontGlyph>();

async function loadGlyph(codePoint: number, shown: number, weight: number): Promise<FontGlyph> {
  const key = `${weight} ${codePoint}`;
  const kept = known.get(key);
  if (kept) return kept;
  const piece = await pieceOf(shown);
  if (!piece) throw new Error(`the font has no sign for ${shown.toString(16)}`);
  const source = weightOf(piece, weight).glyphForCodePoint(shown);
  const glyph = {
    codePoint,
    advance: source.advanceWidth,
    contours: contoursOf(source.path.commands),
  };
  known.set(key, glyph);
  return glyph;
}

const ranges = readRanges();
const pieces = new Map<string, Font>();
const weights = new Map<string, Font>();

/** The piece that holds the character, or null. */
async function pieceOf(codePoint: number): Promise<Font | null> {
  const name = ranges.find(({ from, to }) => codePoint >= from && codePoint <= to)?.name;
  if (name === undefined) return null;
  const opened = pieces.get(name) ?? (await openPiece(name));
  pieces.set(name, opened);
  return opened.hasGlyphForCodePoint(codePoint) ? opened : null;
}

async function openPiece(name: string): Promise<Font> {
  const file = join(dirname(listFile), 'files', `noto-sans-sc-${name}-wght-normal.woff2`);
  // fontkit varies outlines of plain TrueType only
  const plain = await decompress(readFileSync(file));
  return create(Buffer.from(plain)) as Font; // one font, no collection
}

function weightOf(piece: Font, weight: number): Font {
  const key = `${weight} ${[...pieces.values()].indexOf(piece)}`;
  const made = weights.get(key) ?? piece.getVariation({ wght: weight });
  weights.set(key, made);
  return made;
}

interface Range {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** `{"[4]": "U+1f1e9-1f1f5,U+1f21a", "latin": …}`: pieces with their characters. */
function readRanges(): Range[] {
  const listed = JSON.parse(readFileSync(listFile, 'utf8')) as Record<string, string>;
  return Object.entries(listed).flatMap(([key, text]) =>
    text.split(',').map((part) => {
      const [from = '', to = from] = part.replace('U+', '').split('-');
      return {
        name: key.replace(/[[\]]/g, ''),
        from: Number.parseInt(from, 16),
        to: Number.parseInt(to, 16),
      };
    }),
  );
}

/** Paths of TrueType outlines hold lines and quadratic curves only. */
function contoursOf(commands: readonly PathCommand[]): OutlinePoint[][] {
  const contours: OutlinePoint[][] = [];
  for (const { command, args } of commands) {
    const [x = 0, y = 0, endX = 0, endY = 0] = args;
    if (command === 'moveTo') contours.push([]);
    if (command === 'closePath') continue;
    const contour = contours.at(-1);
    if (command === 'quadraticCurveTo')
      contour?.push({ x, y, onCurve: false }, { x: endX, y: endY, onCurve: true });
    else contour?.push({ x, y, onCurve: true });
  }
  return contours.map(withoutLastPoint).filter((contour) => contour.length > 2);
}

/** A contour closes by itself: the point it began with is not said twice. */
function withoutLastPoint(contour: OutlinePoint[]): OutlinePoint[] {
  const [first, last] = [contour[0], contour.at(-1)];
  const isSame = first && last && contour.length > 1 && first.x === last.x && first.y === last.y;
  return isSame && last.onCurve ? contour.slice(0, -1) : contour;
}
