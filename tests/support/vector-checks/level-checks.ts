// Antennas, levels and probabilities of coverage.
import { readFileSync } from 'node:fs';
import {
  type AntennaArray,
  arrayGainDbi,
  coverageProbability,
  cutLossDb,
  discCoverageShare,
  marginForDiscShareDb,
  mixedCoverageProbability,
  noisePerElementDbm,
  normalQuantile,
  nrSinrDb,
  type PatternRule,
  parseAntennaFile,
  patternGainDbi,
  patternLossDb,
  powerPerElementDbm,
  type SightState,
  shadowSigmaDb,
  tiltedDirection,
  umaLosProbability,
  umaPathLossDb,
  umiLosProbability,
  umiPathLossDb,
} from '../../../engine/index.ts';
import { numberIn, type VectorRow } from '../vector-file.ts';
import { radiusOfRow } from './planning-radius-of.ts';
import { largestOf, rowCheck, type VectorCheck } from './vector-check.ts';

const ELEMENT = { horizontalWidthDeg: 65, verticalWidthDeg: 65, frontToBackDb: 30 };
const NR_LEVELS = { clause: 'definitions; TS 38.101-1 table 5.3.2-1', edition: 'release 17' } as const;
const COVERAGE = { clause: 'Jakes 1974, Reudink', edition: 'exact integral' } as const;

export const levelChecks: readonly VectorCheck[] = [
  rowCheck({
    what: 'antenna element with mechanical tilt',
    clause: 'TR 38.901 table 7.3-1, clause 7.1',
    edition: 'releases 14 to 19',
    file: 'antenna_38901_element.csv',
    rows: 33,
    // The digits the file prints.
    tolerance: 5.1e-5,
    difference: (row) => {
      const seen = tiltedDirection(
        numberIn(row, 'phi_deg'),
        numberIn(row, 'theta_deg'),
        numberIn(row, 'mech_downtilt_deg'),
      );
      return 8 - patternLossDb(seen.azimuthDeg, seen.zenithDeg, 0, ELEMENT) - numberIn(row, 'gain_dbi');
    },
  }),
  rowCheck({
    what: 'array beams',
    clause: 'ITU-R M.2101 annex 1 clause 5',
    edition: 'M.2101-0',
    file: 'antenna_array_m2101.csv',
    rows: 20,
    tolerance: 0.001,
    difference: arrayDifference,
  }),
  rowCheck({
    what: 'MSI file: cuts, and gain by three rules',
    clause: 'MSI/PLN text format',
    edition: 'made-up panel, checked with crc-covlib',
    file: 'msi_example_expected.csv',
    rows: 12,
    tolerance: 'stated',
    difference: antennaFileDifference,
  }),
  rowCheck({
    ...NR_LEVELS,
    what: 'power and noise per resource element',
    file: 'nr_epre_noise.csv',
    rows: 8,
    unit: 'dB',
    // The digits the file prints.
    tolerance: 1e-4,
    difference: (row) =>
      largestOf(
        powerPerElementDbm(numberIn(row, 'p_total_dbm'), numberIn(row, 'n_rb')) - numberIn(row, 'epre_dbm'),
        noisePerElementDbm(numberIn(row, 'scs_kHz'), 7) - numberIn(row, 'noise_per_re_dbm'),
      ),
  }),
  rowCheck({
    ...NR_LEVELS,
    what: 'SS-RSRP',
    file: 'nr_rsrp_examples.csv',
    rows: 7,
    tolerance: 0.001,
    difference: (row) => rsrpOf(row) - numberIn(row, 'ss_rsrp_dbm'),
  }),
  rowCheck({
    ...NR_LEVELS,
    what: 'chance of coverage at that level',
    file: 'nr_rsrp_examples.csv',
    rows: 7,
    unit: 'of 1',
    tolerance: 1e-5,
    difference: (row) =>
      coverageProbability(rsrpOf(row), numberIn(row, 'threshold_dbm'), numberIn(row, 'sigma_db')) -
      numberIn(row, 'p_cover'),
  }),
  rowCheck({
    ...NR_LEVELS,
    what: 'SINR with loaded neighbours',
    file: 'nr_sinr.csv',
    rows: 8,
    // Four printed digits, from inputs with four.
    tolerance: 1e-4,
    difference: sinrDifference,
  }),
  rowCheck({
    what: 'chance of coverage mixed over both states of sight',
    clause: 'TR 38.901 tables 7.4.1-1, 7.4.2-1',
    edition: 'releases 14 to 19',
    file: 'coverage_los_mixture.csv',
    rows: 50,
    unit: 'of 1',
    tolerance: 'stated',
    difference: (row) => mixedOf(row) - numberIn(row, 'p_cover'),
  }),
  rowCheck({
    what: 'levels of both states',
    clause: 'TR 38.901 table 7.4.1-1',
    edition: 'releases 14 to 19',
    file: 'coverage_los_mixture.csv',
    rows: 50,
    tolerance: 0.01,
    difference: (row) =>
      largestOf(
        levelOf(row, 'LOS') - numberIn(row, 'rsrp_los_dbm'),
        levelOf(row, 'NLOS') - numberIn(row, 'rsrp_nlos_dbm'),
      ),
  }),
  rowCheck({
    ...COVERAGE,
    what: 'share of a disc from the chance at its edge',
    file: 'coverage_probability.csv',
    rows: 108,
    unit: 'of 1',
    tolerance: 1e-6,
    difference: (row) =>
      discCoverageShare(marginOf(row), numberIn(row, 'n'), numberIn(row, 'sigma_db')) -
      numberIn(row, 'p_area'),
  }),
  rowCheck({
    ...COVERAGE,
    what: 'margin from the chance at the edge',
    file: 'coverage_probability.csv',
    rows: 108,
    tolerance: 5.1e-5,
    difference: (row) => marginOf(row) - numberIn(row, 'margin_db'),
  }),
  rowCheck({
    ...COVERAGE,
    what: 'margin for a share of the area',
    file: 'coverage_margin_for_area_target.csv',
    rows: 36,
    tolerance: 1e-3,
    difference: (row) =>
      marginForDiscShareDb(numberIn(row, 'p_area_target'), numberIn(row, 'n'), numberIn(row, 'sigma_db')) -
      numberIn(row, 'margin_db'),
  }),
  rowCheck({
    what: 'planning radii from budget to metres',
    clause: 'TR 38.901 table 7.4.1-1, NLOS',
    edition: 'releases 14 to 19',
    file: 'planning_radius.csv',
    rows: 56,
    unit: 'm',
    tolerance: 'stated',
    difference: (row) => radiusOfRow(row) - numberIn(row, 'radius_m'),
  }),
];

