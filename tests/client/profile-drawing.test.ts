// The path profile on paper: scales that fit, ticks that are round, keys that read, a table that says what is drawn.
import { createInstance } from 'i18next';
import { expect, test } from 'vitest';
import { messageFiles } from '../../client/format/i18n.ts';
import { sampleForKey } from '../../client/screens/plan/profile-chart.tsx';
import { profileCsv } from '../../client/screens/plan/profile-csv.ts';
import { drawProfile, roundValues, sampleAt } from '../../client/screens/plan/profile-drawing.ts';
import { readingWords, summaryWords } from '../../client/screens/plan/profile-words.ts';
import { computeLinkProfile, type LinkProfile } from '../../engine/index.ts';
import { modelOf, place } from '../engine/coverage/a-model.ts';
import { buildingsOf } from '../support/flat-ground.ts';

const profile: LinkProfile = computeLinkProfile(
  modelOf({ buildings: buildingsOf([360, 300, 370, 500, 20]) }),
  place(302.5, 402.5),
  place(462.5, 402.5),
  'pole',
);
const size = { widthPx: 308, heightPx: 220 };

async function words(language: 'zh-CN' | 'en') {
  const made = createInstance();
  await made.init({
    lng: language,
    resources: { [language]: { translation: messageFiles[language] } },
    interpolation: { escapeValue: false },
  });
  return made.t;
}

test('everything drawn lies on the paper and both ends on its sides', () => {
  const drawing = drawProfile(profile, size);
  expect(drawing.xOf(0)).toBe(drawing.left);
  expect(drawing.xOf(profile.distanceM)).toBe(drawing.right);
  const highest = Math.max(...profile.samples.topM, ...profile.samples.rayM);
  expect(drawing.yOf(highest)).toBeGreaterThan(drawing.top);
  expect(drawing.yOf(Math.min(...profile.samples.groundM))).toBeLessThan(drawing.bottom);
  for (const path of [drawing.ground, drawing.roofs, drawing.ray, drawing.fresnel, drawing.clear60]) {
    expect(path).toMatch(/^M/);
    expect(path).not.toMatch(/NaN|Infinity|undefined/);
  }
  // One wall, one closed shape.
  expect(drawing.roofs.match(/Z/g)).toHaveLength(1);
});

test('ticks are round, in order and inside', () => {
  expect(roundValues(0, 399, 4)).toEqual([0, 100, 200, 300]);
  expect(roundValues(-3, 61, 5)).toEqual([0, 20, 40, 60]);
  expect(roundValues(37.2, 49.9, 5)).toEqual([40, 45]);
  const { heightTicks, distanceTicks, top, bottom, left, right } = drawProfile(profile, size);
  for (const { px } of heightTicks) expect(px >= top && px <= bottom).toBe(true);
  for (const { px } of distanceTicks) expect(px >= left && px <= right).toBe(true);
  expect(heightTicks.length).toBeGreaterThan(2);
});

test('a window of no width still gives a drawing', () => {
  expect(drawProfile(profile, { widthPx: 10, heightPx: 10 }).ray).not.toMatch(/NaN|Infinity/);
});

test('the sample under the pointer is the nearest one, at the sides the last one', () => {
  const drawing = drawProfile(profile, size);
  const last = profile.samples.distanceM.length - 1;
  expect(sampleAt(drawing, profile, -50)).toBe(0);
  expect(sampleAt(drawing, profile, 5000)).toBe(last);
  for (const sample of [1, 17, last - 1])
    expect(sampleAt(drawing, profile, drawing.xOf(profile.samples.distanceM[sample]!))).toBe(sample);
});

test('arrow keys walk, page keys jump, Home and End go to the ends, other keys stay free', () => {
  expect(sampleForKey('ArrowRight', null, 64)).toBe(0);
  expect(sampleForKey('ArrowRight', 64, 64)).toBe(64);
  expect(sampleForKey('ArrowLeft', null, 64)).toBe(64);
  expect(sampleForKey('ArrowLeft', 0, 64)).toBe(0);
  expect(sampleForKey('PageUp', 60, 64)).toBe(64);
  expect(sampleForKey('PageDown', 12, 64)).toBe(2);
  expect(sampleForKey('Home', 30, 64)).toBe(0);
  expect(sampleForKey('End', 30, 64)).toBe(64);
  expect(sampleForKey('Escape', 30, 64)).toBeNull();
  expect(sampleForKey('Escape', null, 64)).toBeUndefined();
  expect(sampleForKey('Tab', 30, 64)).toBeUndefined();
});

test('the table has a row per sample and its clearance is ray less top', async () => {
  const rows = profileCsv(profile, await words('zh-CN'))
    .trim()
    .split('\r\n')
    .map((row) => row.split(','));
  expect(rows).toHaveLength(profile.samples.distanceM.length + 1);
  expect(rows[0]).toHaveLength(8);
  const wall = rows.find((row) => row[3] === '1')!;
  expect(Number(wall[6])).toBeCloseTo(Number(wall[4]) - Number(wall[2]), 1);
  expect(Number(wall[2])).toBe(20);
  // No Fresnel zone at the antenna, so no share of it.
  expect(rows[1]!.at(-1)).toBe('');
});

test.each(['zh-CN', 'en'] as const)('the drawing is told in words: %s', async (language) => {
  const t = await words(language);
  const told = summaryWords(profile, t, language).join('\n');
  expect(told).toContain('160 m');
  expect(told).toContain(language === 'en' ? 'not in the budget' : '不计入预算');
  expect(told).not.toMatch(/link\.|\{\{/);
  const edge = summaryWords({ ...profile, isShadowEdge: true, receiverIndoor: true }, t, language).join('\n');
  expect(edge).toContain(language === 'en' ? 'Edge' : '边缘');
  expect(told).not.toContain(language === 'en' ? 'Terrain excess' : '地形附加损耗');
  const lines = [...profile.budget.lines, { key: 'terrainLoss', value: 7.25, unit: 'dB' } as const];
  const hilly = summaryWords({ ...profile, budget: { ...profile.budget, lines } }, t, language).join('\n');
  expect(hilly).toContain('7.3 dB');
  expect(readingWords(profile, 12, t, language)).toContain('30 m');
  expect(readingWords(profile, null, t, language)).not.toMatch(/\d/);
});
