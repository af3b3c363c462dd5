// Deriving candidates: what is still missing, and which numbers are sent.

import { Check } from 'typebox/value';
import { expect, test } from 'vitest';
import { deriveGap, deriveRequest, firstDeriveChoice } from '../../client/screens/import/derive-choice.ts';
import { deriveSitesSchema } from '../../server/contract/sites.ts';

test('an area and a source are needed', () => {
  expect(deriveGap(firstDeriveChoice)).toBe('needArea');
  expect(deriveGap({ ...firstDeriveChoice, areaIds: ['a'], from: [] })).toBe('needFrom');
  expect(deriveGap({ ...firstDeriveChoice, areaIds: ['a'] })).toBeNull();
});

test('only numbers that the sources read are sent, and the request fits the contract', () => {
  const request = deriveRequest({ ...firstDeriveChoice, areaIds: ['a'], from: ['poles'] });
  expect(request).toEqual({ areaIds: ['a'], from: ['poles'], poleSpacingM: 50 });
  expect(Check(deriveSitesSchema, request)).toBe(true);
  expect(Check(deriveSitesSchema, deriveRequest({ ...firstDeriveChoice, areaIds: ['a'] }))).toBe(true);
});
