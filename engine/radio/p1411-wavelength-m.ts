// Wavelength as the published implementations of ITU-R P.1411 take it: 2.998e8 m/s. The light speed belongs to the edition;
// another value moves a breakpoint by 0.07 %.

/** Metres, from GHz. */
export function p1411WavelengthM(frequencyGhz: number): number {
  return 0.2998 / frequencyGhz;
}
