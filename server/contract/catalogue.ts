// Coverage rules, equipment profiles, resource types and the state of the service.
import { type Static, Type } from 'typebox';
import { nullable, strictObject } from './shared.ts';

export const coverageRuleJsonSchema = strictObject({
  word: Type.String(),
  en: Type.String(),
  targetShare: Type.Number(),
  thresholdDbm: Type.Number(),
  basis: Type.String(),
});
export type CoverageRuleJson = Static<typeof coverageRuleJsonSchema>;
export const coverageRuleListSchema = strictObject({ rules: Type.Array(coverageRuleJsonSchema) });
export type CoverageRuleListJson = Static<typeof coverageRuleListSchema>;

export const profileJsonSchema = strictObject({
  id: Type.String(),
  name: Type.String(),
  band: Type.String(),
  frequencyGhz: Type.Number(),
  macroRadiusM: Type.Number(),
  poleRadiusM: Type.Number(),
});
export const profileListSchema = strictObject({ profiles: Type.Array(profileJsonSchema) });
export type ProfileListJson = Static<typeof profileListSchema>;

export const resourceTypeJsonSchema = strictObject({
  code: Type.String(),
  en: Type.String(),
  group: Type.String(),
  structure: Type.String(),
});
export const resourceTypeListSchema = strictObject({ resourceTypes: Type.Array(resourceTypeJsonSchema) });
export type ResourceTypeListJson = Static<typeof resourceTypeListSchema>;

/** GET /api/operators: the national ones first, then those whose people have accounts here. */
export const operatorListSchema = strictObject({ operators: Type.Array(Type.String()) });
export type OperatorListJson = Static<typeof operatorListSchema>;

/** GET /api/status : what is in the store, for the first screen. */
export const statusSchema = strictObject({
  version: Type.String(),
  store: Type.Union([Type.Literal('embedded'), Type.Literal('native')]),
  /** True when the data is the made-up sample district. */
  sample: Type.Boolean(),
  counts: strictObject({
    sites: Type.Integer(),
    existing: Type.Integer(),
    candidates: Type.Integer(),
    buildings: Type.Integer(),
    roads: Type.Integer(),
    pipes: Type.Integer(),
    areas: Type.Integer(),
    districts: Type.Integer(),
    demand: Type.Integer(),
    plans: Type.Integer(),
  }),
  box: nullable(Type.Array(Type.Number(), { minItems: 4, maxItems: 4 })),
  /** Changes whenever a layer's rows change; part of tile addresses. */
  revisions: Type.Record(Type.String(), Type.Integer()),
  /** Online basemap a person configured, or null. */
  basemap: nullable(strictObject({ url: Type.String(), attribution: Type.String() })),
});
export type StatusJson = Static<typeof statusSchema>;

export const liveSchema = strictObject({ live: Type.Literal(true) });
export const readySchema = strictObject({
  ready: Type.Boolean(),
  checks: Type.Array(strictObject({ name: Type.String(), ok: Type.Boolean(), detail: Type.String() })),
});
export type ReadyJson = Static<typeof readySchema>;
