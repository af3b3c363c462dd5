// Small pieces several routes share: reply tables, params, boxes, binary answers.
import type { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { type Static, type TSchema, type TUnsafe, Type } from 'typebox';
import type { Box } from '../../engine/index.ts';
import type { PlanJson } from '../contract/plans.ts';
import { errorReplySchema, idSchema, strictObject } from '../contract/shared.ts';
import { ProductError } from '../errors.ts';
import { loadPlan } from '../store/plans.ts';
import type { Queryable } from '../store/store.ts';

const refusals = { '4xx': errorReplySchema, '5xx': errorReplySchema } as const;

type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

/** The same schema, typed so that handlers may answer with what they must not change. */
const readonlySchema = <T extends TSchema>(schema: T) =>
  schema as unknown as TUnsafe<DeepReadonly<Static<T>>>;

/** 200 with this shape, everything else a refusal. */
export const replies = <T extends TSchema>(schema: T) => ({ 200: readonlySchema(schema), ...refusals });
export const created = <T extends TSchema>(schema: T) => ({ 201: readonlySchema(schema), ...refusals });
export const accepted = <T extends TSchema>(schema: T) => ({ 202: readonlySchema(schema), ...refusals });
export const emptied = { 204: Type.Null(), ...refusals };
/** Answers sent as bytes, text or a stream as they are. */
export const bytes = {
  200: Type.Unsafe<Buffer | string | Readable>({ type: 'string', format: 'binary' }),
  ...refusals,
};

export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const idParams = strictObject({ id: idSchema });

/** Only makes the address change with what it shows; the tag is what counts. */
export const versionQuery = strictObject({ v: Type.Optional(Type.String({ maxLength: 100 })) });

/** The plan, or PLAN_UNKNOWN. */
export async function planOf(db: Queryable, id: string): Promise<PlanJson> {
  const plan = await loadPlan(db, id);
  if (!plan) throw new ProductError('PLAN_UNKNOWN', { id });
  return plan;
}

/** The plan when its result is there, else PLAN_UNKNOWN or PLAN_NOT_DONE. */
export async function donePlanOf(
  db: Queryable,
  id: string,
): Promise<PlanJson & { fingerprint: string; summary: NonNullable<PlanJson['summary']> }> {
  const plan = await planOf(db, id);
  const { state, summary, fingerprint } = plan;
  if (state !== 'done' || !summary || !fingerprint) throw new ProductError('PLAN_NOT_DONE', { state });
  return { ...plan, summary, fingerprint };
}

/** Aborted when the asker leaves before the answer: long work for nobody ends. */
export function goneWith(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => reply.raw.writableEnded || gone.abort(new ProductError('SERVICE_BUSY')));
  return gone.signal;
}

/** west,south,east,north in degrees, or REQUEST_BOX. */
export function parseBox(text: string): Box {
  const numbers = text
    .split(',')
    .map((part) => (/^\s*-?\d{1,3}(\.\d{1,20})?\s*$/.test(part) ? Number(part) : Number.NaN));
  const [west = Number.NaN, south = Number.NaN, east = Number.NaN, north = Number.NaN] = numbers;
  const fits = numbers.length === 4 && west < east && south < north && west >= -180 && east <= 180;
  if (!fits || south < -90 || north > 90)
    throw new ProductError('REQUEST_BOX', { found: text.slice(0, 120) });
  return [west, south, east, north];
}

/** A file name people can keep, for any title: RFC 5987 for Chinese, ASCII for old programs. */
export function attachment(title: string, extension: string): string {
  const clean = title.replace(/[\p{Cc}\\/:*?"<>|]/gu, '_').slice(0, 80) || 'zhanzhi';
  const ascii = clean.replace(/[^\x20-\x7e]/g, '_').replaceAll("'", '_');
  return `attachment; filename="${ascii}.${extension}"; filename*=UTF-8''${encodeURIComponent(`${clean}.${extension}`).replaceAll("'", '%27')}`;
}

/** For answers about people: no cache on the way keeps them. */
export function keptNowhere(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-store');
}
