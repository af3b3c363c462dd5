// The office life of a plan as the API speaks of it: type, state, windows, document, who is next and what they lack.
import { type Static, Type } from 'typebox';
import { officeStates, planTypes, planWaitingWords } from '../../engine/index.ts';
import { errorReplySchema, idSchema, nullable, oneOf, strictObject } from './shared.ts';

const daySchema = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' });
const sentenceSchema = strictObject({ zh: Type.String(), en: Type.String() });

const officeFields = {
  type: oneOf(planTypes),
  state: oneOf(officeStates),
  /** Of the state. */
  since: Type.String(),
  documentNo: nullable(Type.String()),
  effectiveOn: nullable(Type.String()),
  /** Goes back as If-Match with every step. */
  version: Type.Integer(),
};

/** In every plan. */
export const planOfficeBriefSchema = strictObject({
  ...officeFields,
  /** Last day of the window that is open or was; null in other states. */
  windowTo: nullable(Type.String()),
  /** It is a draft because it was not approved. */
  isReturned: Type.Boolean(),
});

const otherPlanSchema = strictObject({
  id: idSchema,
  name: Type.String(),
  type: oneOf(planTypes),
  documentNo: nullable(Type.String()),
});
const windowSchema = strictObject({ from: Type.String(), to: Type.String() });
const actorSchema = strictObject({ name: Type.String(), at: Type.String() });

/** take-back: by whoever submits · return: by whoever would approve. */
const officeActs = ['forward', 'take-back', 'return'] as const;

/** GET /api/plans/:id/office; also the answer of a step. */
export const planOfficeSchema = strictObject({
  planId: idSchema,
  name: Type.String(),
  ...officeFields,
  consultation: nullable(windowSchema),
  notice: nullable(windowSchema),
  submitted: nullable(actorSchema),
  decided: nullable(actorSchema),
  /** Why it is a draft again; '' where it was not given back. */
  reason: Type.String(),
  replaces: nullable(otherPlanSchema),
  replacedBy: nullable(otherPlanSchema),
  comments: strictObject({ total: Type.Integer(), open: Type.Integer() }),
  /** What this person may do, each with what is still missing; [] when the step would be made. */
  choices: Type.Array(
    strictObject({
      to: oneOf(officeStates),
      act: oneOf(officeActs),
      reasonNeeded: Type.Boolean(),
      missing: Type.Array(strictObject({ need: Type.String(), words: sentenceSchema })),
    }),
  ),
  /** Plans in force in some of the same districts, of any type. */
  replaceable: Type.Array(otherPlanSchema),
  /** By the database's clock, and the last days a window that begins today would have. */
  today: Type.String(),
  consultationTo: Type.String(),
  noticeTo: Type.String(),
});
export type PlanOfficeJson = Static<typeof planOfficeSchema>;

/** POST /api/plans/:id/moves (once, If-Match). What a step is not about is not looked at. */
export const planMoveSchema = strictObject({
  to: oneOf(officeStates),
  /** Needed to take it back or return it. */
  reason: Type.Optional(Type.String({ maxLength: 500 })),
  /** When it leaves 草稿. */
  type: Type.Optional(oneOf(planTypes)),
  /** Window of 征求意见 or 公示; left out: today, and as many days as the rule values say. A last day off gives way to the next working day. */
  from: Type.Optional(daySchema),
  until: Type.Optional(daySchema),
  /** With 批复. */
  documentNo: Type.Optional(Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' })),
  /** With 批复, for later, or with 生效. */
  effectiveOn: Type.Optional(daySchema),
  /** When it leaves 草稿, or with 生效; null: none. */
  replacesPlanId: Type.Optional(nullable(idSchema)),
});
export type PlanMoveJson = Static<typeof planMoveSchema>;

/** 412: the refusal and the plan's office life as it is now. */
export const stalePlanOfficeSchema = strictObject({
  ...errorReplySchema.properties,
  office: planOfficeSchema,
});

/** GET /api/plans; `waiting`: for whoever asks, as the home page counts it. */
export const planQuerySchema = strictObject({
  type: Type.Optional(oneOf(planTypes)),
  office: Type.Optional(oneOf(officeStates)),
  waiting: Type.Optional(oneOf(planWaitingWords)),
});
export type PlanQueryJson = Static<typeof planQuerySchema>;
