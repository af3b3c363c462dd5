// Target areas and districts as the API speaks of them.
import { type Static, Type } from 'typebox';
import { areaFields, areaNeeds, areaStates } from '../../engine/index.ts';
import { historyRecordFields } from './audit.ts';
import {
  areaGeometrySchema,
  errorReplySchema,
  idSchema,
  multiPolygonSchema,
  nameSchema,
  nullable,
  oneOf,
  strictObject,
} from './shared.ts';

const MOST_AT_ONCE = 1000;
const LONGEST_REASON = 500;

/** Kinds of areas that may count more than the rest of a plan's ground. */
export const keyAreaKinds = [
  '重点区域',
  '枢纽',
  '学校',
  '医院',
  '场馆',
  '景区',
  '商圈',
  '园区',
  '工矿区',
  '政务',
  '物流',
  '示范区',
  '试验场',
  '港口',
] as const;

/** What an area is to reach (domain reference, 4.4); null: each plan says it. */
const targetFields = {
  /** Word of a coverage rule: 连续覆盖, … */
  coverageRule: nullable(Type.String({ minLength: 1, maxLength: 50 })),
  targetShare: nullable(Type.Number({ exclusiveMinimum: 0, maximum: 1 })),
  /** Day in China. */
  deadline: nullable(Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' })),
};

/** One approval in the words of a list. */
const approvalMarkSchema = strictObject({
  /** 1, 2, 3 … of the area. */
  number: Type.Integer(),
  at: Type.String(),
  byName: Type.String(),
  documentNo: Type.String(),
  /** What of it differs from the area as it is now. */
  differs: Type.Array(oneOf(areaFields)),
});

export const areaJsonSchema = strictObject({
  id: idSchema,
  name: Type.String(),
  /** 高密区, 商圈, … or 水域 for ground taken out of every plan. */
  kind: Type.String(),
  geometry: multiPolygonSchema,
  areaKm2: Type.Number(),
  ...targetFields,
  sourceFile: nullable(Type.String()),
  createdAt: Type.String(),
  state: oneOf(areaStates),
  stateSince: Type.String(),
  /** Who made the last step; '' before steps were noted. */
  stateBy: Type.String(),
  /** The reason given with the last step. */
  stateNote: Type.String(),
  submittedName: Type.String(),
  submittedAt: nullable(Type.String()),
  /** Who asks submitted it. */
  mine: Type.Boolean(),
  /** The latest approval, whether or not the area is as it was then; null: never approved. */
  approval: nullable(approvalMarkSchema),
  /** The steps whoever asks may take, with what is missing for each. */
  choices: Type.Array(
    strictObject({
      to: oneOf(areaStates),
      reasonNeeded: Type.Boolean(),
      /** own: who asks submitted or changed it. */
      missing: Type.Array(oneOf([...areaNeeds, 'own'] as const)),
    }),
  ),
  mayChange: Type.Boolean(),
  /** Goes back as If-Match. */
  version: Type.Integer(),
});
export type AreaJson = Static<typeof areaJsonSchema>;

/** POST /api/areas, with Idempotency-Key. */
export const newAreaSchema = strictObject({
  name: nameSchema(200),
  kind: Type.String({ minLength: 1, maxLength: 50, pattern: '\\S' }),
  geometry: areaGeometrySchema,
  ...Type.Partial(Type.Object(targetFields)).properties,
});
export type NewAreaJson = Static<typeof newAreaSchema>;

/** PATCH /api/areas/:id, with Idempotency-Key and If-Match: what is left out stays. A changed area is a draft again. */
export const areaChangesSchema = strictObject({
  ...Type.Partial(Type.Object(newAreaSchema.properties)).properties,
  reason: Type.Optional(Type.String({ maxLength: LONGEST_REASON })),
});
export type AreaChangesJson = Static<typeof areaChangesSchema>;

export const areaListSchema = strictObject({ areas: Type.Array(areaJsonSchema) });
export type AreaListJson = Static<typeof areaListSchema>;

/** 412: the refusal and the area as it is now. */
export const staleAreaSchema = strictObject({ ...errorReplySchema.properties, area: areaJsonSchema });

const stepFields = {
  to: oneOf(areaStates),
  reason: Type.Optional(Type.String({ maxLength: LONGEST_REASON })),
  /** Of an approval: the number of the paper. */
  documentNo: Type.Optional(Type.String({ maxLength: 100 })),
};
/** POST /api/areas/:id/moves, with Idempotency-Key and If-Match; 退回 needs a reason. */
export const areaMoveSchema = strictObject(stepFields);
export type AreaMoveJson = Static<typeof areaMoveSchema>;

/** POST /api/areas/moves, with Idempotency-Key: areas with the versions they were read with. */
export const areaMovesSchema = strictObject({
  rows: Type.Array(strictObject({ id: idSchema, version: Type.Integer() }), {
    minItems: 1,
    maxItems: MOST_AT_ONCE,
  }),
  ...stepFields,
  /** True: only say what would happen. */
  dryRun: Type.Boolean(),
  /** True: move those that may be moved. Otherwise nothing is moved when one is refused. */
  skipRefused: Type.Optional(Type.Boolean()),
});
export type AreaMovesJson = Static<typeof areaMovesSchema>;

const sentenceSchema = strictObject({ zh: Type.String(), en: Type.String() });
export const areaMovesResultSchema = strictObject({
  dryRun: Type.Boolean(),
  /** Moved, or to be moved. */
  moved: Type.Integer(),
  refused: Type.Array(
    strictObject({
      id: idSchema,
      /** null: nothing of that id is within reach. */
      name: nullable(Type.String()),
      state: nullable(oneOf(areaStates)),
      version: nullable(Type.Integer()),
      refusal: Type.String(),
      message: sentenceSchema,
      hint: sentenceSchema,
    }),
  ),
});
export type AreaMovesResultJson = Static<typeof areaMovesResultSchema>;

/** GET /api/areas/:id/approvals : the latest first. */
export const areaApprovalsSchema = strictObject({
  approvals: Type.Array(
    strictObject({
      ...approvalMarkSchema.properties,
      name: Type.String(),
      kind: Type.String(),
      geometry: multiPolygonSchema,
      areaKm2: Type.Number(),
      ...targetFields,
      note: Type.String(),
      submittedName: Type.String(),
      /** Ground the area has now and did not have then, and the other way round, in km². */
      addedKm2: Type.Number(),
      removedKm2: Type.Number(),
    }),
  ),
});
export type AreaApprovalsJson = Static<typeof areaApprovalsSchema>;

/** GET /api/areas/:id/timeline : newest first. */
export const areaHistorySchema = strictObject({
  records: Type.Array(
    strictObject({
      ...historyRecordFields,
      /** area or area-approval */
      object: Type.String(),
    }),
  ),
});
export type AreaHistoryJson = Static<typeof areaHistorySchema>;

/** GET /api/plans/:id/areas : how the areas of a plan stood when it was made; null for plans made before it was noted. */
export const planAreasSchema = strictObject({
  areas: nullable(
    Type.Array(
      strictObject({
        areaId: idSchema,
        name: Type.String(),
        state: oneOf(areaStates),
        /** Of the approval in force then. */
        number: nullable(Type.Integer()),
        documentNo: nullable(Type.String()),
        approvedAt: nullable(Type.String()),
        /** The area is approved now as it was then; false: changed, approved anew or gone since. */
        stillApproved: Type.Boolean(),
      }),
    ),
  ),
});
export type PlanAreasJson = Static<typeof planAreasSchema>;

export const districtJsonSchema = strictObject({
  code: Type.String(),
  name: Type.String(),
  geometry: multiPolygonSchema,
  areaKm2: Type.Number(),
});
export type DistrictJson = Static<typeof districtJsonSchema>;
export const districtListSchema = strictObject({ districts: Type.Array(districtJsonSchema) });
export type DistrictListJson = Static<typeof districtListSchema>;

export const townListSchema = strictObject({
  towns: Type.Array(strictObject({ code: Type.String(), name: Type.String(), districtCode: Type.String() })),
});
export type TownListJson = Static<typeof townListSchema>;
