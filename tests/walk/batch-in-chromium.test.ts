// A batch of 85 rows at the review desk in a real browser, decided with the keyboard alone: reasons by digit, a session that ends in the
// middle, a colleague who is faster, an undo; then it is closed, and the annex holds what was decided.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BatchDecision } from '../../engine/index.ts';
import type { BatchJson, BatchRowJson, BatchRowPageJson } from '../../server/contract/batches.ts';
import { readWorkbook } from '../../server/import/read-workbook.ts';
import { aBatch, decide, openBatches, peopleOfBatches, ROWS, type Who } from '../server/batches/a-batch.ts';
import { type Browser, openPeopleApp, PASSWORD, type PeopleApp } from '../server/people/people-app.ts';
import { type OpenBrowser, openChromium } from '../support/chromium.ts';
import { openEmbeddedTestStore, type TestStore } from '../support/stores.ts';

let browser: OpenBrowser | null = null;
let store: TestStore | null = null;
let app: PeopleApp | null = null;
let people: Record<Who, Browser>;
let batchId = '';
let url = '';

beforeAll(async () => {
  browser = await openChromium('a batch decided in a real browser');
  if (!browser) return;
  store = await openEmbeddedTestStore({ deadlineMs: 60_000 });
  await openBatches(store.store);
  app = await openPeopleApp(store.store, { requestsPerMinute: 1_000_000 });
  people = await peopleOfBatches(app);
  batchId = (await aBatch(people.planner)).batch.id;
  url = await app.app.listen({ port: 0, host: '127.0.0.1' });
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await app?.app.close();
  await store?.close();
});

const byId = (page: Page, id: string) => page.locator(`[data-testid="${id}"]`);

async function get<T>(page: Page, path: string): Promise<T> {
  return (await (await page.request.get(url + path)).json()) as T;
}
const rowsNow = async (page: Page): Promise<BatchRowJson[]> =>
  (await get<BatchRowPageJson>(page, `/api/batches/${batchId}/rows?pageSize=1000`)).rows;

/** The row the keyboard is on. */
const placeInHand = async (page: Page) => Number(await byId(page, 'row-pane').getAttribute('data-row'));

/** Keys for the row at this place, and what they decide. */
function keysOf(place: number): readonly [BatchDecision, ...string[]] {
  if (place % 10 === 3) return ['退回补正', 'b', '7', 'Enter'];
  if (place % 10 === 6) return ['不同意', 'r', '2', 'Enter'];
  return place % 20 === 9 ? ['转问题', 'p', '5', 'Enter'] : ['同意', 'a'];
}

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

