// The boots decide before anything is installed: what is missing, and which tools this machine has.
import { expect, test } from 'vitest';
import { firstMissing } from '../../scripts/boot/ensure-installed.mjs';
import { findCommand } from '../../scripts/boot/find-tools.mjs';
import { freePort } from '../../scripts/boot/local-postgres.mjs';

const wanted = {
  '': { version: '0.1.0' },
  'node_modules/fastify': { version: '5.12.8' },
  'node_modules/vitest': { version: '4.1.12', dev: true },
  'node_modules/esbuild-aix': { version: '1.0.0', optional: true },
};

test('nothing is missing when every needed package has its version', () => {
  const installed = {
    'node_modules/fastify': { version: '5.12.8' },
    'node_modules/vitest': { version: '4.1.12' },
  };
  expect(firstMissing(wanted, installed, true)).toBeNull();
});

test('a package of another version is named', () => {
  const installed = {
    'node_modules/fastify': { version: '5.12.7' },
    'node_modules/vitest': { version: '4.1.12' },
  };
  expect(firstMissing(wanted, installed, true)).toBe('fastify 5.12.8');
});

test('a start does not need what only tests use', () => {
  const installed = { 'node_modules/fastify': { version: '5.12.8' } };
  expect(firstMissing(wanted, installed, false)).toBeNull();
  expect(firstMissing(wanted, installed, true)).toBe('vitest 4.1.12');
});

test('a command that does not exist is not found, and a free port is a port', async () => {
  expect(findCommand('no-such-command-here')).toBeNull();
  expect(await freePort()).toBeGreaterThan(1023);
});
