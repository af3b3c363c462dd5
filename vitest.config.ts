// One configuration for all tests. An embedded database takes about one gigabyte, so at most two test files run at
// once, and one on a small machine. The engine is pure: its files share one loaded engine, which saves a second each.
import { totalmem } from 'node:os';
import { defineConfig } from 'vitest/config';

const GIGABYTE = 1024 ** 3;
const engineTests = ['tests/engine/**/*.test.ts', 'tests/steady-math.test.ts'];

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: totalmem() > 5 * GIGABYTE ? 2 : 1,
    // not a measure of speed: on a busy machine everything takes several times as long
    testTimeout: 180_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000 } },
    projects: [
      { extends: true, test: { name: 'engine', include: engineTests, isolate: false } },
      {
        extends: true,
        test: { name: 'product', include: ['tests/**/*.test.{ts,tsx}'], exclude: engineTests },
      },
    ],
  },
});
