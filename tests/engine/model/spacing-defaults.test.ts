// Usual distances: the values of the domain reference, section 6, by band, scenario and structure.
import { expect, test } from 'vitest';
import {
  poleSpacingM,
  practiceSpacing,
  productSpacing,
  scenarioOfKind,
  spacingOf,
  spacingScenarios,
} from '../../../engine/model/spacing-defaults.ts';

const named = ['密集城区', '一般城区', '郊区', '农村'] as const;

test('the product table holds the distances of the reference by scenario', () => {
  const rowAt = (frequencyGhz: number) =>
    named.map((scenario) => spacingOf(productSpacing, frequencyGhz, scenario, 'roof'));
  expect(rowAt(3.5)).toEqual([300, 400, 700, 1500]);
  expect(rowAt(4.85)).toEqual([300, 400, 700, 1500]);
  expect(rowAt(2.6)).toEqual([350, 450, 800, 1800]);
  expect(rowAt(0.773)).toEqual([500, 700, 1500, 4000]);
});

test('the practice table holds the distances of the planning script', () => {
  const words = ['密集城区', '一般城区', '县城', '乡镇', '农村'] as const;
  const rowAt = (frequencyGhz: number) =>
    words.map((scenario) => spacingOf(practiceSpacing, frequencyGhz, scenario, 'tower'));
  expect(rowAt(2.6)).toEqual([400, 600, 550, 1200, 1500]);
  expect(rowAt(0.9)).toEqual([450, 650, 600, 1800, 3300]);
});

test('poles stand 100 to 200 m apart in every scenario, stations along railways about 500 m', () => {
  for (const scenario of spacingScenarios)
    expect(spacingOf(productSpacing, 3.5, scenario, 'pole')).toBe(poleSpacingM);
  expect(poleSpacingM).toBe(150);
  expect(spacingOf(productSpacing, 3.5, '高铁', 'tower')).toBe(500);
});

test('the kind of an area names its scenario, an unknown kind is a plain town', () => {
  expect(['高密区', '密集区', '一般区', '边缘区', '高铁', '乡镇', '商圈', ''].map(scenarioOfKind)).toEqual([
    '密集城区',
    '一般城区',
    '郊区',
    '农村',
    '高铁',
    '乡镇',
    '密集城区',
    '一般城区',
  ]);
  for (const scenario of spacingScenarios) expect(scenarioOfKind(scenario)).toBe(scenario);
});

test('a frequency that is none is refused', () => {
  expect(() => spacingOf(productSpacing, 0, '农村', 'roof')).toThrow(RangeError);
});
