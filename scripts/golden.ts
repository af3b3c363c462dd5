// npm run golden:update: runs every golden case again, prints which numbers moved, and rewrites the expected files.
// The one command that looks at tests: the cases and the way to run them live there.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { goldenCaseDirs, goldenText, runGoldenCase } from '../tests/support/golden.ts';

const goldenDir = fileURLToPath(new URL('../tests/golden', import.meta.url));
let moved = 0;
for (const dir of goldenCaseDirs(goldenDir)) {
  const { geojson, summary } = runGoldenCase(dir);
  const changes = [
    ...rewrite(join(dir, 'expected-summary.json'), summary),
    ...rewrite(join(dir, 'expected.geojson'), geojson),
  ];
  if (changes.length === 0) continue;
  moved += 1;
  console.log(`${basename(dir)}\n${changes.map((change) => `  ${change}`).join('\n')}`);
}
console.log(
  moved === 0
    ? 'nothing moved'
    : `${moved} cases moved: look at their GeoJSON on a map, then commit them by themselves`,
);

/** What changed, a line each; the file is written only then. */
function rewrite(path: string, value: unknown): string[] {
  const before: unknown = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
  const after: unknown = JSON.parse(JSON.stringify(value));
  const changes = differences(before, after, basename(path));
  if (changes.length > 0) writeFileSync(path, goldenText(value));
  return changes.length > 12
    ? [...changes.slice(0, 12), `… and ${changes.length - 12} more in ${basename(path)}`]
    : changes;
}

function differences(before: unknown, after: unknown, place: string): string[] {
  if (isTree(before) && isTree(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => differences(before[key], after[key], `${place}.${key}`));
  }
  return before === after ? [] : [`${place}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`];
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
