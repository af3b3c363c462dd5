// Every check-vector file at its stated tolerance; each comparison prints its largest difference.
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { allChecks } from '../../support/vector-checks/all-checks.ts';
import { reportDifference } from '../../support/vector-file.ts';

test.each(allChecks.map((check) => [check.file, check.what, check] as const))(
  '%s: %s',
  (file, what, check) => {
    const { rows, tolerance, largest, row } = check.compare();
    reportDifference(`${file} (${what})`, rows, largest, tolerance, check.unit);
    expect(rows).toBe(check.rows);
    expect(largest, row).toBeLessThanOrEqual(tolerance);
  },
);

test('no check-vector file is left out', () => {
  const files = readdirSync(new URL('../../fixtures/vectors', import.meta.url));
  // The MSI file itself is what msi_example_expected.csv was made with.
  const checked = new Set([...allChecks.map(({ file }) => file), 'msi_example.msi']);
  expect(files.filter((file) => !checked.has(file))).toEqual([]);
});
