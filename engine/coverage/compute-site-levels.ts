// The levels of one station bin by bin, for the map and for best servers. Cost: one hear-station, every ray cast.
import type { CoverageModel } from './coverage-model.ts';
import type { SiteLevels } from './footprints.ts';
import { Heard, hearStation } from './hear-station.ts';
import type { StationPlace } from './station-place.ts';

/** All outdoor bins in the service radius, also those below the lowest level (`reached` 0). */
export function computeSiteLevels(model: CoverageModel, place: StationPlace): SiteLevels {
  const heard = new Heard();
  hearStation(model, place, heard, null);
  return {
    bins: heard.bins.slice(0, heard.count),
    level: heard.level.slice(0, heard.count),
    reached: heard.reached.slice(0, heard.count),
  };
}
