// .env.example is what people copy: it names every setting the server reads, and none it does not.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { settings } from '../../server/config.ts';
import { houseDir } from '../support/house-files.ts';

test('.env.example lists the settings of the server and the one of the seed command', () => {
  const text = readFileSync(join(houseDir, '.env.example'), 'utf8');
  const listed = [...text.matchAll(/^#?([A-Z][A-Z_]+)=/gm)].map((match) => match[1]);
  const known = Object.values(settings).map((setting) => setting.key);
  expect(listed.sort()).toEqual([...known, 'ZHANZHI_ENV'].sort());
});
