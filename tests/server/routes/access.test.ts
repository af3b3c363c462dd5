// Nothing is reachable by accident, settings are checked at start, and errors keep secrets.
import fastify from 'fastify';
import { expect, test } from 'vitest';
import { PlanningError } from '../../../engine/index.ts';
import { readConfig, settings, unknownSettings } from '../../../server/config.ts';
import { describeError, errors, ProductError } from '../../../server/errors.ts';
import { registerAccess } from '../../../server/plugins/access.ts';
import type { App } from '../../../server/plugins/app-types.ts';
import { makeByteCache } from '../../../server/plugins/byte-cache.ts';
import { makeGate } from '../../../server/plugins/gate.ts';
import { StoreError, storeErrorCodes } from '../../../server/store/store.ts';

test('a route that does not state its access stops the start', () => {
  const app = fastify() as unknown as App;
  registerAccess(app, readConfig({}));
  expect(() => app.get('/secret', () => 'x')).toThrow('GET /secret does not state its access');
  expect(() => app.get('/fine', { config: { access: 'signed-in' } }, () => 'x')).not.toThrow();
});

test('settings have defaults, and wrong ones are refused by name', () => {
  expect(readConfig({})).toMatchObject({ port: 8080, host: '127.0.0.1', databaseUrl: null });
  expect(readConfig({ PORT: '0' }).port).toBe(0);
  for (const env of [
    { PORT: '80a' },
    { PORT: '70000' },
    { ZHANZHI_LOG: 'loud' },
    { ZHANZHI_ALLOW_REMOTE: 'yes' },
  ]) {
    expect(() => readConfig(env)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
  }
});

test('listening for other machines must be meant', () => {
  expect(() => readConfig({ HOST: '0.0.0.0' })).toThrow(
    expect.objectContaining({ code: 'CONFIG_REMOTE_HOST' }),
  );
  expect(readConfig({ HOST: '0.0.0.0', ZHANZHI_ALLOW_REMOTE: '1' }).host).toBe('0.0.0.0');
});

test('a mistyped setting is reported', () => {
  expect(unknownSettings({ ZHANZHI_DATA: 'x', ZHANZHI_DATAA: 'x', PATH: 'x' })).toEqual(['ZHANZHI_DATAA']);
  for (const { zh, en } of Object.values(settings)) expect(zh.length * en.length).toBeGreaterThan(0);
});

test('every code has both sentences, both hints and a status', () => {
  for (const [code, { status, message, hint }] of Object.entries(errors)) {
    expect(status, code).toBeGreaterThanOrEqual(400);
    for (const text of [message.zh, message.en, hint.zh, hint.en]) expect(text, code).not.toBe('');
    const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();
    expect(places(message.zh), code).toEqual(places(message.en));
  }
  for (const code of storeErrorCodes) expect(errors[code]).toBeDefined();
});

test('what people read of a failure holds no secret of it', () => {
  const secret = 'postgres://admin:hunter2@db/zz';
  const told = [
    describeError(new Error(secret), 'r-1'),
    describeError(new StoreError('STORE_UNREACHABLE', secret), 'r-1'),
    describeError(new StoreError('STORE_SQL', `select '${secret}'`), 'r-1'),
    describeError({ odd: secret }, 'r-1'),
  ];
  expect(JSON.stringify(told)).not.toContain('hunter2');
  expect(told[0]).toMatchObject({ code: 'INTERNAL', status: 500 });
  expect(told[0]?.hint.en).toContain('r-1');
});

test('refusals of engine and product keep their code and values', () => {
  expect(describeError(new PlanningError('GRID_TOO_LARGE', { bins: 9 }))).toMatchObject({
    code: 'GRID_TOO_LARGE',
    status: 422,
    details: [{ path: 'bins', message: '9' }],
  });
  expect(describeError(new ProductError('AREA_UNKNOWN', { id: 'a' })).message.en).toBe(
    'There is no area with the id "a".',
  );
});

test('the cache keeps the last used answers within its bytes', () => {
  const cache = makeByteCache(10);
  cache.set('a', new Uint8Array(4));
  cache.set('b', new Uint8Array(4));
  cache.get('a');
  cache.set('c', new Uint8Array(4));
  expect([cache.get('a')?.length, cache.get('b'), cache.get('c')?.length]).toEqual([4, undefined, 4]);
  cache.set('huge', new Uint8Array(11));
  expect(cache.get('huge')).toBeUndefined();
});

test('the gate lets a few through, keeps the order, and refuses a crowd', async () => {
  const gate = makeGate(1, 1);
  const order: string[] = [];
  let open = () => {};
  const first = gate(async () => {
    await new Promise<void>((resolve) => {
      open = resolve;
    });
    order.push('first');
  });
  const second = gate(async () => order.push('second'));
  await expect(gate(async () => 0)).rejects.toMatchObject({ code: 'SERVICE_BUSY' });
  open();
  await Promise.all([first, second]);
  expect(order).toEqual(['first', 'second']);
});
