// Claims (认领) as the API speaks of them. Times are ISO, dates are days of China, loads in kg, power in kVA, money in whole yuan.
import { type Static, Type } from 'typebox';
import { claimRules, claimStates, resourceStates } from '../../engine/index.ts';
import { bboxQuery, mapQuerySchema } from './desk-map.ts';
import { errorReplySchema, idSchema, lonLatSchema, nullable, oneOf, strictObject } from './shared.ts';

const MOST_IN_BULK = 200;
const text = (longest: number) => Type.String({ maxLength: longest });
const filledText = (longest: number) => Type.String({ minLength: 1, maxLength: longest, pattern: '\\S' });
const daySchema = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' });
const sentenceSchema = strictObject({ zh: Type.String(), en: Type.String() });

/** Why somebody lost, waits or was let through: the rule, its words, and the facts they were made of. */
export const claimExplanationSchema = strictObject({
  rule: oneOf(claimRules),
  zh: Type.String(),
  en: Type.String(),
  facts: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Null()])),
});
export type ClaimExplanationJson = Static<typeof claimExplanationSchema>;

/** What the person who asks may do with this claim now. */
export const claimActions = [
  /** POST /extend : once */
  'extend',
  /** POST /release : own company, with a reason */
  'release',
  /** POST /release : the office, with a reason */
  'force-release',
  /** POST /confirm : my organisation is asked to agree to sharing */
  'confirm',
  /** POST /moves 已撤回 : own application */
  'withdraw',
  /** POST /take : a tower company takes up what an operator asked for */
  'take',
  /** POST /override : the sharing office sets the rule aside */
  'override',
] as const;

export const claimJsonSchema = strictObject({
  id: idSchema,
  /** claim: by a tower company · request: an operator asks for one */
  kind: oneOf(['claim', 'request'] as const),
  state: oneOf(claimStates),
  resource: strictObject({
    id: idSchema,
    code: Type.String(),
    name: Type.String(),
    resourceType: nullable(Type.String()),
    state: oneOf(resourceStates),
    owner: Type.String(),
    position: nullable(lonLatSchema),
    siteId: nullable(idSchema),
    /** Unknown counts as one. */
    slots: nullable(Type.Integer()),
    slotsFree: Type.Integer(),
    whitelisted: Type.Boolean(),
  }),
  districtCode: Type.String(),
  townCode: Type.String(),
  /** The tower company; '' while an operator's request waits for one. */
  company: Type.String(),
  operators: Type.Array(Type.String()),
  demandIds: Type.Array(idSchema),
  planId: nullable(idSchema),
  /** One for each operator, while the claim is held or built. */
  caseIds: Type.Array(idSchema),
  slots: Type.Integer(),
  loadKg: nullable(Type.Number()),
  powerKva: nullable(Type.Number()),
  note: Type.String(),
  submittedAt: Type.String(),
  heldAt: nullable(Type.String()),
  /** The hold, or the wait for confirmation, ends here; null: it has no end (已转建设) or is over. */
  until: nullable(Type.String()),
  endedAt: nullable(Type.String()),
  extensions: Type.Integer(),
  /** Earliest day by which a key area among the demands wants it. */
  keyAreaDeadline: nullable(Type.String()),
  /** Day by which the company promises to be on air. */
  onAirBy: nullable(Type.String()),
  explanation: nullable(claimExplanationSchema),
  /** The rule was set aside by the office. */
  override: nullable(strictObject({ reason: Type.String(), by: Type.String(), at: Type.String() })),
  endReason: nullable(Type.String()),
  confirmations: Type.Array(
    strictObject({
      operator: Type.String(),
      decision: nullable(oneOf(['同意', '不同意'] as const)),
      at: nullable(Type.String()),
      note: Type.String(),
    }),
  ),
  /** On the whitelist (公共资源白名单): the talk with the owner is skipped. */
  skipsConsent: Type.Boolean(),
  /** Of my organisation. */
  isMine: Type.Boolean(),
  actions: Type.Array(oneOf(claimActions)),
  version: Type.Integer(),
  updatedAt: Type.String(),
});
export type ClaimJson = Static<typeof claimJsonSchema>;

const listOf = (words: readonly string[]) =>
  Type.String({ maxLength: 400, pattern: `^(${words.join('|')})(,(${words.join('|')}))*$` });

