// Totals by area and by district, from the same grades per bin that the raster shows. A bin cut by a border counts with the
// share of its ground that lies inside.
import { FULL_GRADE_VALUE, GRADE_VALUE, HALF_GRADE } from '../coverage/probability-grades.ts';
import { pointInMultiPolygon } from '../geo/point-in-multi-polygon.ts';
import type { DemandGrid, ZoneShare } from '../grid/demand-grid.ts';
import type { MultiPolygon } from '../model/geometry.ts';
import type { AreaTotal } from '../model/plan.ts';
import type { Site } from '../model/site.ts';
import type { Credits } from './credit-steps.ts';

interface Zone {
  readonly id: string;
  readonly name: string;
  readonly geometry: MultiPolygon;
  readonly share: ZoneShare;
}

interface OpenSites {
  readonly existing: readonly Site[];
  readonly chosen: readonly Site[];
}

export function zoneTotal(zone: Zone, grid: DemandGrid, credits: Credits, open: OpenSites): AreaTotal {
  const { bins, areaM2 } = zone.share;
  const { best, bestByExisting } = credits;
  let groundM2 = 0;
  let weight = 0;
  let covered = 0;
  let coveredBinary = 0;
  let coveredBefore = 0;
  let people = 0;
  let coveredPeople = 0;
  for (let index = 0; index < bins.length; index++) {
    const bin = bins[index]!;
    groundM2 += areaM2[index]!;
    if (grid.indoor[bin] === 1) continue;
    const inside = grid.areaM2[bin]! > 0 ? Math.min(1, areaM2[index]! / grid.areaM2[bin]!) : 0;
    const weightInside = grid.weight[bin]! * inside;
    const value = GRADE_VALUE[best[bin]!]! / FULL_GRADE_VALUE;
    weight += weightInside;
    covered += weightInside * value;
    coveredBefore += (weightInside * GRADE_VALUE[bestByExisting[bin]!]!) / FULL_GRADE_VALUE;
    if (best[bin]! >= HALF_GRADE) coveredBinary += weightInside;
    if (grid.people) {
      people += grid.people[bin]! * inside;
      coveredPeople += grid.people[bin]! * inside * value;
    }
  }
  const shareOf = (part: number) => (weight > 0 ? part / weight : 0);
  const inside = (site: Site) => pointInMultiPolygon(site.position, zone.geometry);
  const chosen = open.chosen.filter(inside);
  return {
    id: zone.id,
    name: zone.name,
    bins: bins.length,
    areaKm2: groundM2 / 1e6,
    people: grid.people ? people : null,
    newSites: chosen.length,
    existingSites: open.existing.filter(inside).length,
    costCny: chosen.reduce((sum, site) => sum + site.costCny, 0),
    coveredShare: shareOf(covered),
    coveredShareBinary: shareOf(coveredBinary),
    existingShare: shareOf(coveredBefore),
    coveredPeople: grid.people ? coveredPeople : null,
  };
}
