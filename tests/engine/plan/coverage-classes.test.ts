// The classes of the coverage layers: limits from the domain reference 6, no gaps, colours that say what is poor.
import { expect, test } from 'vitest';
import {
  classIndexOf,
  classMarks,
  coverageClasses,
  coverageLayers,
  coverageRamps,
  layerUnits,
} from '../../../engine/index.ts';

const limitsOf = (layer: (typeof coverageLayers)[number]) =>
  coverageClasses(layer, -105).map(({ from }) => from);
const rangeOf = (mark: (typeof classMarks)[number]) =>
  coverageLayers.flatMap((layer) =>
    coverageClasses(layer, -105).flatMap((row) => (row.mark === mark ? [`${layer} ${row.from}`] : [])),
  );

test('classes run from high to low without gaps, in different colours', () => {
  for (const layer of coverageLayers) {
    for (const thresholdDbm of [-110, -105, -95, -90, -85, -70]) {
      const classes = coverageClasses(layer, thresholdDbm);
      expect(classes[0]!.to).toBeNull();
      expect(classes.at(-1)!.from).toBeNull();
      classes.slice(1).forEach((next, index) => {
        expect(next.to).toBe(classes[index]!.from);
        expect(next.to).toBeGreaterThan(next.from ?? -Infinity);
      });
      for (const ramp of coverageRamps)
        expect(new Set(classes.map(({ colours }) => colours[ramp])).size, `${layer} ${ramp}`).toBe(
          classes.length,
        );
    }
  }
});

test('levels are split at the threshold, outdoors and indoors alike', () => {
  expect(limitsOf('level')).toEqual([-75, -85, -95, -105, -115, null]);
  expect(limitsOf('indoor')).toEqual(limitsOf('level'));
  for (const thresholdDbm of [-110, -105, -95, -90, -85, -70])
    for (const { from, meets } of coverageClasses('level', thresholdDbm))
      expect(meets).toBe(from !== null && from >= thresholdDbm);
});

test('SINR and rate keep the limits of the quality rules', () => {
  expect(limitsOf('sinr')).toEqual([25, 15, 5, 0, -3, -5, null]);
  expect(limitsOf('pdsch-sinr')).toEqual([25, 15, 5, 0, -5, null]);
  expect(rangeOf('gate')).toEqual(['sinr -3']);
  expect(rangeOf('strict')).toEqual(['sinr 0']);
  expect(rangeOf('rate2024')).toEqual(['rate 200']);
  expect(rangeOf('rate2025')).toEqual(['rate 220']);
});

test('every mark belongs to a class', () => {
  for (const mark of classMarks) expect(rangeOf(mark), mark).not.toEqual([]);
});

test('what meets the demand is never painted in the colours of what misses it', () => {
  for (const ramp of coverageRamps) {
    const good = new Set<string>();
    const poor = new Set<string>();
    for (const layer of coverageLayers) {
      const classes = coverageClasses(layer, -105);
      if (layer !== 'rate')
        for (const { meets, colours } of classes)
          if (meets !== null) (meets ? good : poor).add(colours[ramp]);
    }
    expect([...good].filter((colour) => poor.has(colour))).toEqual([]);
  }
});

test('many servers are not called good: their ramp only grows darker', () => {
  const classes = coverageClasses('servers', -105);
  expect(classes.map(({ from }) => from)).toEqual([4, 3, 2, 1, null]);
  expect(classes.every(({ meets }) => meets === null)).toBe(true);
  const lightness = classes.map(({ colours }) => {
    const colour = Number.parseInt(colours['green-red'].slice(1), 16);
    return (colour >> 16) + ((colour >> 8) & 255) + (colour & 255);
  });
  expect(lightness).toEqual([...lightness].sort((a, b) => a - b));
});

test('a value at a limit lies in the class above it, and what nothing serves in the lowest', () => {
  const classes = coverageClasses('sinr', -105);
  expect(classes[classIndexOf(classes, -3)]!.from).toBe(-3);
  expect(classes[classIndexOf(classes, -3.1)]!.from).toBe(-5);
  expect(classes[classIndexOf(classes, 40)]!.from).toBe(25);
  expect(classIndexOf(classes, Number.NaN)).toBe(classes.length - 1);
});

test('each layer has a unit', () => {
  expect(Object.keys(layerUnits).sort()).toEqual([...coverageLayers].sort());
});
