// The first page: what waits for somebody, what is due and what they asked for, counted from rows they may read.
import { type Static, Type } from 'typebox';
import { agendaSections } from '../../engine/index.ts';
import { nullable, oneOf, strictObject } from './shared.ts';

export const agendaDesks = [
  'plans',
  'demands',
  'claims',
  'cases',
  'batches',
  'problems',
  'relocations',
  'areas',
  'library',
  'comments',
  'exports',
  'rules',
] as const;
export type AgendaDesk = (typeof agendaDesks)[number];

export const agendaItemSchema = strictObject({
  desk: oneOf(agendaDesks),
  /** Words: `home.agenda.<desk>.<kind>`. */
  kind: Type.String({ minLength: 1, maxLength: 60 }),
  section: oneOf(agendaSections),
  count: Type.Integer({ minimum: 0 }),
  /** ISO time of the first of them that is due; null: none is. */
  soonestDueAt: nullable(Type.String()),
  /** Address in the client whose filter lists exactly these rows. */
  path: Type.String({ minLength: 1, maxLength: 500 }),
});
export type AgendaItem = Static<typeof agendaItemSchema>;

/** GET /api/home */
export const homeSchema = strictObject({
  /** Time of the database: what is overdue is judged by it. */
  now: Type.String(),
  /** Only what there is something of. */
  agenda: Type.Array(agendaItemSchema),
  /** Desks that could not be counted right now. */
  missing: Type.Array(oneOf(agendaDesks)),
});
export type HomeJson = Static<typeof homeSchema>;
