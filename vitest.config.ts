// One configuration for all tests. An embedded database takes about one gigabyte, so at most two test files run at
// once, and one on a small machine.
import { totalmem } from 'node:os';
import { defineConfig } from 'vitest/config';

const GIGABYTE = 1024 ** 3;

export default defineConfig({
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    pool: 'forks',
    maxWorkers: totalmem() > 5 * GIGABYTE ? 2 : 1,
    // not a measure of speed: on a busy machine everything takes several times as long
    testTimeout: 180_000,
    hookTimeout: 300_000,
  },
});
