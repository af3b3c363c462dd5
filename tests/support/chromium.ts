// A real browser for the tests: Debian's Chromium driven by playwright-core, software WebGL, and a record of every address
// it was asked for, so that a test can say that no request left the machine.
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumFlags } from '../../scripts/bench/chromium-flags.ts';
import { reportNotRun } from './not-run.ts';

export interface OpenBrowser {
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly page: Page;
  /** Every http(s) and ws address asked for. */
  readonly requests: string[];
  /** Uncaught page errors and console errors. */
  readonly troubles: string[];
  close(): Promise<void>;
}

/** Not a measure of speed: two files at once on two processors may wait long for a click. */
const PATIENCE_MS = 90_000;

export function chromiumPath(): string | null {
  const given = process.env.CHROMIUM_PATH;
  return (
    [given, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => path && existsSync(path)) ?? null
  );
}

/** Opens a page, or reports that there is no browser here and gives null. */
export async function openChromium(
  what: string,
  { width = 1440, height = 900 } = {},
): Promise<OpenBrowser | null> {
  const executablePath = chromiumPath();
  if (!executablePath) {
    reportNotRun(what, 'no Chromium here; set CHROMIUM_PATH');
    return null;
  }
  const browser = await chromium.launch({ executablePath, headless: true, args: chromiumFlags });
  const context = await browser.newContext({
    viewport: { width, height },
    locale: 'zh-CN',
    acceptDownloads: true,
    // on a busy machine a click may land where a moving dialog just was
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const requests: string[] = [];
  const troubles: string[] = [];
  context.on('request', (request) => {
    if (/^(https?|wss?):/.test(request.url())) requests.push(request.url());
  });
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(message.text());
  });
  return { browser, context, page, requests, troubles, close: () => browser.close() };
}
