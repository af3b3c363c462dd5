// Where a hidden street-level place just reaches a level: the radius that planning tables print.
import { marginForDiscShareDb, shadowSigmaDb, umaPathLossDb, umiPathLossDb } from '../../../engine/index.ts';
import { numberIn, type VectorRow } from '../vector-file.ts';

/** Metres, by halving. */
export function planningRadiusM(
  model: 'UMa' | 'UMi',
  baseHeightM: number,
  frequencyGhz: number,
  mostLossDb: number,
): number {
  const loss = model === 'UMa' ? umaPathLossDb : umiPathLossDb;
  let near = 10;
  let far = 20_000;
  for (let step = 0; step < 60; step++) {
    const distance2dM = (near + far) / 2;
    const link = { state: 'NLOS', distance2dM, baseHeightM, userHeightM: 1.5, frequencyGhz } as const;
    if (loss(link) <= mostLossDb) near = distance2dM;
    else far = distance2dM;
  }
  return near;
}

/** A row of planning_radius.csv. */
export function radiusOfRow(row: VectorRow): number {
  const model = (row.model ?? '').startsWith('UMa') ? 'UMa' : 'UMi';
  const exponent = model === 'UMa' ? 3.908 : 3.53;
  const marginDb =
    row.area_target === 'median'
      ? 0
      : marginForDiscShareDb(numberIn(row, 'area_target'), exponent, shadowSigmaDb(model, 'NLOS'));
  const mostLossDb = numberIn(row, 'eirp_per_re_dbm') - numberIn(row, 'threshold_dbm') - marginDb;
  return planningRadiusM(model, numberIn(row, 'h_bs_m'), numberIn(row, 'f_GHz'), mostLossDb);
}
