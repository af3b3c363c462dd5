// Streets: the lattice lines are the main ones; inside a superblock, cuts at uneven places make side streets and leave
// blocks. A side street ends at the river, a main one crosses it when it is wide enough to deserve a bridge.

import type { BigLines } from './big-lines.ts';
import type { Bend, Place } from './ground.ts';
import { type GroundMask, WATER } from './ground-mask.ts';
import { type Cell, edgePlaces, type Lattice } from './lattice.ts';
import { makeNames } from './names.ts';
import type { Random } from './random.ts';
import type { ZoneUse } from './zones.ts';

export interface Street {
  readonly name: string;
  readonly roadClass: 'trunk' | 'primary' | 'secondary' | 'tertiary' | 'residential';
  readonly path: readonly Place[];
}

export interface Block {
  readonly cell: number;
  readonly use: ZoneUse;
  readonly u0: number;
  readonly u1: number;
  readonly v0: number;
  readonly v1: number;
}

export interface StreetPlan {
  readonly streets: readonly Street[];
  readonly blocks: readonly Block[];
  /** Where two main streets cross, with the wider one's class. */
  readonly crossings: readonly { readonly place: Place; readonly roadClass: Street['roadClass'] }[];
}

/** Half the carriageway with pavements, metres: what houses keep clear of. */
export const HALF_WIDTH_M: Record<Street['roadClass'], number> = {
  trunk: 22,
  primary: 20,
  secondary: 15,
  tertiary: 11,
  residential: 6,
};

/** How long a block may be before it is cut again, metres. Fields and works stay large. */
const BLOCK_SIDE_M: Record<ZoneUse, number> = {
  core: 165,
  commercial: 190,
  'high-rise housing': 260,
  'slab housing': 240,
  'old town': 140,
  industry: 320,
  campus: 400,
  hospital: 300,
  government: 260,
  station: 340,
  park: 700,
  village: 230,
  fields: 420,
};

