// A person's strikes on the sample district in Chromium, from the click to the frame that shows the list of differences: on the real client
// and service, every second one as soon as the card is there, the others after a look at it. Then one site more or less with all figures of
// the selection, timed inside the browser. Wall time: other work on the machine makes it longer, so the load stands beside it.
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { startService } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import { buildClientWhenStale } from '../boot/build-client.mjs';
import { findChromium } from '../boot/find-tools.mjs';
import { openMigratedStore } from '../cli/open-house.ts';
import { loadSample } from '../sample/load-sample.ts';
import { makeSample } from '../sample/make-sample.ts';
import type { BenchRow } from './bench-row.ts';
import { chromiumFlags } from './chromium-flags.ts';
import { cookieOf } from './cookie-of.ts';
import { quantile } from './quantile.ts';
import { familyMs } from './thread-time.ts';
import { timesRow } from './times-row.ts';
import type { TurnTimes } from './turns-in-page.ts';

const STRIKE_MOST_MS = 200;
const TURN_MOST_MS = 50;
const STRIKES = 40;
const SHORT_STRIKES = 10;
/** Reading the card: long enough for the worker to have worked the click out. */
const LOOK_MS = 1_500;
const PATIENCE_MS = 600_000;

interface Note {
  readonly what: 'click' | 'moved' | 'list' | 'painted' | 'result';
  readonly atMs: number;
}

interface Click {
  /** Milliseconds from the click. */
  readonly answer: number;
  readonly painted: number;
  readonly result: number;
  /** Processor time of the whole browser from before the click to the frame. */
  readonly busy: number;
}

/** Builds the client unless ZHANZHI_CLIENT names one that is built. Nothing but a note where there is no Chromium. */
export async function benchStrike(short: boolean): Promise<BenchRow[]> {
  const executablePath = findChromium();
  if (executablePath === null)
    return [{ step: 'strike to list, Chromium', seconds: 0, note: 'no Chromium here' }];
  if (!process.env.ZHANZHI_CLIENT) buildClientWhenStale();
  const folder = mkdtempSync(join(tmpdir(), 'zhanzhi-bench-strike-'));
  const config = {
    ...readConfig({ ...process.env, DATABASE_URL: '', ZHANZHI_DATA: folder }),
    logLevel: 'error',
    port: 0,
  };
  const store = await openMigratedStore(config);
  try {
    await loadSample(store, makeSample('district'));
    const cookie = await cookieOf(store);
    const service = await startService({ store, config });
    const { chromium } = await import('playwright-core');
    const server = await chromium.launchServer({ executablePath, headless: true, args: chromiumFlags });
    const browser = await chromium.connect(server.wsEndpoint());
    try {
      const page = await openPreview(browser, service.url, cookie);
      const pid = server.process().pid ?? 0;
      const strikes = await strikeOften(page, pid, short ? SHORT_STRIKES : STRIKES);
      return [...strikes, ...(await turnOften(browser))];
    } finally {
      await server.close();
      await service.close();
    }
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const byId = (page: Page, id: string) => page.locator(`[data-testid="${id}"]`);

/** The built-up area in a preview whose search has ended, with its rows in the table. */
async function openPreview(browser: Browser, url: string, cookie: string): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'zh-CN',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const [name = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name, value, url, httpOnly: true, sameSite: 'Strict' }]);
  await context.addInitScript({ path: fileURLToPath(new URL('./strike-watch.mjs', import.meta.url)) });
  const page = await context.newPage();
  await page.goto(url);
  await mapAtRest(page);
  await byId(page, 'areas-select').click();
  await page.locator('.ant-select-item-option', { hasText: '建成区' }).first().click();
  await page.keyboard.press('Escape');
  await byId(page, 'run-preview').click();
  await byId(page, 'preview-panel').waitFor();
  await page.waitForSelector('[data-testid="preview-search"][data-state="settled"]');
  return page;
}

async function mapAtRest(page: Page): Promise<void> {
  await page.waitForSelector('[data-testid="map"][data-map-state="idle"]');
}

