// The four-kilometre check profile with its Bullington, Deygout and P.1812 results: profile_diffraction_p1812.json. Its stated
// tolerances are finer than the four digits it prints, so tests compare to the last printed digit.
import { readFileSync } from 'node:fs';

interface DiffractionRow {
  readonly f_GHz: number;
  readonly h_tx_agl_m: number;
  readonly h_rx_agl_m: number;
  readonly profile: 'terrain' | 'terrain+clutter';
  readonly bullington_nu: number;
  readonly bullington_db: number;
  readonly deygout3_nu_principal: number;
  readonly deygout3_nu_tx: number;
  readonly deygout3_nu_rx: number;
  readonly deygout3_db: number;
}

interface P1812Row {
  readonly f_GHz: number;
  readonly h_tx_agl_m: number;
  readonly h_rx_agl_m: number;
  readonly time_percent: number;
  readonly location_percent: number;
  readonly sigma_l_db: number;
  readonly lb_db: number;
}

interface DiffractionFile {
  readonly settings: {
    readonly effective_earth_radius_km: number;
    readonly delta_N: number;
    readonly N0: number;
    readonly tx_lat: number;
    readonly rx_lat: number;
  };
  readonly profile: {
    readonly d_km: readonly number[];
    readonly h_m: readonly number[];
    readonly clutter_m: readonly number[];
  };
  readonly diffraction: readonly DiffractionRow[];
  readonly p1812: readonly P1812Row[];
}

/** Printed results have four decimals: half of the last one, and the rounding of the inputs. */
export const PRINTED_DB = 0.00006;
/** Parameters nu are printed with six. */
export const PRINTED_NU = 0.0000006;

export function readDiffractionVectors() {
  const name = 'profile_diffraction_p1812.json';
  const text = readFileSync(new URL(`../fixtures/vectors/${name}`, import.meta.url), 'utf8');
  // The fixture is ours and fixed; its shape is the one above.
  const file = JSON.parse(text) as DiffractionFile;
  const distanceKm = Float64Array.from(file.profile.d_km);
  const groundM = Float64Array.from(file.profile.h_m);
  const clutterM = Float64Array.from(file.profile.clutter_m);
  const last = groundM.length - 1;
  const withClutterM = groundM.map((height, i) => (i === 0 || i === last ? height : height + clutterM[i]!));
  const linkOf = (row: DiffractionRow) => ({
    txHeightAmslM: groundM[0]! + row.h_tx_agl_m,
    rxHeightAmslM: groundM[last]! + row.h_rx_agl_m,
    frequencyGhz: row.f_GHz,
    effectiveEarthRadiusKm: file.settings.effective_earth_radius_km,
  });
  const profileOf = (row: DiffractionRow) => ({
    distanceKm,
    heightM: row.profile === 'terrain' ? groundM : withClutterM,
  });
  return { ...file, name, distanceKm, groundM, clutterM, linkOf, profileOf };
}
