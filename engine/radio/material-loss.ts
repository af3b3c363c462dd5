// What a wall material takes from a wave that goes through it: 3GPP TR 38.901 table 7.4.3-1. Coated (IRR) glass differs
// between editions; the coefficients are data, so that the edition can stand beside the result.

export type WallMaterial = 'multiPaneGlass' | 'coatedGlass' | 'concrete' | 'wood';

/** Up to Release 18, or version 19.2 (seen in one implementation only). Only coated glass differs. */
export type MaterialEdition = '<=18' | '19.2';

interface Line {
  readonly fixedDb: number;
  readonly perGhzDb: number;
}

const COMMON: Readonly<Record<WallMaterial, Line>> = {
  multiPaneGlass: { fixedDb: 2, perGhzDb: 0.2 },
  coatedGlass: { fixedDb: 23, perGhzDb: 0.3 },
  concrete: { fixedDb: 5, perGhzDb: 4 },
  wood: { fixedDb: 4.85, perGhzDb: 0.12 },
};

const LINES: Readonly<Record<MaterialEdition, Readonly<Record<WallMaterial, Line>>>> = {
  '<=18': COMMON,
  '19.2': { ...COMMON, coatedGlass: { fixedDb: 25.4, perGhzDb: 0.11 } },
};

/** Penetration loss in dB of one layer. */
export function materialLossDb(
  material: WallMaterial,
  frequencyGhz: number,
  edition: MaterialEdition = '<=18',
): number {
  const line = LINES[edition][material];
  return line.fixedDb + line.perGhzDb * frequencyGhz;
}
