// What a plan says about its models: ranges in words, sites left out by id, and nothing when there is nothing to say.
import { expect, test } from 'vitest';
import { planNotes } from '../../client/screens/plan/plan-notes.ts';
import { holdsLayer, layerHeld } from '../../client/state/layer-held.ts';
import { coverageLayers } from '../../engine/index.ts';
import { planSummary } from './plan-rows.ts';

test('a plan without doubts has no notes', () => {
  expect(planNotes(planSummary(), 'zh-CN')).toEqual([]);
});

test('bins outside a model are counted with the range the model states', () => {
  const summary = planSummary({
    outOfRange: [
      { model: 'UMi', quantity: 'baseHeight', bins: 12_345 },
      { model: 'UMa', quantity: 'distance', bins: 7 },
      { model: 'P1411', quantity: 'frequency', bins: 1 },
    ],
  });
  expect(planNotes(summary, 'en')).toEqual([
    { key: 'outOfRange', model: 'UMi', quantity: 'baseHeight', bins: '12,345', range: '10 m' },
    { key: 'outOfRange', model: 'UMa', quantity: 'distance', bins: '7', range: '10–5,000 m' },
    { key: 'outOfRange', model: 'P1411', quantity: 'frequency', bins: '1', range: null },
  ]);
});

test('what was left out comes first, what was assumed last', () => {
  const summary = planSummary({
    assumedHeights: 20,
    insideBuildings: 2,
    groundHoles: 5,
    leftOut: [{ code: 'COVERAGE_SITE_HEIGHT', sites: 30, siteIds: ['a', 'b'] }],
    outOfRange: [{ model: 'RMa', quantity: 'baseHeight', bins: 3 }],
  });
  const notes = planNotes(summary, 'zh-CN');
  expect(notes.map(({ key }) => key)).toEqual([
    'leftOut',
    'outOfRange',
    'insideBuildings',
    'assumedHeights',
    'groundHoles',
  ]);
  expect(notes[0]).toMatchObject({ code: 'COVERAGE_SITE_HEIGHT', count: 30, siteIds: ['a', 'b'] });
});

test('an older plan shows its level when the person last looked at a quality layer', () => {
  const older = planSummary({ quality: null });
  expect(coverageLayers.filter((layer) => holdsLayer(older, layer))).toEqual(['level', 'probability']);
  expect(layerHeld(older, 'sinr')).toBe('level');
  expect(layerHeld(older, 'probability')).toBe('probability');
});
