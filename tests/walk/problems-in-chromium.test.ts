// A problem from its first word to its closing and back, in a real browser: raised, assigned, worked on, settled, confirmed by whoever
// raised it, reopened under its number; then seen on the board and in the ranking.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cookieOf } from '../../scripts/bench/cookie-of.ts';
import type { AttachmentListJson } from '../../server/contract/attachments.ts';
import type { ProblemDetailJson } from '../../server/contract/problems.ts';
import { loadDistricts, saveTowns } from '../../server/store/districts.ts';
import { openTownApp, type TownApp } from '../server/app-on-town.ts';
import { aPdf } from '../support/a-pdf.ts';
import { aJpeg } from '../support/a-photo.ts';
import { type OpenBrowser, openChromium } from '../support/chromium.ts';
import { enterAs } from '../support/enter-as.ts';

let town: TownApp | null = null;
let browser: OpenBrowser | null = null;
let url = '';
const photoDir = mkdtempSync(join(tmpdir(), 'zhanzhi-photos-'));
const cookies: Record<string, string> = {};

beforeAll(async () => {
  browser = await openChromium('problems in a real browser');
  if (!browser) return;
  town = await openTownApp({ photoDir });
  const { store } = town;
  const [district] = await loadDistricts(store);
  await saveTowns(store, [{ code: '990101001', name: '云汀街道', districtCode: district!.code }]);
  for (const role of ['planner', 'district', 'town'] as const)
    cookies[role] = await cookieOf(store, role, { organisation: `${role} 单位` });
  url = await town.app.listen({ port: 0, host: '127.0.0.1' });
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await town?.close();
  rmSync(photoDir, { recursive: true });
});

const byId = (page: Page, id: string) => page.locator(`[data-testid="${id}"]`);

async function comeAs(page: Page, who: string, path: string): Promise<void> {
  await enterAs(browser!, url, cookies[who]!);
  await page.goto(`${url}${path}`);
}

async function doMove(page: Page, word: string, reason?: string): Promise<void> {
  await byId(page, `problem-${word}`).click();
  if (reason !== undefined) await byId(page, 'move-reason').fill(reason);
  await byId(page, 'move-ok').click();
  await byId(page, 'move-dialog').waitFor({ state: 'detached' });
}

async function choose(page: Page, testId: string, text: string): Promise<void> {
  await byId(page, testId).click();
  await page
    .locator('.ant-select-dropdown:visible .ant-select-item-option')
    .filter({ hasText: text })
    .click();
}

/** A paper by the keyboard, a photo dropped on the panel; something else is refused with a sentence. */
async function attachByDropAndChoice(page: Page): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await byId(page, 'attachment-add').focus();
  await page.keyboard.press('Enter');
  const paper = { name: '入场协议.pdf', mimeType: 'application/pdf', buffer: aPdf({ pages: 2 }) };
  const script = aPdf({ catalogue: '/OpenAction << /S /JavaScript /JS (1) >>' });
  await (await chooser).setFiles([paper, { ...paper, name: '脚本.pdf', buffer: script }]);
  await byId(page, 'attachment-list').getByText('2 页').waitFor();
  await byId(page, 'attachment-queue').getByText('PDF 含有脚本').waitFor();
  // the browser notes that it was refused
  expect(browser!.troubles.splice(0)).toEqual([expect.stringContaining('422')]);
  await choose(page, 'attachment-kind', '现场照片');
  const dropped = await page.evaluateHandle(
    (bytes) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(bytes)], '门口.jpg', { type: 'image/jpeg' }));
      return transfer;
    },
    [...aJpeg({ width: 64, height: 48 })],
  );
  await byId(page, 'attachment-add').dispatchEvent('drop', { dataTransfer: dropped });
  const picture = byId(page, 'attachment').filter({ hasText: '门口.jpg' });
  await picture.locator('img').waitFor();
  // one brought by mistake goes again
  await byId(page, 'attachment-input').setInputFiles({
    ...paper,
    name: '误传.pdf',
    buffer: aPdf({ pages: 3 }),
  });
  const mistaken = byId(page, 'attachment').filter({ hasText: '误传.pdf' });
  await mistaken.locator('[data-testid="attachment-remove"]').click();
  await byId(page, 'attachment-remove-ok').click();
  await mistaken.waitFor({ state: 'detached' });
  expect(await byId(page, 'attachment').count()).toBe(2);
}

