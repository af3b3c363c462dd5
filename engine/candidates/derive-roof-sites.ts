// Roofs large and high enough to carry a station: one candidate per building, on its outline's centre of mass when that is
// on the roof, otherwise at the inner point farthest from the edges. The antenna stands on a 3 m mast.

import { assumedBuildingHeightM } from '../geo/assumed-building-height.ts';
import { boxOf } from '../geo/box.ts';
import { pointInMultiPolygon } from '../geo/point-in-multi-polygon.ts';
import { cos } from '../geo/steady-math.ts';
import type { BuildingSet } from '../model/buildings.ts';
import type { LonLat, MultiPolygon } from '../model/geometry.ts';
import { type DerivedSite, makeDerivedSite } from './derived-site.ts';
import { type FlatRing, roofPoint } from './roof-point.ts';

const MAST_M = 3;
const METRES_PER_DEGREE = 111_320;

/** Sorted by id. Buildings without a height get `assumedHeightM`, or one by roof size when that is left out. */
export function deriveRoofSites(input: {
  readonly buildings: BuildingSet;
  readonly within: MultiPolygon | null;
  readonly minAreaM2: number;
  readonly minHeightM: number;
  readonly assumedHeightM?: number;
  /** Resource type of the candidates; 住宅天面 when left out. */
  readonly resourceType?: string;
}): DerivedSite[] {
  const { buildings, within } = input;
  const box = within ? boxOf(within) : null;
  const sites = new Map<string, DerivedSite>();
  for (let index = 0; index < buildings.heightM.length; index++) {
    const roof = roofOf(buildings, index);
    if (!roof || roof.areaM2 < input.minAreaM2) continue;
    const mapped = buildings.heightM[index]!;
    const heightAssumed = !(mapped > 0);
    const heightM = heightAssumed ? (input.assumedHeightM ?? assumedBuildingHeightM(roof.areaM2)) : mapped;
    if (heightM < input.minHeightM) continue;
    const [lon, lat] = roof.position;
    if (box && (lon < box[0] || lon > box[2] || lat < box[1] || lat > box[3])) continue;
    if (within && !pointInMultiPolygon(roof.position, within)) continue;
    const site = makeDerivedSite({
      kind: 'roof',
      name: `候选屋面 ${Math.round(heightM)} m`,
      resourceType: input.resourceType ?? '住宅天面',
      position: roof.position,
      heightM: heightM + MAST_M,
      heightAssumed,
    });
    if (!sites.has(site.id)) sites.set(site.id, site);
  }
  return [...sites.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Roof area and antenna position, in a flat frame around the building's first vertex. */
function roofOf(set: BuildingSet, index: number): { position: LonLat; areaM2: number } | null {
  const firstRing = set.buildingStarts[index]!;
  const endRing = set.buildingStarts[index + 1]!;
  const first = 2 * set.ringStarts[firstRing]!;
  if (endRing <= firstRing || set.ringStarts[firstRing + 1]! - set.ringStarts[firstRing]! < 3) return null;
  const originLon = set.positions[first]!;
  const originLat = set.positions[first + 1]!;
  const lonM = METRES_PER_DEGREE * cos((originLat * Math.PI) / 180);
  const rings: FlatRing[] = [];
  for (let ring = firstRing; ring < endRing; ring++) {
    const flat: [number, number][] = [];
    for (let v = set.ringStarts[ring]!; v < set.ringStarts[ring + 1]!; v++) {
      flat.push([
        (set.positions[2 * v]! - originLon) * lonM,
        (set.positions[2 * v + 1]! - originLat) * METRES_PER_DEGREE,
      ]);
    }
    rings.push(flat);
  }
  const point = roofPoint(rings);
  if (!point) return null;
  return {
    areaM2: point.areaM2,
    position: [originLon + point.x / lonM, originLat + point.y / METRES_PER_DEGREE],
  };
}
