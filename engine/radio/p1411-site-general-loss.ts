// Short range without a street map: ITU-R P.1411 clauses 4.1.1 (both ends below the roofs) and 4.2.1 (one end above them),
// L = 10 α log d + β + 10 γ log f. Coefficients are data with the edition they belong to; editions are never mixed.
// "2024 data" are the figures a reference data file of that time implies (eeveetza/p1411), presumably edition -13: not
// checked against the print; its ranges are those its data spans, and the spread of the changed rows is not known.
import { log10 } from '../geo/steady-math.ts';
import { type RangedLoss, within } from './ranged-loss.ts';

export type SiteGeneralEdition = 'P.1411-12' | 'P.1411 2024 data';

export type SiteGeneralPlace =
  | 'below-roof-los'
  | 'below-roof-high-rise-nlos'
  | 'below-roof-low-rise-nlos'
  | 'below-roof-residential-nlos'
  | 'above-roof-los'
  | 'above-roof-high-rise-nlos';

export interface SiteGeneralRow {
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
  /** Spread of the median in dB; null where the edition's figure is not known. */
  readonly sigmaDb: number | null;
  readonly frequencyGhz: readonly [least: number, most: number];
  readonly distanceM: readonly [least: number, most: number];
}

export interface SiteGeneralLink {
  readonly edition: SiteGeneralEdition;
  readonly place: SiteGeneralPlace;
  /** Straight distance between the antennas, metres. */
  readonly distance3dM: number;
  readonly frequencyGhz: number;
}

/** Median loss in dB with its spread. */
export function p1411SiteGeneralLoss(
  link: SiteGeneralLink,
): RangedLoss & { readonly sigmaDb: number | null } {
  const { edition, place, distance3dM, frequencyGhz } = link;
  const row = siteGeneralRows[edition][place];
  const lossDb = 10 * row.alpha * log10(distance3dM) + row.beta + 10 * row.gamma * log10(frequencyGhz);
  const inRange = within(distance3dM, ...row.distanceM) && within(frequencyGhz, ...row.frequencyGhz);
  return { lossDb, sigmaDb: row.sigmaDb, inRange };
}

const row = (
  [alpha, beta, gamma]: readonly [number, number, number],
  sigmaDb: number | null,
  frequencyGhz: readonly [number, number],
  distanceM: readonly [number, number],
): SiteGeneralRow => ({ alpha, beta, gamma, sigmaDb, frequencyGhz, distanceM });

/** The same medians in both. */
const unchanged = {
  'below-roof-residential-nlos': row([3.01, 18.8, 2.07], 3.07, [0.8, 73], [30, 170]),
  'above-roof-los': row([2.29, 28.6, 1.96], 3.48, [2.2, 73], [55, 1200]),
  'above-roof-high-rise-nlos': row([4.39, -6.27, 2.3], 6.89, [2.2, 66.5], [260, 1200]),
};

/** α, β, γ, spread and range of every row by edition. In -12 the low-rise row starts at 10 GHz: use the residential one. */
export const siteGeneralRows: Readonly<
  Record<SiteGeneralEdition, Readonly<Record<SiteGeneralPlace, SiteGeneralRow>>>
> = {
  'P.1411-12': {
    ...unchanged,
    'below-roof-los': row([2.12, 29.2, 2.11], 5.06, [0.8, 82], [5, 660]),
    'below-roof-high-rise-nlos': row([4.0, 10.2, 2.36], 7.6, [0.8, 82], [30, 715]),
    'below-roof-low-rise-nlos': row([5.06, -4.68, 2.02], 9.33, [10, 73], [30, 250]),
  },
  'P.1411 2024 data': {
    ...unchanged,
    'below-roof-los': row([2.07, 31.23, 2.06], null, [0.45, 300], [5, 660]),
    'below-roof-high-rise-nlos': row([3.73, 16.02, 2.26], null, [0.8, 300], [20, 715]),
    'below-roof-low-rise-nlos': row([4.52, 6.04, 2.14], null, [0.45, 300], [10, 250]),
  },
};
