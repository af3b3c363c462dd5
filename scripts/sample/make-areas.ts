// Target areas of the made-up district: the built-up area, the core, key areas with the words of the field, the strip
// along the expressway, and the water no plan counts.
import type { TargetArea } from '../../engine/index.ts';
import { type BigLines, bandAround } from './big-lines.ts';
import type { Place } from './ground.ts';
import type { Cell, Lattice } from './lattice.ts';
import { makeNames } from './names.ts';
import type { Random } from './random.ts';
import { closedRing, groundOf } from './territory.ts';
import type { ZoneUse } from './zones.ts';

export const BUILT_UP_ID = 'sample-built-up';
const CORE_REACH = 0.26;
const CORRIDOR_HALF_WIDTH_M = 120;

/** Use of a superblock → kind of key area, the ending of its name, and how many are listed at the most. */
const KEY_AREAS: readonly (readonly [ZoneUse, string, string, number])[] = [
  ['commercial', '商圈', '商圈', 3],
  ['campus', '学校', '学园', 5],
  ['hospital', '医院', '医院', 3],
  ['station', '枢纽', '站', 2],
  ['industry', '园区', '产业园', 3],
  ['government', '政务', '政务中心', 1],
];

export interface AreaParts {
  readonly lattice: Lattice;
  readonly uses: readonly ZoneUse[];
  readonly builtUp: readonly Cell[];
  readonly lines: BigLines;
  readonly lakes: readonly (readonly Place[])[];
}

export function makeAreas(random: Random, districtName: string, parts: AreaParts): TargetArea[] {
  const { lattice, uses, builtUp, lines, lakes } = parts;
  const names = makeNames(random);
  const areas: TargetArea[] = [
    { id: BUILT_UP_ID, name: `${districtName}建成区`, kind: '一般区', geometry: groundOf(lattice, builtUp) },
    {
      id: 'sample-core',
      name: `${districtName}中心城区`,
      kind: '高密区',
      geometry: groundOf(
        lattice,
        lattice.cells.filter((cell, index) => index === 0 || cell.reach < CORE_REACH),
      ),
    },
    corridor(lattice, lines),
    water(
      'sample-river',
      '芦溪河',
      bandAround(lines.river, (index) => lines.riverHalfWidthM[index]!),
    ),
    ...lakes.map((lake, index) => water(`sample-lake-${index + 1}`, `${names.place()}湖`, lake)),
  ];
  for (const [use, kind, ending, most] of KEY_AREAS) {
    lattice.cells
      .filter((_, index) => uses[index] === use)
      .slice(0, most)
      .forEach((cell, index) => {
        areas.push({
          id: `sample-${use.replaceAll(' ', '-')}-${index + 1}`,
          name: `${names.place()}${ending}`,
          kind,
          geometry: groundOf(lattice, [cell]),
        });
      });
  }
  return areas;
}

function corridor(lattice: Lattice, lines: BigLines): TargetArea {
  const path = lines.expressway.filter((place) => Math.hypot(...place) < lattice.radiusM * 0.85);
  const ring = bandAround(path, () => CORRIDOR_HALF_WIDTH_M);
  const geometry: TargetArea['geometry'] = { type: 'MultiPolygon', coordinates: [[closedRing(ring)]] };
  return { id: 'sample-corridor', name: '云望快速路走廊', kind: '市政道路', geometry };
}

function water(id: string, name: string, ring: readonly Place[]): TargetArea {
  return { id, name, kind: '水域', geometry: { type: 'MultiPolygon', coordinates: [[closedRing(ring)]] } };
}
