// Other programs measured beside ours: found on PATH, run in a folder of their own, timed as a whole process.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findCommand } from '../boot/find-tools.mjs';
import { measure } from './bench-row.ts';

export interface PeerTool {
  readonly folder: string;
  /** Seconds of one run. Throws with the program's own words when it fails. */
  readonly run: (args: readonly string[]) => number;
}

/** Null when the machine has no such program. */
export function withPeer<T>(command: string, work: (tool: PeerTool) => T): T | null {
  const path = findCommand(command);
  if (path === null) return null;
  const folder = mkdtempSync(join(tmpdir(), 'zhanzhi-bench-'));
  try {
    return work({
      folder,
      run: (args) => {
        const { value, seconds } = measure(() => spawnSync(path, args, { cwd: folder, encoding: 'utf8' }));
        if (value.status !== 0)
          throw new Error(`${command} ${args.join(' ')}: ${value.stderr}${value.stdout}`);
        return seconds;
      },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