async function resultIsThere(page: Page): Promise<void> {
  await page.waitForSelector('[data-testid="preview-run"][data-stage="ready"]');
}

async function strikeOften(page: Page, pid: number, strikes: number): Promise<BenchRow[]> {
  const atOnce: Click[] = [];
  const lookedAt: Click[] = [];
  const undone: Click[] = [];
  const loadBefore = loadavg()[0]!;
  const rows = byId(page, 'items-table').locator('.plan-rows');
  for (let strike = 0; strike < strikes; strike++) {
    await rows.focus();
    await page.keyboard.press('ArrowDown');
    await byId(page, 'strike').hover();
    const isLookedAt = strike % 2 === 1;
    if (isLookedAt) await page.waitForTimeout(LOOK_MS);
    (isLookedAt ? lookedAt : atOnce).push(await clickOn(page, pid, 'strike'));
    await byId(page, 'preview-undo').hover();
    await mapAtRest(page);
    undone.push(await clickOn(page, pid, 'preview-undo'));
  }
  const load = `load ${loadBefore.toFixed(1)} to ${loadavg()[0]!.toFixed(1)}`;
  return [
    clickRow('strike to list, Chromium', [...atOnce, ...lookedAt], load),
    clickRow('the same as soon as the card is there', atOnce, load),
    clickRow('the same after a look at the card', lookedAt, load),
    clickRow('undo to list, Chromium', undone, load),
  ];
}

async function clickOn(page: Page, pid: number, id: string): Promise<Click> {
  await page.evaluate('strikeNotes.length = 0');
  const said = (what: Note['what']) =>
    page.waitForEvent('console', { predicate: (message) => message.text() === `strike ${what}` });
  const [isPainted, isThere] = [said('painted'), said('result')];
  const busyBefore = familyMs(pid);
  await byId(page, id).click();
  await isPainted;
  const busy = familyMs(pid) - busyBefore;
  await isThere;
  await resultIsThere(page);
  const notes = (await page.evaluate('strikeNotes')) as Note[];
  const after = (what: Note['what'], fromMs: number) =>
    notes.find((note) => note.what === what && note.atMs >= fromMs)?.atMs ?? Number.NaN;
  const click = after('click', 0);
  const moved = after('moved', click);
  const painted = after('painted', after('list', moved));
  return { answer: moved - click, painted: painted - click, result: after('result', moved) - click, busy };
}

/** The engine alone, on the district of bench-repair.ts. */
async function turnOften(browser: Browser): Promise<BenchRow[]> {
  const { build } = await import('vite');
  const entry = fileURLToPath(new URL('./turns-in-page.ts', import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, target: 'es2022', lib: { entry, formats: ['iife'], name: 'turnsInPage' } },
  });
  const [first] = [built].flat();
  if (first === undefined || !('output' in first)) throw new Error('the page of the turns was not built');
  const page = await browser.newPage();
  await page.addScriptTag({ content: first.output[0].code });
  const { size, turnMs, strikeMs } = (await page.evaluate('turns')) as TurnTimes;
  await page.close();
  return [
    timesRow('add or remove a site, Chromium', turnMs, TURN_MOST_MS, `engine alone; ${size}`),
    timesRow('strike and repair, Chromium', strikeMs, STRIKE_MOST_MS, `engine alone; ${size}`),
  ];
}

function clickRow(step: string, clicks: readonly Click[], load: string): BenchRow {
  const at = (part: keyof Click, share: number) =>
    quantile(
      clicks.map((click) => click[part]),
      share,
    );
  const told = (part: keyof Click) =>
    `p50 ${at(part, 0.5).toFixed(0)}, p95 ${at(part, 0.95).toFixed(0)}, most ${at(part, 1).toFixed(0)} ms`;
  return {
    step,
    seconds: at('painted', 0.5) / 1000,
    figure: { value: at('painted', 0.95), unit: 'ms', target: STRIKE_MOST_MS, better: 'less' },
    note: `${clicks.length} clicks: ${told('painted')}; worker's answer ${told('answer')}; all figures ${told('result')}; processor p50 ${at('busy', 0.5).toFixed(0)} ms; ${load}`,
  };
}
