// One page in a real browser, built as the client is built and served under the client's own security policy: it reads the files
// it is given and leaves its answer in `window.answer`.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import Fastify from 'fastify';
import { build } from 'vite';
import { readConfig } from '../../server/config.ts';
import type { App } from '../../server/plugins/app-types.ts';
import { registerSecurityHeaders } from '../../server/plugins/security-headers.ts';
import { type OpenBrowser, openChromium } from './chromium.ts';

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.bin': 'application/octet-stream',
};

export interface PageQuestion {
  /** What is not run where there is no browser. */
  readonly what: string;
  /** The folder of the page's index.html. */
  readonly folder: string;
  /** By address: `/input.bin`. */
  readonly files: Readonly<Record<string, Uint8Array | string>>;
  /** Called with the answer while the page is still open. */
  readonly look?: (browser: OpenBrowser) => Promise<void>;
}

const WAIT_MS = 240_000;

/** Null, and reported as not run, where there is no Chromium. */
export async function pageInChromium<Answer>({
  what,
  folder,
  files,
  look,
}: PageQuestion): Promise<Answer | null> {
  const open = await openChromium(what);
  if (!open) return null;
  const built = mkdtempSync(join(tmpdir(), 'zhanzhi-page-'));
  await build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    worker: { format: 'es' },
    build: { outDir: built, emptyOutDir: true, target: 'es2022' },
  });
  const policy = await securityPolicy();
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://x').pathname);
    const name = path === '/' ? '/index.html' : path;
    try {
      const body = files[path] ?? readFileSync(join(built, name));
      const type = types[extname(name)] ?? 'application/octet-stream';
      response.writeHead(200, { 'content-type': type, 'content-security-policy': policy }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await open.page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    for (const untilMs = performance.now() + WAIT_MS; performance.now() < untilMs; ) {
      // Asked again and again: waiting inside the page would need eval, which the policy forbids.
      const answer = await open.page.evaluate(() => (window as { answer?: unknown }).answer ?? null);
      if (answer !== null) {
        await look?.(open);
        return answer as Answer;
      }
      if (open.troubles.length > 0) throw new Error(`${what}: ${open.troubles.join('; ')}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`${what}: no answer after ${WAIT_MS} ms`);
  } finally {
    await open.close();
    server.close();
    rmSync(built, { recursive: true, force: true });
  }
}

/** The header as the service sends it. */
async function securityPolicy(): Promise<string> {
  const app = Fastify() as unknown as App; // the same app without schema types
  await registerSecurityHeaders(app, readConfig({}));
  app.get('/', () => '');
  const { headers } = await app.inject('/');
  await app.close();
  return String(headers['content-security-policy']);
}
