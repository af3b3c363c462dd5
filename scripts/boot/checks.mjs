// The checks that are not tests, each one command: types, lint, unused code. `npm run check` and `npm test` share them.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './house.mjs';

const bin = (path) => join(root, 'node_modules', path);

export const checks = [
  { name: 'types', args: [bin('typescript/bin/tsc'), '-p', '.'], hint: 'npx tsc -p .' },
  {
    name: 'lint',
    args: [bin('@biomejs/biome/bin/biome'), 'ci', '--colors=off', '.'],
    hint: 'npm run format',
  },
  { name: 'unused code', args: [bin('knip/bin/knip.js'), '--no-progress'], hint: 'npx knip' },
];

/** Runs one check; its output appears only when it fails. Answers `{ name, ok, seconds }`. */
export async function runCheck({ name, args, hint }) {
  const from = Date.now();
  const { status, output } = await runQuietly(args);
  const seconds = (Date.now() - from) / 1000;
  const ok = status === 0;
  if (!ok) console.log(output.trimEnd());
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${name} (${seconds.toFixed(1)} s)${ok ? '' : `  → ${hint}`}`);
  return { name, ok, seconds };
}

/** Runs vitest with its own output on this terminal and answers the exit status. */
export function runVitest(args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [bin('vitest/vitest.mjs'), 'run', ...args], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    child.once('close', (status) => resolve(status ?? 1));
  });
}

function runQuietly(args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('close', (status) => resolve({ status, output }));
  });
}
