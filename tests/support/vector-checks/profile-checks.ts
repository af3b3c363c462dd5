// Models over a profile: knife edge, Bullington, Deygout, P.1812.
import {
  bullingtonLossDb,
  bullingtonParameter,
  deygoutLoss,
  fresnelRadiusM,
  knifeEdgeLossDb,
  knifeEdgeParameter,
  p1812LossDb,
} from '../../../engine/index.ts';
import { PRINTED_DB, PRINTED_NU, readDiffractionVectors } from '../diffraction-vectors.ts';
import { numberIn } from '../vector-file.ts';
import { type Compared, largestOf, rowCheck, type VectorCheck } from './vector-check.ts';

const PROFILE = { file: 'profile_diffraction_p1812.json', rows: 24, unit: 'dB' } as const;
const P526 = { edition: 'P.526-15' } as const;
/** How the vector file writes a side of the path without a sample. */
const NO_EDGE = -99;

export const profileChecks: readonly VectorCheck[] = [
  rowCheck({
    ...P526,
    what: 'knife edge J(ν)',
    clause: 'ITU-R P.526 section 4.1',
    file: 'p526_knife_edge.csv',
    rows: 16,
    tolerance: 0.0001,
    difference: (row) => knifeEdgeLossDb(numberIn(row, 'nu')) - numberIn(row, 'J_approx_db'),
  }),
  rowCheck({
    ...P526,
    what: 'J(ν) against the Fresnel integral, -0.7 < ν < 10',
    clause: 'ITU-R P.526 section 4.1',
    file: 'p526_knife_edge.csv',
    rows: 12,
    tolerance: 0.124,
    pick: (row) => numberIn(row, 'nu') > -0.7,
    difference: (row) => knifeEdgeLossDb(numberIn(row, 'nu')) - numberIn(row, 'J_exact_db'),
  }),
  rowCheck({
    ...P526,
    what: 'ν, loss and Fresnel radius of one edge',
    clause: 'ITU-R P.526 section 4.1',
    file: 'p526_knife_edge_geometry.csv',
    rows: 7,
    tolerance: 'stated',
    difference: (row) => {
      const fromTransmitterM = numberIn(row, 'd1_m');
      const fromReceiverM = numberIn(row, 'd2_m');
      const frequencyGhz = numberIn(row, 'f_GHz');
      const heightAboveRayM = numberIn(row, 'h_m');
      const edge = knifeEdgeParameter({ heightAboveRayM, fromTransmitterM, fromReceiverM, frequencyGhz });
      return largestOf(
        edge - numberIn(row, 'nu'),
        knifeEdgeLossDb(edge) - numberIn(row, 'J_db'),
        fresnelRadiusM(fromTransmitterM, fromReceiverM, frequencyGhz) - numberIn(row, 'fresnel_r1_m'),
      );
    },
  }),
  {
    ...PROFILE,
    ...P526,
    what: 'Bullington over terrain and clutter',
    clause: 'ITU-R P.526 section 4.5.1',
    compare: () =>
      overProfile(PRINTED_DB, (row, vectors) => [
        bullingtonLossDb(vectors.profileOf(row), vectors.linkOf(row)) - row.bullington_db,
      ]),
  },
  {
    ...PROFILE,
    ...P526,
    what: 'ν of its equivalent edge',
    clause: 'ITU-R P.526 section 4.5.1',
    unit: 'of ν',
    compare: () =>
      overProfile(PRINTED_NU, (row, vectors) => [
        bullingtonParameter(vectors.profileOf(row), vectors.linkOf(row)) - row.bullington_nu,
      ]),
  },
  {
    ...PROFILE,
    what: 'Deygout, three edges',
    clause: 'ITU-R P.526, cascaded edges',
    edition: 'one public code',
    compare: () =>
      overProfile(0.0001, (row, vectors) => [
        deygoutLoss(vectors.profileOf(row), vectors.linkOf(row)).lossDb - row.deygout3_db,
      ]),
  },
  {
    ...PROFILE,
    what: 'ν of the three edges',
    clause: 'ITU-R P.526, cascaded edges',
    edition: 'one public code',
    unit: 'of ν',
    compare: () =>
      overProfile(PRINTED_NU, (row, vectors) => {
        const edges = deygoutLoss(vectors.profileOf(row), vectors.linkOf(row));
        return [
          edgeDifference(edges.principal, row.deygout3_nu_principal),
          edgeDifference(edges.txSide, row.deygout3_nu_tx),
          edgeDifference(edges.rxSide, row.deygout3_nu_rx),
        ];
      }),
  },
  {
    ...PROFILE,
    what: 'point to area over terrain and clutter, all parts blended',
    clause: 'ITU-R P.1812 section 4',
    edition: 'P.1812-7, -8',
    compare: compareP1812,
  },
];

type Vectors = ReturnType<typeof readDiffractionVectors>;

function overProfile(
  tolerance: number,
  differences: (row: Vectors['diffraction'][number], vectors: Vectors) => number[],
): Compared {
  const vectors = readDiffractionVectors();
  return worstOf(
    tolerance,
    vectors.diffraction.map((row) => [row, largestOf(...differences(row, vectors))]),
  );
}

function compareP1812(): Compared {
  const { p1812, settings, distanceKm, groundM, clutterM } = readDiffractionVectors();
  const lossDb = (row: Vectors['p1812'][number]): number =>
    p1812LossDb({
      profile: { distanceKm, groundM, clutterM },
      frequencyGhz: row.f_GHz,
      timePercent: row.time_percent,
      locationPercent: row.location_percent,
      locationSigmaDb: row.sigma_l_db,
      polarisation: 'vertical',
      txHeightM: row.h_tx_agl_m,
      rxHeightM: row.h_rx_agl_m,
      latitudeDeg: (settings.tx_lat + settings.rx_lat) / 2,
      lapseRate: settings.delta_N,
      surfaceRefractivity: settings.N0,
    });
  return worstOf(
    0.0001,
    p1812.map((row) => [row, Math.abs(lossDb(row) - row.lb_db)]),
  );
}

function worstOf(tolerance: number, sizes: readonly (readonly [row: unknown, size: number])[]): Compared {
  const [row, largest] = sizes.reduce((worst, next) => (next[1] <= worst[1] ? worst : next));
  return { rows: sizes.length, tolerance, largest, row: JSON.stringify(row) };
}

function edgeDifference(edge: number, printed: number): number {
  return printed === NO_EDGE ? Number(edge !== Number.NEGATIVE_INFINITY) : edge - printed;
}
