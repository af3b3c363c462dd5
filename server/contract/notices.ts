// What somebody is told: short sentences in the page's language, made of a kind and its facts, with a way to what they tell of.
import { type Static, Type } from 'typebox';
import { nullable, oneOf, strictObject } from './shared.ts';

export const noticeQuerySchema = strictObject({
  unread: Type.Optional(oneOf(['true'] as const)),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
});
export type NoticeQueryJson = Static<typeof noticeQuerySchema>;

export const noticeJsonSchema = strictObject({
  id: Type.String(),
  at: Type.String(),
  /** Words: `notices.kind.<kind>`, filled from the facts. */
  kind: Type.String(),
  noun: Type.String(),
  objectId: Type.String(),
  /** No coordinates, no contacts. */
  facts: Type.Record(Type.String(), Type.Unknown()),
  readAt: nullable(Type.String()),
});
export type NoticeJson = Static<typeof noticeJsonSchema>;

/** Newest first. */
export const noticePageSchema = strictObject({
  notices: Type.Array(noticeJsonSchema),
  total: Type.Integer(),
  unread: Type.Integer(),
  page: Type.Integer(),
  pageSize: Type.Integer(),
});
export type NoticePageJson = Static<typeof noticePageSchema>;

/** POST /api/notices/read: all up to the newest one that was on the screen. */
export const readNoticesSchema = strictObject({
  upTo: Type.String({ pattern: '^\\d{1,18}$' }),
});
export const readNoticesResultSchema = strictObject({ unread: Type.Integer() });
export type ReadNoticesResultJson = Static<typeof readNoticesResultSchema>;
