// The types of the paper: Noto Sans Hans (OFL 1.1), which has the characters of GBK but for twelve rare ones of the compatibility block, so
// that names of people and places are drawn as they are written. pdfkit embeds what a document uses of it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { create, type Font } from 'fontkit';

const require = createRequire(import.meta.url);
const fonts = join(dirname(require.resolve('@embedpdf/fonts-sc')), '../fonts');

/** Stands for a character the font has not: the geta mark of printers. */
const MISSING = '〓';

export interface PaperType {
  readonly file: Buffer;
  /** Width of a character at a size of one point. */
  readonly widthOf: (character: string) => number;
  /** As it is drawn: a character the font has not becomes 〓. */
  readonly shown: (text: string) => string;
}

export function readPaperType(weight: 'Regular' | 'Bold'): PaperType {
  const file = readFileSync(join(fonts, `NotoSansHans-${weight}.otf`));
  const font = create(file) as Font; // one font, no collection
  const widths = new Map<string, number>();
  const has = (character: string): boolean => font.hasGlyphForCodePoint(codePointOf(character));
  const shown = (character: string): string => [character, character.normalize('NFC')].find(has) ?? MISSING;
  return {
    file,
    widthOf: (character) => {
      const known = widths.get(character);
      if (known !== undefined) return known;
      const glyph = font.glyphForCodePoint(codePointOf(shown(character)));
      const width = glyph.advanceWidth / font.unitsPerEm;
      widths.set(character, width);
      return width;
    },
    shown: (text) => [...text].map(shown).join(''),
  };
}

const codePointOf = (character: string): number => character.codePointAt(0) ?? 0;
