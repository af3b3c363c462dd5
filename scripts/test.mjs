// npm test: everything this machine can run. Installs what is missing, finds or starts a PostgreSQL with PostGIS,
// finds Chromium, GDAL and the real data, and says at the end what it could not run and why.
// ZHANZHI_REQUIRE_ALL=1 turns every "could not run" into a failure. The last line is `N passed, N failed`.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildClientWhenStale } from './boot/build-client.mjs';
import { checks, runCheck, runVitest } from './boot/checks.mjs';
import { ensureInstalled } from './boot/ensure-installed.mjs';
import { findChromium, findCommand, findPostgres } from './boot/find-tools.mjs';
import { startLocalPostgres } from './boot/local-postgres.mjs';

ensureInstalled({ withTests: true });

const requireAll = process.env.ZHANZHI_REQUIRE_ALL === '1';
const folder = mkdtempSync(join(tmpdir(), 'zhanzhi-test-'));
const notRunFile = join(folder, 'not-run.txt');
const resultFile = join(folder, 'vitest.json');
writeFileSync(notRunFile, '');
const missing = [];
const env = { ZHANZHI_NOT_RUN_FILE: notRunFile };
let postgres = null;

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    cleanUp();
    process.exit(130);
  });
}

await offerDatabase();
offerTools();

let passed = 0;
let failed = 0;
for (const check of checks) count((await runCheck(check)).ok);
const built = buildClientWhenStale();
console.log(`${built === 'failed' ? 'FAIL' : 'ok  '} client build (${built})`);
count(built !== 'failed');

await runVitest(['--reporter=default', '--reporter=json', `--outputFile.json=${resultFile}`], env);
countTests();
sayWhatDidNotRun();
cleanUp();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

async function offerDatabase() {
  if (process.env.TEST_DATABASE_URL) return;
  const { bin, why } = findPostgres();
  if (bin === null) {
    missing.push([
      'tests on a real PostGIS',
      `${why}; set TEST_DATABASE_URL or install postgresql and postgis`,
    ]);
    return;
  }
  try {
    postgres = await startLocalPostgres(bin);
    env.TEST_DATABASE_URL = postgres.url;
  } catch (error) {
    missing.push(['tests on a real PostGIS', `the local PostgreSQL did not start: ${error.message}`]);
  }
}

function offerTools() {
  const chromium = findChromium();
  if (chromium) env.CHROMIUM_PATH = chromium;
  else missing.push(['tests in a browser', 'no Chromium found; install it or set CHROMIUM_PATH']);
  if (!findCommand('gdalinfo'))
    missing.push(['tests against GDAL', 'gdalinfo is not on PATH; install gdal-bin']);
  const realData = process.env.ZHANZHI_REAL_DATA;
  if (!realData) missing.push(['tests on real data', 'ZHANZHI_REAL_DATA does not name a folder']);
  else if (!existsSync(realData))
    missing.push(['tests on real data', 'the folder ZHANZHI_REAL_DATA names is not there']);
}

function count(ok) {
  if (ok) passed += 1;
  else failed += 1;
}

/** A file that breaks before its first test counts as one failure; so does a run that left no result at all. */
function countTests() {
  if (!existsSync(resultFile)) {
    count(false);
    return;
  }
  const result = JSON.parse(readFileSync(resultFile, 'utf8'));
  const brokenFiles = result.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const broken = result.numFailedTests + brokenFiles;
  passed += result.numPassedTests;
  // An error outside any test (a rejected promise nobody waited for) fails the run without failing a test.
  failed += broken === 0 && !result.success ? 1 : broken;
}

function sayWhatDidNotRun() {
  const reported = readFileSync(notRunFile, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'));
  const lines = new Set([...missing, ...reported].map(([what, why]) => `${what}: ${why}`));
  if (requireAll) failed += missing.length;
  console.log(lines.size === 0 ? '\nEverything ran.' : '\nCould not run on this machine:');
  for (const line of lines) console.log(`  ${requireAll ? 'FAIL ' : ''}${line}`);
}

function cleanUp() {
  postgres?.stop();
  postgres = null;
  rmSync(folder, { recursive: true, force: true });
}