interface Line {
  readonly axis: 'u' | 'v';
  /** Where the line lies: u for an axis-u line (it runs along v), and the other way round. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

export function makeStreets(
  random: Random,
  lattice: Lattice,
  uses: readonly ZoneUse[],
  lines: BigLines,
  mask: GroundMask,
): StreetPlan {
  const names = makeNames(random);
  const ends: Junctions = new Map();
  const sideLines: Line[] = [];
  const blocks: Block[] = [];
  lattice.cells.forEach((cell, index) => {
    cut(
      random,
      { cell: index, use: uses[index]!, u0: cell.u0, u1: cell.u1, v0: cell.v0, v1: cell.v1 },
      blocks,
      sideLines,
      ends,
    );
  });
  const streets: Street[] = [];
  addMainStreets(lattice, names.road, ends, mask, streets);
  for (const line of sideLines) {
    const name = names.road(line.axis === 'u' ? '支路' : '弄');
    for (const path of dryPieces(drawLine(lattice.bend, line, ends), mask)) {
      streets.push({ name, roadClass: 'residential', path });
    }
  }
  if (lines.ring.length > 0) streets.push({ name: '环城高架路', roadClass: 'trunk', path: lines.ring });
  const expressway = lines.expressway.filter((place) => Math.hypot(...place) < lattice.radiusM * 1.2);
  streets.push({ name: '云望快速路', roadClass: 'trunk', path: expressway });
  return { streets, blocks, crossings: crossingsOf(lattice) };
}

/** Coordinates along a line at which other lines meet it, keyed by axis and place. */
type Junctions = Map<string, Set<number>>;

function meet(ends: Junctions, axis: 'u' | 'v', at: number, along: number): void {
  const key = `${axis}${at}`;
  const known = ends.get(key);
  if (known) known.add(along);
  else ends.set(key, new Set([along]));
}

function cut(random: Random, block: Block, blocks: Block[], lines: Line[], ends: Junctions): void {
  const width = block.u1 - block.u0;
  const depth = block.v1 - block.v0;
  if (Math.max(width, depth) <= BLOCK_SIDE_M[block.use]) {
    blocks.push(block);
    return;
  }
  const share = random.between(0.4, 0.6);
  if (width >= depth) {
    const at = Math.round(block.u0 + width * share);
    lines.push({ axis: 'u', at, from: block.v0, to: block.v1 });
    meet(ends, 'v', block.v0, at);
    meet(ends, 'v', block.v1, at);
    cut(random, { ...block, u1: at }, blocks, lines, ends);
    cut(random, { ...block, u0: at }, blocks, lines, ends);
  } else {
    const at = Math.round(block.v0 + depth * share);
    lines.push({ axis: 'v', at, from: block.u0, to: block.u1 });
    meet(ends, 'u', block.u0, at);
    meet(ends, 'u', block.u1, at);
    cut(random, { ...block, v1: at }, blocks, lines, ends);
    cut(random, { ...block, v0: at }, blocks, lines, ends);
  }
}

/** Every vertex another street shares is a vertex of this one too, so junctions can be found by equal positions. */
function drawLine(bend: Bend, { axis, at, from, to }: Line, ends: Junctions): Place[] {
  const between = [...(ends.get(`${axis}${at}`) ?? [])].filter((along) => along > from && along < to);
  const stops = [from, ...between.sort((a, b) => a - b), to];
  const path: Place[] = [];
  for (let index = 0; index + 1 < stops.length; index += 1) {
    const [a, b] = [stops[index]!, stops[index + 1]!];
    const piece = axis === 'u' ? edgePlaces(bend, [at, a], [at, b]) : edgePlaces(bend, [a, at], [b, at]);
    path.push(...(index === 0 ? piece : piece.slice(1)));
  }
  return path;
}

function addMainStreets(
  lattice: Lattice,
  nameOf: (kind: string) => string,
  ends: Junctions,
  mask: GroundMask,
  streets: Street[],
): void {
  const { us, vs, cells, bend } = lattice;
  for (const axis of ['u', 'v'] as const) {
    const ats = axis === 'u' ? us : vs;
    const alongs = axis === 'u' ? vs : us;
    ats.forEach((at, index) => {
      const roadClass = mainClass(index);
      const name = nameOf(roadClass === 'primary' ? '大道' : roadClass === 'secondary' ? '路' : '街');
      for (const [from, to] of stretches(cells, axis, index)) {
        for (let along = from; along <= to; along += 1) meet(ends, axis, at, alongs[along]!);
        const line = drawLine(bend, { axis, at, from: alongs[from]!, to: alongs[to]! }, ends);
        const pieces = roadClass === 'tertiary' ? dryPieces(line, mask) : [line];
        for (const path of pieces) streets.push({ name, roadClass, path });
      }
    });
  }
}

function mainClass(index: number): 'primary' | 'secondary' | 'tertiary' {
  return index % 4 === 0 ? 'primary' : index % 2 === 0 ? 'secondary' : 'tertiary';
}

/** Index ranges along lattice line `index` where a cell of the district lies on either side. */
function stretches(cells: readonly Cell[], axis: 'u' | 'v', index: number): [number, number][] {
  const beside = cells
    .filter((cell) => {
      const side = axis === 'u' ? cell.column : cell.row;
      return side === index || side === index - 1;
    })
    .map((cell) => (axis === 'u' ? cell.row : cell.column));
  const result: [number, number][] = [];
  for (const step of [...new Set(beside)].sort((a, b) => a - b)) {
    const last = result[result.length - 1];
    if (last && last[1] === step) last[1] = step + 1;
    else result.push([step, step + 1]);
  }
  return result;
}

function crossingsOf(lattice: Lattice): StreetPlan['crossings'] {
  const seen = new Map<string, { place: Place; roadClass: Street['roadClass'] }>();
  for (const cell of lattice.cells) {
    for (const column of [cell.column, cell.column + 1]) {
      for (const row of [cell.row, cell.row + 1]) {
        const classes = [mainClass(column), mainClass(row)];
        const roadClass = classes.includes('primary')
          ? 'primary'
          : classes.includes('secondary')
            ? 'secondary'
            : 'tertiary';
        seen.set(`${column},${row}`, {
          place: lattice.bend.place(lattice.us[column]!, lattice.vs[row]!),
          roadClass,
        });
      }
    }
  }
  return [...seen.values()];
}

/** The pieces of a path outside the water, each with two places at least. */
function dryPieces(path: readonly Place[], mask: GroundMask): Place[][] {
  const pieces: Place[][] = [[]];
  for (const place of path) {
    if (mask.has(place, WATER)) {
      if (pieces[pieces.length - 1]!.length > 0) pieces.push([]);
    } else pieces[pieces.length - 1]!.push(place);
  }
  return pieces.filter((piece) => piece.length > 1);
}
