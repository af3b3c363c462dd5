// Plain decisions about target areas.
import {
  type Box,
  boxOf,
  joinBoxes,
  type LonLat,
  type MultiPolygon,
  waterKind,
} from '../../../engine/index.ts';
import type { AreaJson } from '../../../server/contract/areas.ts';

/** Suggested kinds; any other text is as good (domain reference 4.4). */
export const areaKinds = [
  '高密区',
  '密集区',
  '一般区',
  '边缘区',
  '枢纽',
  '学校',
  '医院',
  '场馆',
  '景区',
  '商圈',
  '园区',
  '政务',
  '住宅',
  '高速',
  '高铁',
  '市政道路',
] as const;

export function isTarget(area: AreaJson): boolean {
  return area.kind !== waterKind;
}

/** West, south, east, north around all areas, or null for none. */
export function boxOfAreas(areas: readonly AreaJson[]): Box | null {
  let box: Box | null = null;
  for (const area of areas) {
    const own = boxOf(toMultiPolygon(area));
    box = box === null ? own : joinBoxes(box, own);
  }
  return box;
}

function toMultiPolygon({ geometry }: AreaJson): MultiPolygon {
  return {
    type: 'MultiPolygon',
    coordinates: geometry.coordinates.map((rings) =>
      rings.map((ring) => ring.map((at): LonLat => [at[0] ?? 0, at[1] ?? 0])),
    ),
  };
}
