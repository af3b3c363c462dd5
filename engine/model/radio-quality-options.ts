// What SINR, rates and indoor levels are computed with. Practice defaults (propagation reference 10.3 and 3.5), printed beside
// the shares they lead to.
export interface RadioQualityOptions {
  /** Share of the neighbours' resource elements that carry data, 0..1: 0.3 suburb, 0.5 city, 1 the worst case. */
  readonly load: number;
  /** Walls of 3GPP TR 38.901 7.4.3.1: low loss (plain glass) or high loss (coated glass). */
  readonly indoorBuilding: 'low' | 'high';
}

export const defaultRadioQuality: RadioQualityOptions = { load: 0.5, indoorBuilding: 'low' };
