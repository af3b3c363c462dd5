// What stands on the ground, in classes with one representative height each. Heights of water, open, suburban, urban, forest
// and dense urban: Recommendation ITU-R P.1812-7, Table 2 (height added to the profile). Shrub and industrial are not in that
// table: practice defaults. The second list of codes is that of ESA WorldCover 2021 (v200).
import type { DegreeFrame } from './degree-frame.ts';

export interface ClutterRaster extends DegreeFrame {
  readonly id: string;
  /** Codes of `clutterClasses`, row 0 in the north; 0 where unknown. */
  readonly classCode: Uint8Array;
}

export interface ClutterClass {
  /** 0 is no class: unknown. */
  readonly code: number;
  readonly name:
    | 'unknown'
    | 'water'
    | 'open'
    | 'shrub'
    | 'forest'
    | 'suburban'
    | 'urban'
    | 'dense-urban'
    | 'industrial';
  /** Metres above ground that the class adds to a profile. */
  readonly heightM: number;
  /** Codes of ESA WorldCover that mean this class. */
  readonly worldCoverCodes: readonly number[];
}

/** At index = code. */
export const clutterClasses: readonly ClutterClass[] = [
  { code: 0, name: 'unknown', heightM: 0, worldCoverCodes: [] },
  { code: 1, name: 'water', heightM: 0, worldCoverCodes: [80] },
  { code: 2, name: 'open', heightM: 0, worldCoverCodes: [30, 40, 60, 70, 90, 100] },
  { code: 3, name: 'shrub', heightM: 3, worldCoverCodes: [20] },
  { code: 4, name: 'forest', heightM: 15, worldCoverCodes: [10, 95] },
  { code: 5, name: 'suburban', heightM: 10, worldCoverCodes: [] },
  { code: 6, name: 'urban', heightM: 15, worldCoverCodes: [50] },
  { code: 7, name: 'dense-urban', heightM: 20, worldCoverCodes: [] },
  { code: 8, name: 'industrial', heightM: 10, worldCoverCodes: [] },
];

/** Our code at the index of any code a file may hold: our own 1..8 stay, WorldCover codes are translated, others are 0. */
export const clutterCodeOf: Uint8Array = Uint8Array.from({ length: 256 }, (_, found) =>
  found < clutterClasses.length
    ? found
    : (clutterClasses.find((one) => one.worldCoverCodes.includes(found))?.code ?? 0),
);
