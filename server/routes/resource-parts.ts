// What the routes of the resource library share: filters from an address, verdicts in words, one changed row or why not.
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  filledForMove,
  type MoveVerdict,
  moveAllowed,
  type ResourceState,
  resourceMachine,
} from '../../engine/index.ts';
import type { ResourceExportQueryJson, ResourceJson, StaleResourceJson } from '../contract/resources.ts';
import type { SeenRowJson } from '../contract/shared.ts';
import { describeCode, type ErrorCode, type ErrorValues, ProductError, type Sentence } from '../errors.ts';
import type { Principal } from '../permission/principal.ts';
import { permissionsOnRow } from '../permission/reaches-row.ts';
import { replyOf } from '../plugins/error-replies.ts';
import { loadResource, type MovableResource, type ResourceQuery } from '../store/resources.ts';
import type { Queryable } from '../store/store.ts';
import { parseBox } from './route-parts.ts';

export function filtersOf({
  bbox,
  state,
  resourceType,
  whitelisted,
  confirmed,
  ...rest
}: ResourceExportQueryJson): ResourceQuery {
  return {
    ...rest,
    ...(bbox !== undefined && { box: parseBox(bbox) }),
    ...(state !== undefined && { states: state.split(',') }),
    ...(resourceType !== undefined && { resourceTypes: resourceType.split(',') }),
    ...(whitelisted !== undefined && { whitelisted: whitelisted === 'true' }),
    ...(confirmed !== undefined && { confirmed: confirmed === 'true' }),
  };
}

/** The number in `"3"`, `W/"3"` or `3`; NaN, which equals no version, for anything else. Throws REQUEST_VERSION_MISSING. */
export function versionOfRequest(request: FastifyRequest): number {
  const header = request.headers['if-match'];
  if (header === undefined) throw new ProductError('REQUEST_VERSION_MISSING');
  return Number(/^(?:W\/)?"?(\d{1,9})"?$/.exec(header.trim())?.[1] ?? Number.NaN);
}

/** Rows of a call on many, with the version each was looked at in. */
export const versionsOf = (rows: readonly SeenRowJson[]): ReadonlyMap<string, number> =>
  new Map(rows.map(({ id, version }) => [id, version]));

export async function resourceOf(db: Queryable, id: string): Promise<ResourceJson> {
  const resource = await loadResource(db, id);
  if (!resource) throw new ProductError('RESOURCE_UNKNOWN', { id });
  return resource;
}

/** What became of a change: the fresh row, and whether somebody else was faster. Throws RESOURCE_UNKNOWN, PERMISSION_DENIED. */
export async function outcomeOf(
  tx: Queryable,
  id: string,
  version: number,
  done: boolean,
): Promise<{ readonly resource: ResourceJson; readonly stale: boolean }> {
  const resource = await resourceOf(tx, id);
  // it is there, nobody changed it, and still it was not written: the database did not let this person
  if (!done && resource.version === version) throw new ProductError('PERMISSION_DENIED');
  return { resource, stale: !done };
}

export function answered(reply: Pick<FastifyReply, 'header'>, resource: ResourceJson): ResourceJson {
  reply.header('etag', `"${resource.version}"`);
  return resource;
}

/** 412: the refusal and the row as it is now. */
export const staleResource = (
  request: Pick<FastifyRequest, 'id'>,
  resource: ResourceJson,
): StaleResourceJson => ({ ...replyOf(request.id, describeCode('RESOURCE_STALE')), resource });

export function staleReply(
  request: Pick<FastifyRequest, 'id'>,
  reply: Pick<FastifyReply, 'code'>,
  resource: ResourceJson,
): StaleResourceJson {
  reply.code(412);
  return staleResource(request, resource);
}

export interface MoveRefusal {
  readonly code: ErrorCode;
  readonly values: ErrorValues;
}

const needWords: Readonly<Record<string, Sentence>> = {
  position: { zh: '位置', en: 'its place on the map' },
  consent: { zh: '产权单位确认（或列入白名单）', en: "its owner's consent, or the whitelist" },
};

/** Null: the person may move it. */
export function refusalOfMove(
  principal: Principal,
  resource: MovableResource,
  to: ResourceState,
  reason: string,
): MoveRefusal | null {
  const verdict = moveAllowed(resourceMachine, resource.state, to, {
    permissions: permissionsOnRow(principal, resource),
    filled: filledForMove(resource),
    reason,
  });
  return verdict.ok
    ? null
    : refusalInWords(verdict, resource.state, to, (field) => needWords[field] ?? { zh: field, en: field });
}

/** `wordOf`: what a need of the machine is called. */
export function refusalInWords<State extends string>(
  verdict: Exclude<MoveVerdict<State>, { ok: true }>,
  from: State,
  to: State,
  wordOf: (need: string) => Sentence,
): MoveRefusal {
  switch (verdict.code) {
    case 'STATE_MOVE_UNKNOWN':
      return { code: verdict.code, values: { from, to, possible: verdict.possible.join('、') || '—' } };
    case 'STATE_MOVE_FORBIDDEN':
      return { code: 'PERMISSION_DENIED', values: {} };
    case 'STATE_FIELDS_MISSING': {
      const words = verdict.missing.map(wordOf);
      const missing = { zh: words.map(({ zh }) => zh).join('、'), en: words.map(({ en }) => en).join(', ') };
      return { code: verdict.code, values: { to, missing } };
    }
    case 'STATE_REASON_MISSING':
      return { code: verdict.code, values: {} };
  }
}
