// One pattern per sector, for interference: the map's pattern (form-pattern.ts) knows the strongest sector alone, but the
// others send too. Sectors with the same antenna and tilts share one table whatever their azimuths: it looks north and is read
// at the direction less the azimuth. A table takes one megabyte and a few milliseconds.
import type { StationForm } from '../model/equipment-profile.ts';
import { type AntennaSector, makeGainTable } from '../radio/antenna-gain-table.ts';
import { sectorsOf } from './form-pattern.ts';
import { patternAt } from './hear-station.ts';

export interface SectorPattern {
  /** Loss below the peak, looking north, laid like `formPattern`. */
  readonly lossDb: Float32Array;
  /** Azimuth in half degrees, 0..720. */
  readonly azimuthSteps: number;
}

/** The sectors of each form, in the order of their azimuths; keep the function for as long as the tables shall be kept. */
export function makeSectorPatterns(): (form: StationForm) => readonly SectorPattern[] {
  const byForm = new Map<StationForm, readonly SectorPattern[]>();
  const tables = new Map<AntennaSector['antenna'], Map<string, Float32Array>>();
  return (form) => {
    const known = byForm.get(form);
    if (known) return known;
    const made = sectorsOf(form).map((sector) => {
      const north = { ...sector, azimuthDeg: 0 };
      const key = `${sector.electricalTiltDeg} ${sector.mechanicalTiltDeg}`;
      const ofAntenna = tables.get(sector.antenna) ?? new Map<string, Float32Array>();
      tables.set(sector.antenna, ofAntenna);
      const lossDb = ofAntenna.get(key) ?? makeGainTable([north]).lossDb;
      ofAntenna.set(key, lossDb);
      return { lossDb, azimuthSteps: 2 * (sector.azimuthDeg - 360 * Math.floor(sector.azimuthDeg / 360)) };
    });
    byForm.set(form, made);
    return made;
  };
}

/** Loss in dB for an elevation above straight down and a direction from north, both in half degrees. */
export function sectorLossDb(
  { lossDb, azimuthSteps }: SectorPattern,
  elevation: number,
  direction: number,
): number {
  const ahead = direction - azimuthSteps;
  return patternAt(lossDb, elevation, ahead < 0 ? ahead + 720 : ahead);
}
