// Signal over interference and noise in one resource element, summed in milliwatts: S / (Σ η·I + N).
// SS-SINR: every neighbour sends its SSB at the same time, load 1 whatever the traffic. PDSCH: the neighbours' resource load.
// Own other sectors interfere like neighbours; other carriers do not.
import { log10, pow } from '../geo/steady-math.ts';

export interface Interferer {
  /** Level per resource element at the receiver. */
  readonly levelDbm: number;
  /** Share of its resource elements that are sent, 0..1. */
  readonly load: number;
}

/** SINR in dB; all levels per resource element. */
export function nrSinrDb(servingDbm: number, interferers: readonly Interferer[], noiseDbm: number): number {
  let disturbanceMw = pow(10, noiseDbm / 10);
  for (const { levelDbm, load } of interferers) disturbanceMw += load * pow(10, levelDbm / 10);
  return servingDbm - 10 * log10(disturbanceMw);
}