const filters = {
  ...bboxQuery,
  /** Code or name of the resource, or company contains. */
  q: Type.Optional(text(100)),
  /** One or several, with commas. */
  state: Type.Optional(listOf(claimStates)),
  kind: Type.Optional(oneOf(['claim', 'request'] as const)),
  company: Type.Optional(text(200)),
  operator: Type.Optional(text(100)),
  districtCode: Type.Optional(text(20)),
  townCode: Type.Optional(text(20)),
  resourceId: Type.Optional(idSchema),
  planId: Type.Optional(idSchema),
  demandId: Type.Optional(idSchema),
  rule: Type.Optional(oneOf(claimRules)),
  /** Of my organisation. */
  mine: Type.Optional(oneOf(['true'] as const)),
  /** confirmation: my organisation still has to agree · taking: requests no company has taken up */
  waiting: Type.Optional(oneOf(['confirmation', 'taking'] as const)),
  /** Holds that end within so many days. */
  endsWithinDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 400 })),
  /** Ended, lost or released within so many days. */
  endedWithinDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 400 })),
};
const ordering = {
  sort: Type.Optional(oneOf(['submittedAt', 'until', 'state', 'company', 'resource'] as const)),
  order: Type.Optional(oneOf(['asc', 'desc'] as const)),
};
/** GET /api/claims/export.xlsx */
export const claimExportQuerySchema = strictObject({ ...filters, ...ordering });
export type ClaimExportQueryJson = Static<typeof claimExportQuerySchema>;
export const claimMapQuerySchema = mapQuerySchema(filters);
export const claimQuerySchema = strictObject({
  ...filters,
  ...ordering,
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 200_000 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
});
export type ClaimQueryJson = Static<typeof claimQuerySchema>;
export const claimCountsQuerySchema = strictObject(filters);
export type ClaimCountsQueryJson = Static<typeof claimCountsQuerySchema>;

/** GET /api/claims */
export const claimPageSchema = strictObject({
  claims: Type.Array(claimJsonSchema),
  total: Type.Integer(),
  page: Type.Integer(),
  pageSize: Type.Integer(),
});
export type ClaimPageJson = Static<typeof claimPageSchema>;

/** GET /api/claims/counts : how many stand in each state, under the same filters without `state`. */
export const claimCountsSchema = strictObject({
  states: Type.Array(strictObject({ state: oneOf(claimStates), count: Type.Integer() })),
  total: Type.Integer(),
});
export type ClaimCountsJson = Static<typeof claimCountsSchema>;

/** What else could serve, best first. */
export const claimSubstituteSchema = strictObject({
  rank: Type.Integer(),
  resourceId: idSchema,
  code: Type.String(),
  name: Type.String(),
  resourceType: nullable(Type.String()),
  owner: Type.String(),
  state: oneOf(resourceStates),
  position: lonLatSchema,
  /** From the demand it should serve, else from the resource that was lost. */
  distanceM: Type.Number(),
  slotsFree: Type.Integer(),
  whitelisted: Type.Boolean(),
  reasons: Type.Array(sentenceSchema),
});
export type ClaimSubstituteJson = Static<typeof claimSubstituteSchema>;

/** What each operator pays by the sharing discounts (8.3, rule 4). */
export const claimPriceSchema = strictObject({
  /** Building here for one operator alone; null: nobody knows the price of this resource. */
  baseCny: nullable(Type.Integer()),
  operators: Type.Integer(),
  discountPercent: Type.Number(),
  anchorPercent: Type.Number(),
  shares: Type.Array(
    strictObject({
      operator: Type.String(),
      /** The first on the resource. */
      isAnchor: Type.Boolean(),
      discountPercent: Type.Number(),
      cny: nullable(Type.Integer()),
    }),
  ),
  totalCny: nullable(Type.Integer()),
});
export type ClaimPriceJson = Static<typeof claimPriceSchema>;

/** GET /api/claims/:id */
export const claimDetailSchema = strictObject({
  claim: claimJsonSchema,
  substitutes: Type.Array(claimSubstituteSchema),
  price: claimPriceSchema,
  /** Other claims on the same resource that are not over, in the order of rule 2. */
  others: Type.Array(
    strictObject({
      id: idSchema,
      company: Type.String(),
      operators: Type.Array(Type.String()),
      state: oneOf(claimStates),
      slots: Type.Integer(),
      until: nullable(Type.String()),
    }),
  ),
});
export type ClaimDetailJson = Static<typeof claimDetailSchema>;

