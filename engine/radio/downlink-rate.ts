// Expected downlink rate by a truncated Shannon curve: 3GPP TR 36.942 Annex A.1 with attenuation 0.6, nothing below -10 dB,
// and a highest efficiency. An average over users and fading for planning, not what one phone will show.
import { log10, pow } from '../geo/steady-math.ts';

export interface RateModel {
  /** Share of Shannon's bits that real links carry. */
  readonly attenuation: number;
  /** Below this SINR nothing is sent. */
  readonly leastSinrDb: number;
  readonly mostBitsPerHz: number;
  /** Share of the resource elements that carries no data. */
  readonly overheadShare: number;
  /** Streams sent at once, each at this SINR. */
  readonly layers: number;
}

export interface RateCarrier {
  readonly resourceBlocks: number;
  readonly subcarrierKhz: number;
  /** 1 for FDD. */
  readonly tddDownlinkShare: number;
}

/** TR 36.942 Annex A as printed: 64QAM, 4.4 bit/s/Hz, its efficiency already without overhead. */
export const lteRateModel: RateModel = {
  attenuation: 0.6,
  leastSinrDb: -10,
  mostBitsPerHz: 4.4,
  overheadShare: 0,
  layers: 1,
};

/** The same curve for NR: 256QAM ends at 7.4063 (TS 38.214 table 5.2.2.1-3, CQI 15), overhead 0.14 (TS 38.306 4.1.2, FR1). */
export const nrRateModel: RateModel = { ...lteRateModel, mostBitsPerHz: 7.4063, overheadShare: 0.14 };

/** Mbit/s of the whole carrier for one user alone on it. */
export function downlinkRateMbps(
  sinrDb: number,
  carrier: RateCarrier,
  model: RateModel = nrRateModel,
): number {
  if (!(sinrDb >= model.leastSinrDb)) return 0;
  const shannon = model.attenuation * (log10(1 + pow(10, sinrDb / 10)) / log10(2));
  const bitsPerHz = Math.min(shannon, model.mostBitsPerHz) * (1 - model.overheadShare) * model.layers;
  const bandwidthMhz = (carrier.resourceBlocks * 12 * carrier.subcarrierKhz) / 1000;
  return bitsPerHz * bandwidthMhz * carrier.tddDownlinkShare;
}