test('85 rows are decided by keyboard; a session that ends in the middle and a faster colleague lose nothing', async () => {
  if (!browser) return;
  const { page } = browser;
  page.setDefaultTimeout(120_000);
  const signedIn = await page.request.post(`${url}/api/session`, {
    data: { login: 'district', password: PASSWORD },
  });
  expect(signedIn.status()).toBe(200);
  await page.goto(`${url}/batches/${batchId}`);
  await byId(page, 'row-pane').waitFor();
  await press(page, '?');
  await byId(page, 'key-list').waitFor();
  await press(page, 'Escape');
  await byId(page, 'key-list').waitFor({ state: 'hidden' });

  // verbs beside deciding, by keyboard: the towns are urged, a department is asked about the first two rows
  await press(page, 'u');
  await byId(page, 'urge-units').waitFor();
  expect(await byId(page, 'urge-reach').textContent()).toContain(`2 个街镇，共 ${ROWS} 行`);
  await byId(page, 'urge-ok').click();
  await byId(page, 'urge-dialog').waitFor({ state: 'hidden' });
  await byId(page, 'batch-rows').focus();
  await press(page, 'x', 'j', 'x', 'k', 'c');
  await byId(page, 'countersign-dialog').waitFor();
  await byId(page, 'countersign-department').locator('input').fill('规划资源');
  await byId(page, 'countersign-ok').click();
  await byId(page, 'countersign-dialog').waitFor({ state: 'hidden' });
  await byId(page, 'batch-filter-countersign').getByText('2').waitFor();
  await byId(page, 'row-countersign').getByText('规划资源').waitFor();
  expect((await rowsNow(page)).flatMap(({ countersigns }) => countersigns)).toHaveLength(2);
  await byId(page, 'batch-rows').focus();
  await press(page, 't');
  await byId(page, 'handover-dialog').getByText('某人 district-two').click();
  await byId(page, 'handover-ok').click();
  await byId(page, 'handover-dialog').waitFor({ state: 'hidden' });
  await byId(page, 'batch-handler').getByText('某人 district-two').waitFor();
  await byId(page, 'batch-rows').focus();

  const wanted: BatchDecision[] = [];
  for (let place = 1; place <= ROWS; place++) {
    expect(await placeInHand(page)).toBe(place);
    const [decision, ...keys] = keysOf(place);
    wanted.push(decision);
    if (place === 30) {
      // as if half an hour had gone by
      await byId(page, 'batch-progress').getByText(`29 / ${ROWS}`).waitFor();
      await store!.store.query('delete from sessions', []);
    }
    if (place === 50) {
      await byId(page, 'batch-progress').getByText(`49 / ${ROWS}`).waitFor();
      people = await peopleOfBatches(app!);
      const row = (await rowsNow(page)).find((one) => one.place === place);
      const faster = await decide(people['district-two'], batchId, [row!], '不同意');
      expect(faster.statusCode).toBe(200);
    }
    await press(page, ...keys);
    if (place === 30) {
      await byId(page, 'session-again').waitFor();
      await byId(page, 'sign-in-password').fill(PASSWORD);
      await press(page, 'Enter');
      await byId(page, 'session-again').waitFor({ state: 'detached' });
      await byId(page, 'batch-rows').focus();
    }
    if (place === 50) {
      // the fresh row is shown, and Enter says it again
      await byId(page, 'unsent-stale').waitFor();
      expect(await byId(page, 'unsent-stale').textContent()).toContain('不同意');
      expect(await placeInHand(page)).toBe(place);
      await press(page, 'Enter');
      await byId(page, 'unsent-stale').waitFor({ state: 'detached' });
    }
  }
  await byId(page, 'batch-progress').getByText(`${ROWS} / ${ROWS}`).waitFor();
  await byId(page, 'batch-sending').waitFor({ state: 'detached' });
  expect((await rowsNow(page)).map(({ decision }) => decision)).toEqual(wanted);

  await press(page, 'Control+z');
  await byId(page, 'batch-progress')
    .getByText(`${ROWS - 1} / ${ROWS}`)
    .waitFor();
  expect((await rowsNow(page)).filter(({ decision }) => decision === null).map(({ place }) => place)).toEqual(
    [ROWS],
  );
  expect(await placeInHand(page)).toBe(ROWS);
  await press(page, ...keysOf(ROWS).slice(1));
  await byId(page, 'batch-progress').getByText(`${ROWS} / ${ROWS}`).waitFor();
  await byId(page, 'batch-sending').waitFor({ state: 'detached' });
  expect((await rowsNow(page)).map(({ decision }) => decision)).toEqual(wanted);
}, 600_000);

test('the batch is closed, and its annex has a row for each with its decision', async () => {
  if (!browser) return;
  const { page } = browser;
  await byId(page, 'batch-close').click();
  await byId(page, 'close-totals').waitFor();
  await byId(page, 'close-countersigning').getByText('2').waitFor();
  await byId(page, 'close-ok').click();
  await byId(page, 'batch-head').getByText('已关闭').first().waitFor();
  expect((await get<BatchJson>(page, `/api/batches/${batchId}`)).state).toBe('已关闭');
  expect(await byId(page, 'decision-bar').count()).toBe(0);

  await byId(page, 'batch-download').click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    byId(page, 'batch-file-annex.xlsx').click(),
  ]);
  const chunks: Uint8Array[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Uint8Array);
  const [head, ...lines] = readWorkbook(Buffer.concat(chunks), (row) => row.length);
  const rows = await rowsNow(page);
  expect(lines).toHaveLength(ROWS);
  for (const [at, row] of rows.entries()) {
    expect(lines[at], head?.join()).toContain(row.code);
    expect(lines[at]).toContain(row.decision);
  }
  expect(browser.troubles.filter((trouble) => !/401|412/.test(trouble))).toEqual([]);
}, 300_000);