const wanted = {
  /** Either the resource, or a row of a plan (planId with siteId). */
  resourceId: Type.Optional(idSchema),
  planId: Type.Optional(idSchema),
  siteId: Type.Optional(idSchema),
  /** Left out: those of the demands. */
  operators: Type.Optional(Type.Array(filledText(100), { minItems: 1, maxItems: 10, uniqueItems: true })),
  demandIds: Type.Optional(Type.Array(idSchema, { maxItems: 50, uniqueItems: true })),
  /** Left out: one for each operator. */
  slots: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  loadKg: Type.Optional(Type.Number({ minimum: 0, maximum: 1e6 })),
  powerKva: Type.Optional(Type.Number({ minimum: 0, maximum: 1e5 })),
  onAirBy: Type.Optional(daySchema),
  note: Type.Optional(text(500)),
};
/** POST /api/claims (claim:create) and POST /api/claims/requests (claim:request) : 201 a claim, 409 a refused one. */
export const newClaimSchema = strictObject(wanted);
export type NewClaimJson = Static<typeof newClaimSchema>;

/** POST /api/claims 201 */
export const claimMadeSchema = strictObject({
  /** held: yours now · waits: operators have to agree to share · asked: a request, nothing is held */
  outcome: oneOf(['held', 'waits', 'asked'] as const),
  claim: claimJsonSchema,
});
export type ClaimMadeJson = Static<typeof claimMadeSchema>;

/** 409 of POST /api/claims and /take: the refusal, the claim that keeps it, and what else could serve. */
export const claimLostSchema = strictObject({
  ...errorReplySchema.properties,
  claim: Type.Optional(claimJsonSchema),
  substitutes: Type.Optional(Type.Array(claimSubstituteSchema)),
});
export type ClaimLostJson = Static<typeof claimLostSchema>;

/** POST /api/claims/bulk */
export const bulkClaimSchema = strictObject({
  claims: Type.Array(newClaimSchema, { minItems: 1, maxItems: MOST_IN_BULK }),
  /** True: only say what would happen and what it would cost. */
  dryRun: Type.Boolean(),
  /** True: make those that win. Otherwise none is made when one is refused. */
  skipRefused: Type.Optional(Type.Boolean()),
});
export type BulkClaimJson = Static<typeof bulkClaimSchema>;
export const bulkClaimResultSchema = strictObject({
  dryRun: Type.Boolean(),
  /** Made, or to be made. */
  held: Type.Integer(),
  waits: Type.Integer(),
  refused: Type.Integer(),
  items: Type.Array(
    strictObject({
      /** Place in `claims`, from 0. */
      index: Type.Integer(),
      outcome: oneOf(['held', 'waits', 'refused'] as const),
      claimId: nullable(idSchema),
      resourceId: nullable(idSchema),
      code: nullable(Type.String()),
      name: nullable(Type.String()),
      /** Code of the refusal when no rule of sharing is behind it (RESOURCE_UNKNOWN, CLAIM_RESOURCE_CLOSED, …). */
      refusal: nullable(Type.String()),
      message: nullable(sentenceSchema),
      explanation: nullable(claimExplanationSchema),
      price: nullable(claimPriceSchema),
      /** Does not stop it: outside the search radius, slots unknown, … */
      warnings: Type.Array(sentenceSchema),
      until: nullable(Type.String()),
    }),
  ),
});
export type BulkClaimResultJson = Static<typeof bulkClaimResultSchema>;

const note = Type.Optional(text(500));
/** POST /api/claims/:id/extend */
export const claimExtendSchema = strictObject({ reason: note });
/** POST /api/claims/:id/release and /override */
export const claimReasonSchema = strictObject({ reason: filledText(500) });
/** POST /api/claims/:id/confirm */
export const claimConfirmSchema = strictObject({ agrees: Type.Boolean(), note });
/** POST /api/claims/:id/take : reason only where a request that goes before is passed over. */
export const claimTakeSchema = strictObject({ onAirBy: Type.Optional(daySchema), reason: note });
/** POST /api/claims/:id/moves : by hand only 已撤回 */
export const claimMoveSchema = strictObject({ to: oneOf(claimStates), reason: note });

/** 412: the refusal and the claim as it is now. */
export const staleClaimSchema = strictObject({ ...errorReplySchema.properties, claim: claimJsonSchema });
export type StaleClaimJson = Static<typeof staleClaimSchema>;
