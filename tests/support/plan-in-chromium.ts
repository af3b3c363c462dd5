// Runs a plan in a real browser through the client's own preview worker, built as the client is built.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { PlanChoice, PlanResult } from '../../engine/index.ts';
import { openChromium } from './chromium.ts';
import type { PreviewAnswer } from './preview-page/main.ts';

export interface TileAddress {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

export interface ChromiumAnswer extends Omit<PreviewAnswer, 'result'> {
  readonly result: Omit<PlanResult, 'raster'>;
}

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
};

/** Null, and reported as not run, where there is no Chromium. */
export async function planInChromium(
  input: Uint8Array,
  choice: PlanChoice,
  tile: TileAddress,
): Promise<ChromiumAnswer | null> {
  const open = await openChromium('the same plan in Node and in Chromium');
  if (!open) return null;
  const folder = mkdtempSync(join(tmpdir(), 'zhanzhi-page-'));
  const root = fileURLToPath(new URL('./preview-page', import.meta.url));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    worker: { format: 'es' },
    build: { outDir: folder, emptyOutDir: true, target: 'es2022' },
  });
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://x').pathname);
    const answer = (type: string, body: Uint8Array | string) =>
      response.writeHead(200, { 'content-type': type }).end(body);
    if (path === '/input.bin') answer('application/octet-stream', input);
    else if (path === '/question.json') answer('application/json', JSON.stringify({ choice, tile }));
    else {
      const name = path === '/' ? '/index.html' : path;
      try {
        answer(types[extname(name)] ?? 'application/octet-stream', readFileSync(join(folder, name)));
      } catch {
        response.writeHead(404).end();
      }
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await open.page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const handle = await open.page.waitForFunction(() => window.answer, null, { timeout: 180_000 });
    const answer = (await handle.jsonValue()) as ChromiumAnswer;
    if (answer.failed) throw new Error(`the browser refused the plan: ${answer.failed}`);
    return answer;
  } finally {
    await open.close();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