function arrayDifference(row: VectorRow): number {
  const array: AntennaArray = {
    columns: numberIn(row, 'nh'),
    rows: numberIn(row, 'nv'),
    columnSpacing: numberIn(row, 'dh_wl'),
    rowSpacing: numberIn(row, 'dv_wl'),
    element: ELEMENT,
    elementGainDbi: 8,
  };
  const beam = { downtiltDeg: numberIn(row, 'etilt_deg'), scanDeg: numberIn(row, 'escan_deg') };
  const gainDbi = arrayGainDbi(array, beam, numberIn(row, 'phi_deg'), numberIn(row, 'theta_deg'));
  return gainDbi - numberIn(row, 'gain_dbi');
}

const example = parseAntennaFile(
  readFileSync(new URL('../../fixtures/vectors/msi_example.msi', import.meta.url), 'utf8'),
);

function antennaFileDifference(row: VectorRow): number {
  const azimuthDeg = numberIn(row, 'azimuth_deg');
  const elevationDeg = numberIn(row, 'elevation_deg');
  const gain = (rule: PatternRule): number => patternGainDbi(example, azimuthDeg, elevationDeg, rule);
  return largestOf(
    cutLossDb(example.horizontalLossDb, azimuthDeg) - numberIn(row, 'h_loss_db'),
    cutLossDb(example.verticalLossDb, -elevationDeg) - numberIn(row, 'v_loss_db'),
    gain('sum') - numberIn(row, 'gain_sum_dbi'),
    gain('weighted') - numberIn(row, 'gain_weighted_dbi'),
    gain('hybrid') - numberIn(row, 'gain_hybrid_dbi'),
  );
}

function rsrpOf(row: VectorRow): number {
  const [model, state] = (row.model ?? '').split('_');
  const link = {
    state: (state ?? '').toUpperCase() as SightState,
    distance2dM: numberIn(row, 'd2d_m'),
    baseHeightM: numberIn(row, 'h_bs_m'),
    userHeightM: numberIn(row, 'h_ut_m'),
    frequencyGhz: numberIn(row, 'f_GHz'),
  };
  const lossDb = model === 'uma' ? umaPathLossDb(link) : umiPathLossDb(link);
  return numberIn(row, 'epre_dbm') + numberIn(row, 'g_ssb_dbi') - numberIn(row, 'l_feeder_db') - lossDb;
}

function sinrDifference(row: VectorRow): number {
  const numbers = (text = ''): number[] => text.split(' ').filter(Boolean).map(Number);
  const loads = numbers(row.loads);
  const interferers = numbers(row.rsrp_interferers_dbm).map((levelDbm, i) => ({ levelDbm, load: loads[i]! }));
  const servingDbm = numberIn(row, 'rsrp_serving_dbm');
  return nrSinrDb(servingDbm, interferers, numberIn(row, 'noise_per_re_dbm')) - numberIn(row, 'sinr_db');
}

function levelOf(row: VectorRow, state: SightState): number {
  const loss = row.model === 'UMa' ? umaPathLossDb : umiPathLossDb;
  const link = {
    state,
    distance2dM: numberIn(row, 'd2d_m'),
    baseHeightM: numberIn(row, 'h_bs_m'),
    userHeightM: 1.5,
    frequencyGhz: numberIn(row, 'f_GHz'),
  };
  return numberIn(row, 'eirp_per_re_dbm') - loss(link);
}

function mixedOf(row: VectorRow): number {
  const model = row.model === 'UMa' ? 'UMa' : 'UMi';
  const distanceM = numberIn(row, 'd2d_m');
  return mixedCoverageProbability(
    {
      losProbability: model === 'UMa' ? umaLosProbability(distanceM, 1.5) : umiLosProbability(distanceM),
      losLevelDbm: levelOf(row, 'LOS'),
      nlosLevelDbm: levelOf(row, 'NLOS'),
      losSigmaDb: shadowSigmaDb(model, 'LOS'),
      nlosSigmaDb: shadowSigmaDb(model, 'NLOS'),
    },
    numberIn(row, 'threshold_dbm'),
  );
}

function marginOf(row: VectorRow): number {
  return numberIn(row, 'sigma_db') * normalQuantile(numberIn(row, 'p_edge'));
}
