// What the legend writes beside the classes of each layer.
import { expect, test } from 'vitest';
import { classLabel } from '../../client/screens/coverage/class-label.ts';
import { coverageClasses } from '../../engine/index.ts';

const labels = (layer: Parameters<typeof coverageClasses>[0], language: 'zh-CN' | 'en') =>
  coverageClasses(layer, -105).map((row) => classLabel(row, layer, language));

test('limits stand with their unit and a real minus', () => {
  expect(labels('level', 'zh-CN')).toEqual([
    '≥ −75 dBm',
    '≥ −85 dBm',
    '≥ −95 dBm',
    '≥ −105 dBm',
    '≥ −115 dBm',
    '< −115 dBm',
  ]);
  expect(labels('sinr', 'en').slice(-3)).toEqual(['≥ −3 dB', '≥ −5 dB', '< −5 dB']);
  expect(labels('rate', 'en')[1]).toBe('≥ 220 Mbps');
  expect(labels('probability', 'en')[0]).toBe('≥ 95%');
});

test('servers are counted, not compared', () => {
  expect(labels('servers', 'zh-CN')).toEqual(['≥ 4 站', '3 站', '2 站', '1 站', '0 站']);
  expect(labels('servers', 'en')).toEqual(['≥ 4 sites', '3 sites', '2 sites', '1 site', '0 sites']);
});