test('a problem is raised, assigned, worked on, closed with its raiser and reopened under its number', async () => {
  if (!browser) return;
  const { page } = browser;
  await comeAs(page, 'planner', '/problems');
  await byId(page, 'problems-raise').click();
  await byId(page, 'new-problem-ok').click();
  // nothing is sent before somebody says what it is
  await byId(page, 'new-problem-dialog').getByText('请选择类别。').waitFor();
  await choose(page, 'new-problem-category', '进场难');
  await byId(page, 'new-problem-title').fill('物业不让施工人员进场');
  await choose(page, 'new-problem-town', '云汀街道');
  await byId(page, 'new-problem-ok').click();
  await byId(page, 'problem-drawer').getByText('物业不让施工人员进场').waitFor();
  const path = new URL(page.url()).pathname;
  const look = async () => (await (await page.request.get(`${url}/api${path}`)).json()) as ProblemDetailJson;
  const { number } = (await look()).problem;

  await comeAs(page, 'district', path);
  await byId(page, 'problem-assign').click();
  await byId(page, 'assign-unit').locator('input').fill('town 单位');
  await byId(page, 'assign-reason').fill('一周内见面');
  await byId(page, 'assign-ok').click();
  await byId(page, 'assign-dialog').waitFor({ state: 'detached' });

  await comeAs(page, 'town', path);
  await doMove(page, 'start');
  await byId(page, 'problem-note-words').fill('已约物业周五协商');
  await byId(page, 'problem-note-save').click();
  await byId(page, 'problem-steps').getByText('已约物业周五协商').waitFor();
  await byId(page, 'problem-settle').click();
  // not without evidence
  await page.getByText('还没有销号依据').waitFor();
  await byId(page, 'problem-note').getByText('销号依据').click();
  await byId(page, 'problem-note-words').fill('物业书面同意');
  await byId(page, 'problem-note-save').click();
  await byId(page, 'problem-steps').getByText('物业书面同意').waitFor();
  await attachByDropAndChoice(page);
  await doMove(page, 'settle');
  expect(await byId(page, 'problem-confirm').count()).toBe(0);
  // it waits for its raiser on the strength of these
  await byId(page, 'attachment-remove').first().waitFor({ state: 'detached' });

  await comeAs(page, 'planner', path);
  await doMove(page, 'confirm');
  await byId(page, 'problem-drawer').getByText('提出人已确认').waitFor();
  await byId(page, 'attachment-add').waitFor({ state: 'detached' });
  expect(await byId(page, 'attachment').count()).toBe(2);
  await doMove(page, 'reopen', '又不让进场');
  await byId(page, 'problem-steps').getByText('又不让进场').waitFor();
  await byId(page, 'attachment-add').waitFor();
  await byId(page, 'attachment-list').getByText('入场协议.pdf').waitFor();
  const handed = page.waitForEvent('download');
  await byId(page, 'attachment-download').first().click();
  expect((await handed).suggestedFilename()).toBe('入场协议.pdf');
  const kept = (await (await page.request.get(`${url}/api${path}/attachments`)).json()) as AttachmentListJson;
  expect(kept.attachments.map(({ fileName, kind, isEvidence }) => [fileName, kind, isEvidence])).toEqual([
    ['入场协议.pdf', '协议', false],
    ['门口.jpg', '现场照片', false],
  ]);
  const { problem, steps } = await look();
  expect(problem).toMatchObject({ number, state: '处理中', reopenings: 1, level: '一般' });
  expect(steps.map(({ kind }) => kind)).toEqual([
    'raise',
    'assign',
    'start',
    'progress',
    'evidence',
    'settle',
    'confirm',
    'reopen',
  ]);

  await page.goto(`${url}/problems?tab=board`);
  const card = byId(page, 'problems-board').locator('[data-card]').filter({ hasText: number });
  await card.waitFor();
  await card.focus();
  await page.keyboard.press('Enter');
  await byId(page, 'problem-drawer').waitFor();
  await page.goto(`${url}/problems?tab=ranking`);
  const ranked = page.getByRole('row').filter({ hasText: '云汀街道' });
  // a figure leads to as many rows
  const figure = ranked.locator('[data-testid="ranking-open"]');
  const open = Number(await figure.textContent());
  await figure.click();
  await byId(page, 'problems-ranked').waitFor();
  await page.getByText(`共 ${open} 条`).waitFor();
  expect(browser.troubles).toEqual([]);
}, 400_000);
