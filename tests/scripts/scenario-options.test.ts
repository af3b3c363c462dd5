// Scenarios as text: what a word moves, what stands together, and what is refused.
import { expect, test } from 'vitest';
import { plainScenario } from '../../engine/index.ts';
import { readPlanOptions } from '../../scripts/cli/plan-options.ts';
import { readScenarios } from '../../scripts/cli/scenario-options.ts';

const LEAST = ['--sites', 's.csv', '--area', 'a.geojson', '--out', 'out'];

test('commas part scenarios and colons part what one of them moves', () => {
  expect(
    readScenarios('robust', 'threshold+3, sigma-1.5:weight=people,structure=roof*1.2:buildMode=新建*0.9'),
  ).toEqual([
    { ...plainScenario, id: 'threshold+3', thresholdDeltaDb: 3 },
    { ...plainScenario, id: 'sigma-1.5:weight=people', shadowSigmaDeltaDb: -1.5, weightBy: 'people' },
    {
      ...plainScenario,
      id: 'structure=roof*1.2:buildMode=新建*0.9',
      priceFactors: [
        { by: 'structure', value: 'roof', factor: 1.2 },
        { by: 'buildMode', value: '新建', factor: 0.9 },
      ],
    },
  ]);
});

test('options are repeated, and scenarios of their own ask for the sensitivity', () => {
  const rules = readPlanOptions([
    ...LEAST,
    '--robust',
    'threshold+3',
    '--robust=sigma+2',
    '--sensitivity',
  ])?.rules;
  expect(rules?.robust.map(({ id }) => id)).toEqual(['threshold+3', 'sigma+2']);
  expect(rules?.sensitivity).toBe('usual');
  const own = readPlanOptions([...LEAST, '--scenarios', 'threshold-1'])?.rules.sensitivity;
  expect(own).toMatchObject([{ id: 'threshold-1', thresholdDeltaDb: -1 }]);
});

test.each([
  'threshold3',
  'threshold+0',
  'threshold+3:threshold+4',
  'sigma+2,',
  'weight=money',
  'owner=市政*1.2',
  'structure=roof',
  'structure=roof*x',
  'structure=roof*1.2:structure=roof*1.3',
  '',
])('%j is no list of scenarios', (text) => {
  expect(() => readScenarios('robust', text)).toThrow('--robust');
});
