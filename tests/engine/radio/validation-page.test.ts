import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { renewPage } from '../../support/validation-page.ts';

test('the validation page holds the tables of a fresh run: npm run validation', () => {
  const page = readFileSync(new URL('../../../docs/validation.md', import.meta.url), 'utf8');
  expect(page).toBe(renewPage(page));
});

test('a page without its marks is refused', () => {
  expect(() => renewPage('# Validation')).toThrow('no part vectors');
});
