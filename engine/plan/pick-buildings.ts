// Only the buildings near a place: a few hundred out of a city's hundred thousand, so that one site is explained quickly.
import type { BuildingSet } from '../model/buildings.ts';
import type { Box } from '../model/geometry.ts';

/** Buildings whose own box touches the box, in their order. One pass over all positions. */
export function pickBuildings(set: BuildingSet, box: Box): BuildingSet {
  const { positions, ringStarts, buildingStarts, heightM } = set;
  const picked: number[] = [];
  let rings = 0;
  let vertices = 0;
  for (let building = 0; building < heightM.length; building++) {
    const first = ringStarts[buildingStarts[building]!]!;
    const end = ringStarts[buildingStarts[building + 1]!]!;
    if (!touches(positions, first, end, box)) continue;
    picked.push(building);
    rings += buildingStarts[building + 1]! - buildingStarts[building]!;
    vertices += end - first;
  }
  const out = {
    positions: new Float64Array(2 * vertices),
    ringStarts: new Uint32Array(rings + 1),
    buildingStarts: new Uint32Array(picked.length + 1),
    heightM: new Float32Array(picked.length),
  };
  let ring = 0;
  let vertex = 0;
  for (const [index, building] of picked.entries()) {
    out.heightM[index] = heightM[building]!;
    for (let from = buildingStarts[building]!; from < buildingStarts[building + 1]!; from++) {
      out.positions.set(positions.subarray(2 * ringStarts[from]!, 2 * ringStarts[from + 1]!), 2 * vertex);
      vertex += ringStarts[from + 1]! - ringStarts[from]!;
      out.ringStarts[++ring] = vertex;
    }
    out.buildingStarts[index + 1] = ring;
  }
  return out;
}

function touches(positions: Float64Array, first: number, end: number, box: Box): boolean {
  let west = Infinity;
  let south = Infinity;
  let east = -Infinity;
  let north = -Infinity;
  for (let at = 2 * first; at < 2 * end; at += 2) {
    west = Math.min(west, positions[at]!);
    east = Math.max(east, positions[at]!);
    south = Math.min(south, positions[at + 1]!);
    north = Math.max(north, positions[at + 1]!);
  }
  return west <= box[2] && east >= box[0] && south <= box[3] && north >= box[1];
}
