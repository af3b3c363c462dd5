// What the routes of target areas share: an area as it is answered, what a step is refused for, and geometry checked like that of an import.
import {
  type AreaNeed,
  type AreaState,
  areaMachine,
  filledForArea,
  type MultiPolygon,
  moveAllowed,
} from '../../engine/index.ts';
import type { AreaJson, NewAreaJson } from '../contract/areas.ts';
import { describeCode, ProductError, type Sentence } from '../errors.ts';
import { checkArea } from '../import/check-geometry.ts';
import { makeIssueList } from '../import/import-issue.ts';
import { replyOf } from '../plugins/error-replies.ts';
import { type AreaRow, loadArea } from '../store/areas.ts';
import { checkGeometries } from '../store/geometry-check.ts';
import type { Queryable } from '../store/store.ts';
import { type MoveRefusal, refusalInWords } from './resource-parts.ts';

/** Throws AREA_UNKNOWN. */
export async function areaOf(db: Queryable, id: string): Promise<AreaRow> {
  const area = await loadArea(db, id);
  if (!area) throw new ProductError('AREA_UNKNOWN', { id });
  return area;
}

export function areaJson({ permissions, own, ...area }: AreaRow): AreaJson {
  return {
    ...area,
    geometry: area.geometry as unknown as AreaJson['geometry'], // positions are pairs, as the schema checks
    choices: choicesOf({ ...area, permissions, own }),
    mayChange: permissions.includes('area:change'),
  };
}

/** The body of a 412. */
export const staleArea = (requestId: string, area: AreaRow) => ({
  ...replyOf(requestId, describeCode('AREA_STALE')),
  area: areaJson(area),
});

/**
 * The answer of an act on an area that was seen as `seen`. Throws PERMISSION_DENIED when nothing was written and nobody was faster: the
 * database did not let this person.
 */
export async function writtenArea(
  db: Queryable,
  requestId: string,
  seen: AreaRow,
  isDone: boolean,
): Promise<{ readonly status: number; readonly body: object }> {
  const area = await areaOf(db, seen.id);
  if (isDone) return { status: 200, body: areaJson(area) };
  if (area.version === seen.version) throw new ProductError('PERMISSION_DENIED');
  return { status: 412, body: staleArea(requestId, area) };
}

const decisions: readonly AreaState[] = ['已批准', '退回'];

/** What the machine lets whoever asks do by hand. */
function choicesOf({ state, kind, permissions, own }: AreaRow): AreaJson['choices'] {
  const filled = filledForArea({ kind });
  return areaMachine.moves
    .filter(
      (move) =>
        move.from === state &&
        !move.needs.includes('change') &&
        move.permissions.some((permission) => permissions.includes(permission)),
    )
    .map(({ to, reasonNeeded, needs }) => ({
      to,
      reasonNeeded,
      missing: [
        ...(needs.includes('target') && !filled.has('target') ? (['target'] as const) : []),
        ...(own && state === '已送审' && decisions.includes(to) ? (['own'] as const) : []),
      ],
    }));
}

const needWords: Readonly<Record<AreaNeed, Sentence>> = {
  target: { zh: '一个规划范围（水域不是）', en: 'a target area, which water is not' },
  change: { zh: '对范围本身的修改', en: 'a change of the area itself' },
};

/** Null: whoever asks may take the step. */
export function refusalOfStep(
  area: Pick<AreaRow, 'state' | 'kind' | 'permissions' | 'own'>,
  to: AreaState,
  reason: string,
): MoveRefusal | null {
  const { state } = area;
  const verdict = moveAllowed(areaMachine, state, to, {
    permissions: new Set(area.permissions),
    filled: filledForArea(area),
    reason,
  });
  if (verdict.ok)
    return area.own && state === '已送审' && decisions.includes(to) ? { code: 'AREA_OWN', values: {} } : null;
  // the machine names its own needs
  return refusalInWords(verdict, state, to, (need) => needWords[need as AreaNeed]);
}

/** Closed rings and ranges by the same rules as an import. Throws AREA_GEOMETRY. */
export async function checkedGeometry(
  db: Queryable,
  geometry: NewAreaJson['geometry'],
): Promise<MultiPolygon> {
  const issues = makeIssueList();
  const raw = { row: 1, cells: new Map(), geometry, geometryField: 'geometry' };
  const checked = checkArea(raw, { datum: 'CGCS2000', issues, outsideRows: [] });
  if (!checked) {
    const { zh, en } = issues.issues[0]?.message ?? { zh: '-', en: '-' };
    // it becomes part of a sentence that ends by itself
    throw new ProductError('AREA_GEOMETRY', {
      reason: { zh: zh.replace(/。$/, ''), en: en.replace(/\.$/, '') },
    });
  }
  const [reason] = await checkGeometries(db, [checked]);
  if (reason) throw new ProductError('AREA_GEOMETRY', { reason });
  return checked;
}
