// What becomes of a call that comes twice or late is stated for every route that changes something (server/plugins/write-rules.ts), its
// schema asks for the headers it says, and it is refused without them before anything else is looked at.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApp } from '../../../server/app.ts';
import type { App } from '../../../server/plugins/app-types.ts';
import { writeRuleOf, writeRules } from '../../../server/plugins/write-rules.ts';
import type { Store } from '../../../server/store/store.ts';
import { testConfig } from '../app-on-town.ts';

const accessFile = new URL('../../fixtures/access.json', import.meta.url);
const committed = JSON.parse(readFileSync(accessFile, 'utf8')) as Readonly<Record<string, string>>;
const writing = Object.keys(committed).filter((route) => !route.startsWith('GET '));

interface Described {
  readonly 'x-twice'?: string;
  readonly 'x-late'?: string;
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly responses: Readonly<Record<string, unknown>>;
}

/** Nothing here gets as far as asking it. */
const noStore = {
  kind: 'embedded',
  query: () => Promise.reject(new Error('asked')),
  transaction: () => Promise.reject(new Error('asked')),
  health: () => Promise.reject(new Error('asked')),
  close: () => Promise.resolve(),
} as unknown as Store;

let app: App;
let described: ReadonlyMap<string, Described>;

beforeAll(async () => {
  ({ app } = await buildApp({ store: noStore, config: testConfig() }));
  await app.ready();
  const { paths } = JSON.parse((await app.inject('/api/openapi.json')).payload) as {
    paths: Record<string, Record<string, Described>>;
  };
  described = new Map(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, one]) => [`${method.toUpperCase()} ${path}`, one] as const),
    ),
  );
});
afterAll(() => app.close());

test('every route that changes something states what becomes of it when it comes twice or late, and no other does', () => {
  expect(Object.keys(writeRules).sort()).toEqual([...writing].sort());
});

test('a reason is a sentence, not a word that means something else', () => {
  const words = ['key', 'key to do', 'if-match', 'rows'];
  for (const [route, { twice, late }] of Object.entries(writeRules))
    for (const word of [twice, late])
      if (!words.includes(word)) expect([route, word.split(' ').length > 1]).toEqual([route, true]);
});

test.each(writing)(
  '%s: the description tells the rule, and its headers are those the rule asks for',
  (route) => {
    const stated = writeRules[route];
    const told = described.get(route);
    expect([told?.['x-twice'], told?.['x-late']]).toEqual([stated?.twice, stated?.late]);
    const headers = (told?.parameters ?? []).flatMap(({ in: place, name }) =>
      place === 'header' ? name : [],
    );
    const wantsKey = stated?.twice === 'key' || stated?.twice === 'key to do';
    expect(headers.includes('idempotency-key')).toBe(wantsKey);
    const wantsVersion = stated?.late === 'if-match';
    // the headers of an act name both, whether it asks for a version or not
    if (wantsVersion || !wantsKey) expect(headers.includes('if-match')).toBe(wantsVersion);
    // late: refused with the row as it is
    if (wantsVersion) expect(Object.keys(told?.responses ?? {})).toContain('412');
  },
);

test('a route is found by its method and path as it states them', () => {
  expect(writeRuleOf('post', '/api/claims/:id/extend')).toEqual({ twice: 'key', late: 'if-match' });
  expect(writeRuleOf('GET', '/api/claims/:id')).toBeUndefined();
});
