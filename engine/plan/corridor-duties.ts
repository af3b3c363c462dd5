// Duties of corridors by their length: a target for the selection, and what a finished plan leaves of the line unserved, by chainage. A
// corridor counts as far as it lies inside the target areas and in the open (selection/wishes/corridor-target.ts).
import { joinLines } from '../geo/join-lines.ts';
import { type LineStretch, lineLengths, squaresAlong } from '../grid/line-lengths.ts';
import { makeShapes, type Shape } from '../grid/shape.ts';
import type { LonLat, MultiPolygon } from '../model/geometry.ts';
import type { Corridor, CorridorGap, CorridorShare } from '../model/plan.ts';
import { PlanningError } from '../model/planning-error.ts';
import type { SelectionTarget } from '../selection/selection-problem.ts';
import { corridorTarget } from '../selection/wishes/corridor-target.ts';
import type { PreparedGround } from './prepare-coverage.ts';

type Ground = Pick<PreparedGround, 'grid' | 'zone' | 'input'>;

/** Target ids stand beside ids of areas. */
const PREFIX = 'corridor:';
/** A line that changes its cover with every square would fill the result with dots. */
const MOST_GAPS = 200;

export const corridorTargetId = (corridorId: string): string => PREFIX + corridorId;

/** The corridor of a target, or null. */
export const corridorIdOf = (targetId: string): string | null =>
  targetId.startsWith(PREFIX) ? targetId.slice(PREFIX.length) : null;

const targets = new WeakMap<Corridor, { readonly grid: object; readonly target: SelectionTarget }>();

/** In the order asked for. Throws SELECTION_CORRIDOR_UNKNOWN, and SELECTION_CORRIDOR_EMPTY for one without a metre inside the areas. */
export function corridorTargets(ground: Ground, shares: readonly CorridorShare[]): SelectionTarget[] {
  return shares.map(({ corridorId }) => {
    const corridor = corridorOf(ground, corridorId);
    const known = targets.get(corridor);
    if (known?.grid === ground.grid) return known.target;
    const target = targetOf(ground, corridor);
    if (target.weight.every((parts) => parts === 0))
      throw new PlanningError('SELECTION_CORRIDOR_EMPTY', { corridorId });
    targets.set(corridor, { grid: ground.grid, target });
    return target;
  });
}

/** Throws SELECTION_CORRIDOR_UNKNOWN. */
export function corridorOf({ input }: Ground, corridorId: string): Corridor {
  const corridor = input.corridors.find(({ id }) => id === corridorId);
  if (!corridor) throw new PlanningError('SELECTION_CORRIDOR_UNKNOWN', { corridorId });
  return corridor;
}

function targetOf({ grid, zone, input }: Ground, { id, lines }: Corridor): SelectionTarget {
  const shapesOf = (geometry: MultiPolygon): Shape[] =>
    makeShapes(geometry, zone, (eastM, northM) => [
      (eastM - grid.westM) / grid.binSizeM,
      (grid.northM - northM) / grid.binSizeM,
    ]);
  const areas = input.areas.flatMap(({ geometry }) => shapesOf(geometry));
  const metres = lineLengths(lines, zone, grid, areas, input.excluded.flatMap(shapesOf));
  return corridorTarget(corridorTargetId(id), metres, grid);
}

/** The stretches whose bins `isServed` refuses, and how many joined lines touch the areas. Metres to the squares of the grid. */
export function corridorGaps(
  { grid, zone }: Ground,
  { lines }: Corridor,
  isServed: (bin: number) => boolean,
): { readonly lines: number; readonly gaps: readonly CorridorGap[]; readonly gapsLeftOut: number } {
  const joined = joinLines(lines)
    .map((line) => ({ line, stretches: squaresAlong(line, zone, grid) }))
    .filter(({ stretches }) => stretches.length > 0)
    .sort((a, b) => lengthOf(b.stretches) - lengthOf(a.stretches));
  const found = joined.flatMap(({ line, stretches }, index) => {
    const startM = stretches[0]!.fromM;
    return mergeGaps(stretches.filter(({ bin }) => grid.indoor[bin] !== 1 && !isServed(bin))).map(
      ({ fromM, toM }) => ({
        gap: {
          line: index + 1,
          fromM: Math.round(fromM - startM),
          toM: Math.round(toM - startM),
          position: positionAt(line, (fromM + toM) / 2, zone),
        },
        lengthM: toM - fromM,
      }),
    );
  });
  const longest = new Set([...found].sort((a, b) => b.lengthM - a.lengthM).slice(0, MOST_GAPS));
  const gaps = found.filter((one) => longest.has(one)).map(({ gap }) => gap);
  return { lines: joined.length, gaps, gapsLeftOut: found.length - gaps.length };
}

function lengthOf(stretches: readonly LineStretch[]): number {
  return stretches.reduce((sum, { fromM, toM }) => sum + toM - fromM, 0);
}

/** Pieces of a line meet where one ends and the next begins, to rounding. */
const TOUCH_M = 1e-3;

function mergeGaps(stretches: readonly LineStretch[]): { fromM: number; toM: number }[] {
  const gaps: { fromM: number; toM: number }[] = [];
  for (const { fromM, toM } of stretches) {
    const last = gaps.at(-1);
    if (last && fromM - last.toM <= TOUCH_M) last.toM = toM;
    else gaps.push({ fromM, toM });
  }
  return gaps;
}

/** Metres along the line, counted as `squaresAlong` counts them to a few centimetres. */
function positionAt(line: readonly LonLat[], alongM: number, zone: Ground['zone']): LonLat {
  let leftM = alongM;
  for (let i = 0; i + 1 < line.length; i++) {
    const [eastM, northM] = zone.toMetres(line[i]!);
    const [nextEastM, nextNorthM] = zone.toMetres(line[i + 1]!);
    const eastwardM = nextEastM - eastM;
    const northwardM = nextNorthM - northM;
    const stepM = Math.sqrt(eastwardM * eastwardM + northwardM * northwardM);
    if (leftM <= stepM && stepM > 0) {
      const part = leftM / stepM;
      return zone.toDegrees(eastM + part * eastwardM, northM + part * northwardM);
    }
    leftM -= stepM;
  }
  return line.at(-1)!;
}
