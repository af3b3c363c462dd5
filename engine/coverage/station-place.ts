// A station for the coverage step: where its antenna hangs in the zone and which form it has.
import type { StationForm } from '../model/equipment-profile.ts';

export interface StationPlace {
  readonly eastM: number;
  readonly northM: number;
  /** Antenna centre above the ground at the site, metres. */
  readonly heightM: number;
  readonly form: StationForm;
}
