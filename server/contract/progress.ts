// The progress report: how many stations (or sites) came how far by a day, town by town, on one stated basis of counting (domain
// reference, section 5). Every figure is a count of cases the person may read.
import { type Static, Type } from 'typebox';
import { countingForms, countingUnits } from '../../engine/index.ts';
import { nullable, oneOf, strictObject } from './shared.ts';

const day = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' });

export const progressQuerySchema = strictObject({
  /** The day the figures hold at the end of, in China; left out: today. */
  to: Type.Optional(day),
  /** First day of the period whose additions are told; left out: 1 January of that year. */
  from: Type.Optional(day),
  /** Left out: logical. */
  unit: Type.Optional(oneOf(countingUnits)),
  /** Left out: outdoor. */
  form: Type.Optional(oneOf(countingForms)),
});
export type ProgressQueryJson = Static<typeof progressQuerySchema>;

/** By the end of the day, and of them within the period. */
const stage = strictObject({ total: Type.Integer(), added: Type.Integer() });
const stages = {
  /** 列入计划 */
  listed: stage,
  /** 建成 */
  built: stage,
  /** 开通, not counting what has left the air by then */
  onAir: stage,
  /** 验收 */
  accepted: stage,
};

export const progressSchema = strictObject({
  basis: strictObject({
    from: day,
    to: day,
    unit: oneOf(countingUnits),
    form: oneOf(countingForms),
  }),
  rows: Type.Array(
    strictObject({
      districtCode: Type.String(),
      districtName: Type.String(),
      /** '': no town is known. */
      townCode: Type.String(),
      townName: Type.String(),
      ...stages,
      /** Sites that stood without a case; they have no date. */
      standing: Type.Integer(),
    }),
  ),
  total: strictObject({ ...stages, standing: Type.Integer() }),
  /** 先建后拆: gates opened against the rule within the period. */
  overrides: Type.Array(
    strictObject({
      number: Type.String(),
      project: Type.String(),
      at: Type.String(),
      by: nullable(Type.String()),
      reason: Type.String(),
    }),
  ),
});
export type ProgressJson = Static<typeof progressSchema>;
