// The examples that several tests work out by hand (selection reference, section 15).
import type { BinPrices } from '../../../engine/selection/certificate.ts';
import type { Table } from './table-problem.ts';

/** 15.1: six bins of weight 1. Four bins cost 36, five and six cost 60. */
export const threeSites: Table = {
  weights: [1, 1, 1, 1, 1, 1],
  sites: [
    { id: 'A', items: [1, 2, 3], cost: 30 },
    { id: 'B', items: [4, 5, 6], cost: 30 },
    { id: 'G', items: [2, 3, 4, 5], cost: 36 },
  ],
};

/** Prices that prove 36 for four bins, 48 for five and 60 for six. */
export const threePrices: BinPrices = {
  perTarget: Float64Array.of(12),
  perBin: Float32Array.of(0, 12, 9, 9, 9, 9, 12),
};

/** 15.6: three sites within ten metres of each other and one far away; at `squarePrices` their reduced costs are -2, -3, -1 and -1. */
export const sitesInSquares: Table = {
  weights: [12, 13, 11, 11],
  sites: [1, 2, 3, 4].map((item) => ({ id: `s${item}`, items: [item], cost: 10 })),
  places: [
    [0, 0],
    [3, 3],
    [6, 6],
    [100, 100],
  ],
};

export const squarePrices: BinPrices = {
  perTarget: Float64Array.of(1),
  perBin: Float32Array.of(0, 12, 13, 11, 11),
};
