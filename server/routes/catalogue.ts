// The tables a person chooses from: coverage rules, equipment profiles, resource types, operators.
import { coverageRules, equipmentProfiles, mobileOperators, resourceTypes } from '../../engine/index.ts';
import {
  coverageRuleListSchema,
  operatorListSchema,
  profileListSchema,
  resourceTypeListSchema,
} from '../contract/catalogue.ts';
import type { App } from '../plugins/app-types.ts';
import { loadOperatorNames } from '../store/operators.ts';
import { replies } from './route-parts.ts';

export function catalogueRoutes(app: App): void {
  const config = { access: 'catalogue:read' } as const;
  const tags = ['catalogue'];

  app.get(
    '/api/coverage-rules',
    { config: { access: 'rule:read' }, schema: { tags, response: replies(coverageRuleListSchema) } },
    () => ({
      rules: coverageRules.map(({ word, en, targetShare, thresholdDbm, basis }) => ({
        word,
        en,
        targetShare,
        thresholdDbm,
        basis,
      })),
    }),
  );

  app.get('/api/profiles', { config, schema: { tags, response: replies(profileListSchema) } }, () => ({
    profiles: equipmentProfiles.map(({ id, name, band, frequencyGhz, macro, pole }) => ({
      id,
      name,
      band,
      frequencyGhz,
      macroRadiusM: macro.serviceRadiusM,
      poleRadiusM: pole.serviceRadiusM,
    })),
  }));

  app.get(
    '/api/resource-types',
    { config, schema: { tags, response: replies(resourceTypeListSchema) } },
    () => ({
      resourceTypes: resourceTypes.map(({ code, en, group, structure }) => ({ code, en, group, structure })),
    }),
  );

  app.get(
    '/api/operators',
    { config, schema: { tags, response: replies(operatorListSchema) } },
    async ({ store }) => ({
      operators: [...new Set([...mobileOperators, ...(await loadOperatorNames(store))])],
    }),
  );
}
