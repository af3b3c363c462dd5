// The page may ask this service alone; a configured basemap lets exactly its own host through.
import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { type Config, readConfig } from '../../server/config.ts';
import type { App } from '../../server/plugins/app-types.ts';
import { registerSecurityHeaders } from '../../server/plugins/security-headers.ts';

async function policyOf(config: Config): Promise<Map<string, string[]>> {
  const app = Fastify() as unknown as App;
  await registerSecurityHeaders(app, config);
  app.get('/', () => 'page');
  const header = (await app.inject('/')).headers['content-security-policy'];
  await app.close();
  return new Map(
    String(header)
      .split(';')
      .map((part) => part.split(' '))
      .map(([name = '', ...sources]) => [name, sources]),
  );
}

test('without a basemap no directive names another host', async () => {
  const policy = await policyOf(readConfig({}));
  expect(policy.get('connect-src')).toEqual(["'self'"]);
  for (const sources of policy.values()) {
    for (const source of sources)
      expect(source).toMatch(/^'(self|none|unsafe-inline|wasm-unsafe-eval)'$|^(data|blob):$/);
  }
});

test('own scripts run and own WASM is compiled; no text becomes a script', async () => {
  const policy = await policyOf(readConfig({}));
  expect(policy.get('script-src')).toEqual(["'self'", "'wasm-unsafe-eval'"]);
});

test('a basemap lets its host through for pictures and requests, and nowhere else', async () => {
  const host = 'https://tiles.example.org:8443';
  const policy = await policyOf(readConfig({ ZHANZHI_BASEMAP_URL: `${host}/city/{z}/{x}/{y}.png?key=a` }));
  const withHost = [...policy].filter(([, sources]) => sources.includes(host)).map(([name]) => name);
  expect(withHost.sort()).toEqual(['connect-src', 'img-src']);
});

test.each([
  'https://{s}.example.org/{z}/{x}/{y}.png',
  'https://tiles.example.org/{z}/{x}.png',
  'https://tiles.example.org;script-src/{z}/{x}/{y}.png',
  'file:///tiles/{z}/{x}/{y}.png',
])('the basemap address %s is refused at the start', (url) => {
  expect(() => readConfig({ ZHANZHI_BASEMAP_URL: url })).toThrow();
});
