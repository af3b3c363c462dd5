// What the routes of the demand library share: filters from an address, places in CGCS2000, verdicts in words, one changed row or why not.
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  type DemandState,
  demandMachine,
  filledForDemandMove,
  type LonLat,
  moveAllowed,
  toCgcs2000,
} from '../../engine/index.ts';
import type {
  DemandExportQueryJson,
  DemandJson,
  NewDemandJson,
  StaleDemandJson,
} from '../contract/demands.ts';
import { describeCode, ProductError, type Sentence } from '../errors.ts';
import type { Principal } from '../permission/principal.ts';
import { permissionsOnRow } from '../permission/reaches-row.ts';
import { replyOf } from '../plugins/error-replies.ts';
import { type DemandPlace, type DemandQuery, readDemand } from '../store/demands.ts';
import type { Queryable } from '../store/store.ts';
import { parseBox } from './route-parts.ts';

export function demandFiltersOf({
  bbox,
  state,
  scenario,
  reason,
  duplicate,
  ...rest
}: DemandExportQueryJson): DemandQuery {
  return {
    ...rest,
    ...(bbox !== undefined && { box: parseBox(bbox) }),
    ...(state !== undefined && { states: state.split(',') }),
    ...(scenario !== undefined && { scenarios: scenario.split(',') }),
    ...(reason !== undefined && { reasons: reason.split(',') }),
    ...(duplicate !== undefined && { duplicate: true }),
  };
}

/** Throws DEMAND_POSITION for what is no place on the globe. */
export function demandPlaceOf({
  position: [lon = 0, lat = 0],
  datum = 'CGCS2000',
}: NewDemandJson['place']): DemandPlace {
  if (Math.abs(lat) > 90 || (lon === 0 && lat === 0))
    throw new ProductError('DEMAND_POSITION', { found: `${lon}, ${lat}` });
  const original: LonLat = [lon, lat];
  return { position: toCgcs2000(original, datum), original, datum };
}

export async function demandOf(db: Queryable, id: string): Promise<DemandJson> {
  const demand = await readDemand(db, id);
  if (!demand) throw new ProductError('DEMAND_UNKNOWN', { id });
  return demand;
}

/** What became of a change: the fresh row, and whether somebody else was faster. Throws DEMAND_UNKNOWN, PERMISSION_DENIED. */
export async function demandOutcome(
  tx: Queryable,
  id: string,
  version: number,
  done: boolean,
): Promise<{ readonly demand: DemandJson; readonly stale: boolean }> {
  const demand = await demandOf(tx, id);
  // it is there, nobody changed it, and still it was not written: the database did not let this person
  if (!done && demand.version === version) throw new ProductError('PERMISSION_DENIED');
  return { demand, stale: !done };
}

export function answeredDemand(reply: Pick<FastifyReply, 'header'>, demand: DemandJson): DemandJson {
  reply.header('etag', `"${demand.version}"`);
  return demand;
}

/** 412 with the row as it is now. */
export function staleDemand(request: Pick<FastifyRequest, 'id'>, demand: DemandJson): StaleDemandJson {
  return { ...replyOf(request.id, describeCode('DEMAND_STALE')), demand };
}

const needWords: Readonly<Record<string, Sentence>> = {
  resource: { zh: '所选资源', en: 'its resource' },
  unmerged: { zh: '未被合并', en: 'not being merged into another' },
};

/** Throws what keeps this person from moving it. */
export function demandMoveOrThrow(
  principal: Principal,
  demand: DemandJson,
  to: DemandState,
  reason: string,
): void {
  const { districtCode, townCode, operator: owner, state: from } = demand;
  const verdict = moveAllowed(demandMachine, from, to, {
    permissions: permissionsOnRow(principal, { districtCode, townCode, owner }),
    filled: filledForDemandMove(demand),
    reason,
  });
  if (verdict.ok) return;
  if (verdict.code === 'STATE_MOVE_FORBIDDEN') throw new ProductError('PERMISSION_DENIED');
  if (verdict.code === 'STATE_REASON_MISSING') throw new ProductError(verdict.code);
  if (verdict.code === 'STATE_MOVE_UNKNOWN')
    throw new ProductError(verdict.code, { from, to, possible: verdict.possible.join('、') || '—' });
  const words = verdict.missing.map((field) => needWords[field] ?? { zh: field, en: field });
  const missing = { zh: words.map(({ zh }) => zh).join('、'), en: words.map(({ en }) => en).join(', ') };
  throw new ProductError(verdict.code, { to, missing });
}
