// What is under way at sites: the resource a site stands for, who claims it, and every operator's case. Counted from rows, as far as
// whoever asks may read them.
import { type Static, Type } from 'typebox';
import { caseStates, claimStates, resourceStates } from '../../engine/index.ts';
import { idSchema, nullable, oneOf, strictObject } from './shared.ts';

/** GET /api/sites/:id/under-way */
export const siteUnderWaySchema = strictObject({
  siteId: idSchema,
  /** null: the site does not come from the library. */
  resource: nullable(
    strictObject({ id: idSchema, code: Type.String(), name: Type.String(), state: oneOf(resourceStates) }),
  ),
  /** Those that live: asked for, held, being built; those of companies first, the oldest first. */
  claims: Type.Array(
    strictObject({
      id: idSchema,
      state: oneOf(claimStates),
      /** '' of an operator's request. */
      company: Type.String(),
      operators: Type.Array(Type.String()),
      until: nullable(Type.String()),
    }),
  ),
  /** Without those given up. */
  cases: Type.Array(
    strictObject({
      id: idSchema,
      number: Type.String(),
      operator: Type.String(),
      state: oneOf(caseStates),
    }),
  ),
});
export type SiteUnderWayJson = Static<typeof siteUnderWaySchema>;

/** GET /api/plans/:id/under-way : sites of the plan that stand for a resource, or where somebody is at work. */
export const planUnderWaySchema = strictObject({ sites: Type.Array(siteUnderWaySchema) });
export type PlanUnderWayJson = Static<typeof planUnderWaySchema>;
