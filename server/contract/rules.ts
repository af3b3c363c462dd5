// Values of the house rules and the days offices work: changed by the administrator, with where they come from, and read by every desk.
import { type Static, Type } from 'typebox';
import { errorReplySchema, nullable, oneOf, strictObject } from './shared.ts';

export const ruleUnits = [
  'working-days',
  'days',
  'hours',
  'years',
  'm',
  'percent',
  'count',
  'number',
] as const;

export const ruleJsonSchema = strictObject({
  /** Words: `rules.name.<name>`. */
  name: Type.String(),
  value: Type.Number(),
  unit: oneOf(ruleUnits),
  lowest: Type.Number(),
  highest: Type.Number(),
  /** Clause or paper; D: the product's own default. */
  source: Type.String(),
  note: Type.String(),
  updatedAt: Type.String(),
  version: Type.Integer(),
});
export type RuleJson = Static<typeof ruleJsonSchema>;

export const ruleListSchema = strictObject({ rules: Type.Array(ruleJsonSchema) });
export type RuleListJson = Static<typeof ruleListSchema>;

export const ruleChangeSchema = strictObject({
  value: Type.Number(),
  source: Type.String({ maxLength: 500 }),
  note: Type.String({ maxLength: 500 }),
});
export type RuleChangeJson = Static<typeof ruleChangeSchema>;

/** 412: the refusal and the value as it is now. */
export const staleRuleSchema = Type.Object(
  { ...errorReplySchema.properties, rule: ruleJsonSchema },
  { additionalProperties: false },
);

export const daySchema = Type.String({ pattern: '^20\\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' });

export const calendarQuerySchema = strictObject({ year: Type.Integer({ minimum: 2000, maximum: 2099 }) });

export const calendarDaySchema = strictObject({
  day: daySchema,
  /** false: a holiday; true: a weekend day worked instead. */
  works: Type.Boolean(),
  note: Type.String(),
});
export type CalendarDayJson = Static<typeof calendarDaySchema>;

/** Only the days that differ from Monday to Friday. */
export const calendarSchema = strictObject({
  days: Type.Array(calendarDaySchema),
  /** Years somebody has entered; all others count Monday to Friday. */
  years: Type.Array(Type.Integer()),
  /** Of the whole calendar, all years; goes back as If-Match. */
  version: Type.Integer(),
});
export type CalendarJson = Static<typeof calendarSchema>;

/** 412: the refusal and the calendar of the year of the first day asked for, as it is now. */
export const staleCalendarSchema = Type.Object(
  { ...errorReplySchema.properties, calendar: calendarSchema },
  { additionalProperties: false },
);

const MOST_DAYS = 400;

/** PUT /api/calendar/days: all or none of them. */
export const calendarChangeSchema = strictObject({
  days: Type.Array(
    strictObject({
      day: daySchema,
      /** null: as any other day of the week again. */
      works: nullable(Type.Boolean()),
      note: Type.Optional(Type.String({ maxLength: 200 })),
    }),
    { minItems: 1, maxItems: MOST_DAYS },
  ),
});
export type CalendarChangeJson = Static<typeof calendarChangeSchema>;
