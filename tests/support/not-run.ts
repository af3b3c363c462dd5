// Says what this machine could not run. The test command collects the lines; where everything is asked for
// (ZHANZHI_REQUIRE_ALL=1) a missing part is a failure instead.
import { appendFileSync } from 'node:fs';

/** Call it and return from the test. Throws when ZHANZHI_REQUIRE_ALL=1. */
export function reportNotRun(what: string, why: string): void {
  if (process.env.ZHANZHI_REQUIRE_ALL === '1') throw new Error(`could not run: ${what} (${why})`);
  const file = process.env.ZHANZHI_NOT_RUN_FILE;
  if (file) appendFileSync(file, `${what}\t${why}\n`);
}
