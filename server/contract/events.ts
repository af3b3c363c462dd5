// GET /api/events: server-sent events for one signed-in person, `data:` as below, `id:` the number of the last change told.
import { type Static, Type } from 'typebox';
import { strictObject } from './shared.ts';

export const eventsQuerySchema = strictObject({
  /** The last id this page heard: what changed since is told at once. */
  since: Type.Optional(Type.Integer({ minimum: 0 })),
});

/** Kinds of objects that changed (claim, batch-row, …); "*": too many changes to tell. Or how many notices are unread. */
export const eventSchema = Type.Union([
  strictObject({ objects: Type.Array(Type.String()) }),
  strictObject({ unread: Type.Integer() }),
]);
export type EventJson = Static<typeof eventSchema>;
