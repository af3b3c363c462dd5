// Golden plans: every case runs through the whole engine and must give the files kept beside it.
// After a wanted change: npm run golden:update, look at the GeoJSON on a map, commit it by itself.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { goldenCaseDirs, runGoldenCase } from '../support/golden.ts';

const dirs = goldenCaseDirs(import.meta.dirname);

for (const dir of dirs) {
  test(`${basename(dir)} gives the plan that was looked at`, () => {
    const { geojson, summary } = runGoldenCase(dir);
    expect(summary).toEqual(JSON.parse(readFileSync(join(dir, 'expected-summary.json'), 'utf8')));
    expect(geojson).toEqual(JSON.parse(readFileSync(join(dir, 'expected.geojson'), 'utf8')));
  });
}

test('the cases cover the places that are easy to get wrong', () => {
  expect(dirs.map((dir) => basename(dir))).toEqual(
    expect.arrayContaining([
      'gobi-zero-candidates-near',
      'helsinki-sixty-degrees-north',
      'jiading-two-areas-touching',
      'hangzhou-refused-and-replaced',
      'shanghai-hole-in-area',
      'shanghai-street-canyon',
      'shanghai-courtyard',
      'shanghai-indoor-building',
      'shanghai-road-corridor',
      'hangzhou-hill-between',
      'hangzhou-water-taken-out',
    ]),
  );
});
