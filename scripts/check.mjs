// npm run check: what to run before every commit. Types, lint, unused code, then the tests that need no database and
// no browser. Under a minute.
import { checks, runCheck, runVitest } from './boot/checks.mjs';
import { ensureInstalled } from './boot/ensure-installed.mjs';

const FAST_TESTS = [
  'tests/engine',
  'tests/client',
  'tests/scripts',
  'tests/stairs.test.ts',
  'tests/steady-math.test.ts',
];

ensureInstalled({ withTests: true });
const results = [];
for (const check of checks) results.push(await runCheck(check));
const status = await runVitest([...FAST_TESTS, '--reporter=dot']);
const failed = results.filter((result) => !result.ok).map((result) => result.name);
if (status !== 0) failed.push('fast tests');
console.log(failed.length === 0 ? 'all good' : `to mend: ${failed.join(', ')}`);
process.exit(failed.length === 0 ? 0 : 1);
