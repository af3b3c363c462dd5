// Ground for engine tests, built in metres of the Shanghai zone: rectangles, buildings and equipment without surprises.
import {
  type BuildingSet,
  type LonLat,
  localZone,
  type MultiPolygon,
  type StationForm,
} from '../../engine/index.ts';

export const zone = localZone(4549);
/** A round corner of the zone near Shanghai: all metres of these tests count from here. */
export const ORIGIN_EAST_M = 640_000;
export const ORIGIN_NORTH_M = 3_458_000;

/** The position this far east and north of the origin. */
export function at(eastM: number, northM: number): LonLat {
  return zone.toDegrees(ORIGIN_EAST_M + eastM, ORIGIN_NORTH_M + northM);
}

/** Corners in metres to a closed ring. */
export function ringOf(corners: readonly (readonly [number, number])[]): LonLat[] {
  const ring = corners.map(([eastM, northM]) => at(eastM, northM));
  return [...ring, ring[0]!];
}

export function polygonOf(...rings: (readonly (readonly [number, number])[])[]): MultiPolygon {
  return { type: 'MultiPolygon', coordinates: [rings.map(ringOf)] };
}

export function corners(west: number, south: number, east: number, north: number): [number, number][] {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
  ];
}

export function rectangle(west: number, south: number, east: number, north: number): MultiPolygon {
  return polygonOf(corners(west, south, east, north));
}

/** Rectangular buildings: west, south, east, north in metres and height (NaN when unknown). */
export function buildingsOf(...boxes: [number, number, number, number, number][]): BuildingSet {
  const positions = boxes.flatMap(([west, south, east, north]) =>
    corners(west, south, east, north).flatMap(([e, n]) => [...at(e, n)]),
  );
  return {
    positions: Float64Array.from(positions),
    ringStarts: Uint32Array.from({ length: boxes.length + 1 }, (_, i) => 4 * i),
    buildingStarts: Uint32Array.from({ length: boxes.length + 1 }, (_, i) => i),
    heightM: Float32Array.from(boxes, (box) => box[4]),
  };
}

/** An antenna that radiates alike in all directions: what remains is path loss alone. */
export const allRound: StationForm = {
  model: 'UMi',
  aboveRoofs: false,
  totalPowerDbm: 43,
  ports: 4,
  ssbGainDbi: 8,
  trafficGainDbi: 8,
  feederLossDb: 0,
  roadHeightM: 0,
  azimuthsDeg: [],
  horizontalWidthDeg: 360,
  verticalWidthDeg: 1e9,
  downtiltDeg: 0,
  mechanicalTiltDeg: 0,
  frontToBackDb: 20,
  serviceRadiusM: 400,
};
