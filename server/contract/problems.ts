// Problems as the API speaks of them: the list with its clocks, one with its steps, what may be done to it, the ranking board.
import { type Static, type TSchema, Type } from 'typebox';
import {
  problemCategoryCodes,
  problemLevels,
  problemStates,
  problemUrgeTargets,
} from '../../engine/index.ts';
import { roles } from '../permission/permission-table.ts';
import { rankedProblemsSchema } from './counted-figures.ts';
import { bboxQuery, mapQuerySchema } from './desk-map.ts';
import {
  errorReplySchema,
  idSchema,
  lonLatSchema,
  nullable,
  oneOf,
  seenRowsSchema,
  strictObject,
} from './shared.ts';

const MOST_AT_ONCE = 1000;

const text = (longest: number) => Type.String({ maxLength: longest });
const filledText = (longest: number) => Type.String({ minLength: 1, maxLength: longest, pattern: '\\S' });
const dateText = () => Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' });
const unitSchema = text(200);
const coUnitsSchema = Type.Array(filledText(200), { maxItems: 20, uniqueItems: true });
const photoIdsSchema = Type.Array(idSchema, { maxItems: 20, uniqueItems: true });

export const problemNouns = ['resource', 'site', 'case', 'claim', 'batch-row', 'relocation'] as const;
export type ProblemNoun = (typeof problemNouns)[number];

export const problemJsonSchema = strictObject({
  id: idSchema,
  /** WT-district-year-serial; stays for ever. */
  number: Type.String(),
  category: oneOf(problemCategoryCodes),
  title: Type.String(),
  description: Type.String(),
  /** What it is about, with the name of that day. */
  objects: Type.Array(strictObject({ noun: Type.String(), id: Type.String(), name: Type.String() })),
  /** Of those whoever asks sees, each place once. */
  positions: Type.Array(lonLatSchema),
  districtCode: Type.String(),
  townCode: Type.String(),
  owner: Type.String(),
  state: oneOf(problemStates),
  /** By the clock of this moment. */
  level: oneOf(problemLevels),
  levelSince: Type.String(),
  ownerUnit: Type.String(),
  coUnits: Type.Array(Type.String()),
  raisedAt: Type.String(),
  raiser: Type.String(),
  raiserRole: nullable(oneOf(roles)),
  raiserOrganisation: Type.String(),
  /** Whoever asks raised it: their confirmation counts. */
  raisedByMe: Type.Boolean(),
  /** Who asks works on it: a unit of theirs is in charge or helps, they raised it, or their office manages all. */
  handledByMe: Type.Boolean(),
  dueAt: Type.String(),
  /** When it goes to the leading group unless it is settled before. */
  leadAt: Type.String(),
  /** The due date is over and it was not settled by then. */
  overdue: Type.Boolean(),
  /** Until the due date, negative after it; null while no clock runs. */
  workingDaysLeft: nullable(Type.Integer()),
  /** Pieces in words since it was raised or reopened last. */
  evidence: Type.Integer(),
  /** Attachments since then, of those who handle it: they are evidence as well. */
  evidenceFiles: Type.Integer(),
  reopenings: Type.Integer(),
  settledAt: nullable(Type.String()),
  closedAt: nullable(Type.String()),
  confirmedByRaiser: nullable(Type.Boolean()),
  updatedAt: Type.String(),
  /** Goes back as If-Match with every change. */
  version: Type.Integer(),
});
export type ProblemJson = Static<typeof problemJsonSchema>;

export const problemStepKinds = [
  'raise',
  'assign',
  'start',
  'progress',
  'evidence',
  'settle',
  'confirm',
  'override',
  'return',
  'reopen',
  'escalate',
  'urge',
] as const;

export const problemStepSchema = strictObject({
  id: Type.Integer(),
  at: Type.String(),
  accountName: Type.String(),
  role: nullable(oneOf(roles)),
  kind: oneOf(problemStepKinds),
  words: Type.String(),
  photoIds: Type.Array(Type.String()),
  facts: Type.Partial(
    strictObject({
      from: oneOf(problemStates),
      to: oneOf(problemStates),
      level: oneOf(problemLevels),
      byClock: Type.Boolean(),
      since: Type.String(),
      ownerUnit: Type.String(),
      coUnits: Type.Array(Type.String()),
      townCode: Type.String(),
      dueAt: Type.String(),
      /** Whom an urge was for. */
      urged: oneOf(problemUrgeTargets),
    }),
    { additionalProperties: false },
  ),
});
export type ProblemStepJson = Static<typeof problemStepSchema>;

