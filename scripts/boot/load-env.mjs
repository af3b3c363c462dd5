// Settings of this machine from `.env` beside package.json, when there is one. What the shell sets already wins.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './house.mjs';

export function loadDotEnv() {
  const file = join(root, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
}
