// The levels of one station bin by bin, for the map and for best servers. Cost: one hear-station.
import type { CoverageModel } from './coverage-model.ts';
import type { SiteLevels } from './footprints.ts';
import { Heard, hearStation } from './hear-station.ts';
import type { StationPlace } from './station-place.ts';

/** All outdoor bins within the radius (the service radius unless given), also those that are hardly ever served. */
export function computeSiteLevels(model: CoverageModel, place: StationPlace, radiusM?: number): SiteLevels {
  hearStation(model, place, heard, true, radiusM);
  return {
    bins: heard.bins.slice(0, heard.count),
    level: heard.level.slice(0, heard.count),
    grade: heard.grade.slice(0, heard.count),
    seen: heard.seen.slice(0, heard.count),
  };
}

/** Kept between calls: its arrays are large. */
const heard = new Heard();