/** GET /api/problems/:id */
export const problemDetailSchema = strictObject({
  problem: problemJsonSchema,
  /** From the first to the last. */
  steps: Type.Array(problemStepSchema),
});
export type ProblemDetailJson = Static<typeof problemDetailSchema>;

const listOf = (words: readonly string[]) =>
  Type.String({ maxLength: 400, pattern: `^(${words.join('|')})(,(${words.join('|')}))*$` });

const filters = {
  ...bboxQuery,
  /** Number, title, unit or raiser contains. */
  q: Type.Optional(text(100)),
  /** One or several, with commas; so with levels and categories. */
  state: Type.Optional(listOf(problemStates)),
  level: Type.Optional(listOf(problemLevels)),
  category: Type.Optional(listOf(problemCategoryCodes)),
  districtCode: Type.Optional(text(20)),
  townCode: Type.Optional(text(20)),
  ownerUnit: Type.Optional(unitSchema),
  overdue: Type.Optional(oneOf(['true', 'false'] as const)),
  /** Due within so many days from now, not settled yet. */
  dueWithinDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000 })),
  /** raised: by me · unit: my organisation leads or helps. */
  mine: Type.Optional(oneOf(['raised', 'unit'] as const)),
  /** Those about one thing: both or none. */
  noun: Type.Optional(oneOf(problemNouns)),
  objectId: Type.Optional(idSchema),
  /** Those that a figure of GET /api/problems/ranking counts in the place asked for: figure, first and last day. */
  ranked: Type.Optional(rankedProblemsSchema),
};
export const problemSorts = ['number', 'raisedAt', 'dueAt', 'updatedAt', 'ownerUnit'] as const;
const orderFields = {
  sort: Type.Optional(oneOf(problemSorts)),
  order: Type.Optional(oneOf(['asc', 'desc'] as const)),
};
export const problemExportQuerySchema = strictObject({ ...filters, ...orderFields });
export type ProblemExportQueryJson = Static<typeof problemExportQuerySchema>;
export const problemMapQuerySchema = mapQuerySchema(filters);

export const problemQuerySchema = strictObject({
  ...filters,
  ...orderFields,
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 200_000 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
});
export type ProblemQueryJson = Static<typeof problemQuerySchema>;

export const problemPageSchema = strictObject({
  problems: Type.Array(problemJsonSchema),
  total: Type.Integer(),
  page: Type.Integer(),
  pageSize: Type.Integer(),
});
export type ProblemPageJson = Static<typeof problemPageSchema>;

/** GET /api/problems/counts : under the same filters without `state`. */
export const problemCountsSchema = strictObject({
  states: Type.Array(strictObject({ state: oneOf(problemStates), count: Type.Integer() })),
  /** Of those that are not closed. */
  levels: Type.Array(strictObject({ level: oneOf(problemLevels), count: Type.Integer() })),
  overdue: Type.Integer(),
  total: Type.Integer(),
});
export type ProblemCountsJson = Static<typeof problemCountsSchema>;

/** Without a district it is that of the first object, of the town, or the only one of whoever raises it. */
export const newProblemSchema = strictObject({
  category: oneOf(problemCategoryCodes),
  title: filledText(200),
  description: Type.Optional(text(4000)),
  objects: Type.Optional(
    Type.Array(strictObject({ noun: oneOf(problemNouns), id: idSchema }), { maxItems: 200 }),
  ),
  districtCode: Type.Optional(text(20)),
  townCode: Type.Optional(text(20)),
  /** Who should see to it, as far as the raiser knows. */
  ownerUnit: Type.Optional(unitSchema),
});
export type NewProblemJson = Static<typeof newProblemSchema>;

const assignmentFields = {
  ownerUnit: filledText(200),
  coUnits: Type.Optional(coUnitsSchema),
  /** Last day, in China; left out: as it is. */
  dueDate: Type.Optional(dateText()),
  townCode: Type.Optional(text(20)),
  reason: Type.Optional(text(500)),
};
/** POST /api/problems/:id/assignment : gives it to a unit, or to another one. */
export const assignmentSchema = strictObject(assignmentFields);
export type AssignmentJson = Static<typeof assignmentSchema>;

