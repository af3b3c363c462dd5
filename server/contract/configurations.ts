// Ways to equip a site, of which a plan opens one per candidate at the most: as they are asked for, and as a row has one.
import { type Static, Type } from 'typebox';
import { MOST_CONFIGURATIONS, siteStructures } from '../../engine/index.ts';
import { nameSchema, nullable, oneOf, strictObject } from './shared.ts';

const azimuthsSchema = nullable(Type.Array(Type.Number({ minimum: 0, maximum: 360 }), { maxItems: 12 }));

/** What is left out stays as site, equipment and price list have it. */
export const siteConfigurationJsonSchema = strictObject({
  id: Type.String({ minLength: 1, maxLength: 40, pattern: '^[A-Za-z0-9._-]+$' }),
  name: nameSchema(100),
  /** What it can be built on. */
  structures: Type.Array(oneOf(siteStructures), { minItems: 1, maxItems: siteStructures.length }),
  /** Other equipment than the plan's, so another band. */
  profileId: Type.Optional(nullable(Type.String({ minLength: 1, maxLength: 50 }))),
  /** At the most one of the two. */
  heightM: Type.Optional(nullable(Type.Number({ exclusiveMinimum: 0, maximum: 1000 }))),
  heightDeltaM: Type.Optional(nullable(Type.Number({ minimum: -1000, maximum: 1000 }))),
  /** Empty: all round. */
  azimuthsDeg: Type.Optional(azimuthsSchema),
  costFactor: Type.Optional(Type.Number({ minimum: 0, maximum: 100 })),
  extraCostCny: Type.Optional(Type.Integer({ minimum: -1_000_000_000, maximum: 1_000_000_000 })),
});
export type SiteConfigurationJson = Static<typeof siteConfigurationJsonSchema>;
export const siteConfigurationsSchema = Type.Array(siteConfigurationJsonSchema, {
  maxItems: MOST_CONFIGURATIONS,
});

export const chosenConfigurationJsonSchema = strictObject({
  id: Type.String(),
  name: Type.String(),
  profileId: Type.String(),
  heightM: Type.Number(),
  azimuthsDeg: nullable(Type.Array(Type.Number())),
});
export type ChosenConfigurationJson = Static<typeof chosenConfigurationJsonSchema>;