const { townCode: _, ...bulkFields } = assignmentFields;
export const bulkAssignmentSchema = strictObject({
  rows: seenRowsSchema(MOST_AT_ONCE),
  ...bulkFields,
  /** True: only say what would happen. */
  dryRun: Type.Boolean(),
  /** True: assign those that may be assigned. Otherwise none is when one is refused. */
  skipRefused: Type.Optional(Type.Boolean()),
});
export type BulkAssignmentJson = Static<typeof bulkAssignmentSchema>;

const sentenceSchema = strictObject({ zh: Type.String(), en: Type.String() });
export const bulkAssignmentResultSchema = strictObject({
  dryRun: Type.Boolean(),
  /** Assigned, or to be assigned. */
  assigned: Type.Integer(),
  refused: Type.Array(
    strictObject({
      id: idSchema,
      /** null: nothing of that id is within reach. */
      number: nullable(Type.String()),
      title: nullable(Type.String()),
      state: nullable(oneOf(problemStates)),
      refusal: Type.String(),
      message: sentenceSchema,
      hint: sentenceSchema,
    }),
  ),
});
export type BulkAssignmentResultJson = Static<typeof bulkAssignmentResultSchema>;

/** POST /api/problems/:id/moves : all but assigning. 已销号 is the confirmation, 处理中 of a closed one the reopening. */
export const problemMoveSchema = strictObject({
  to: oneOf(['处理中', '待确认', '已销号'] as const),
  reason: Type.Optional(text(500)),
  /** Of a problem that is returned or reopened by the district; left out: as the clock has it. */
  dueDate: Type.Optional(dateText()),
});
export type ProblemMoveJson = Static<typeof problemMoveSchema>;

/** POST /api/problems/:id/escalation */
export const escalationSchema = strictObject({
  level: oneOf(['督办', '领导小组'] as const),
  reason: filledText(500),
});
export type EscalationJson = Static<typeof escalationSchema>;

/** POST /api/problems/:id/progress and …/evidence : words, photographs of the cases it is about, or both. */
export const problemNoteSchema = strictObject({
  words: Type.Optional(text(4000)),
  photoIds: Type.Optional(photoIdsSchema),
});
export type ProblemNoteJson = Static<typeof problemNoteSchema>;

/** POST /api/problems/:id/urges : by whoever raised it or manages it, to whom it waits for. */
export const problemUrgeSchema = strictObject({ text: Type.Optional(text(500)) });
export type ProblemUrgeJson = Static<typeof problemUrgeSchema>;

/** 412: the refusal and the problem as it is now. */
export const staleProblemSchema = strictObject({
  ...errorReplySchema.properties,
  problem: problemJsonSchema,
});
export type StaleProblemJson = Static<typeof staleProblemSchema>;

/** GET /api/problems/ranking : `from` and `to` are days in China, both within the period. */
export const rankingQuerySchema = strictObject({
  from: dateText(),
  to: dateText(),
  by: Type.Optional(oneOf(['town', 'district'] as const)),
  districtCode: Type.Optional(text(20)),
});
export type RankingQueryJson = Static<typeof rankingQuerySchema>;

const rankFields = {
  /** Null: nothing had to be settled. */
  rank: nullable(Type.Integer()),
  raised: Type.Integer(),
  open: Type.Integer(),
  overdue: Type.Integer(),
  closed: Type.Integer(),
  closedOnTime: Type.Integer(),
  onTimeShare: nullable(Type.Number()),
  meanDays: nullable(Type.Number()),
} satisfies Record<string, TSchema>;
export const rankingSchema = strictObject({
  from: Type.String(),
  to: Type.String(),
  by: oneOf(['town', 'district'] as const),
  rows: Type.Array(
    strictObject({
      /** Code of the town or district; '' : of none, without a rank, one line for each district. */
      code: Type.String(),
      districtCode: Type.String(),
      /** Whoever asks finds its problems in the list. */
      readable: Type.Boolean(),
      ...rankFields,
    }),
  ),
});
export type RankingJson = Static<typeof rankingSchema>;
