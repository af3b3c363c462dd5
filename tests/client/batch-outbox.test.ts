// Acts of the review desk on their way: one after another, each once, none lost; what came too late asks again.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newerRows, withRows } from '../../client/api/batches.ts';
import { onSessionNeeded } from '../../client/api/fetch-reply.ts';
import {
  enqueueAct,
  forgetAct,
  openOutbox,
  outboxStore,
  sendAgain,
  undoLast,
} from '../../client/state/batch-outbox.ts';
import {
  type ActWork,
  actAnswered,
  readActs,
  type UnsentAct,
  undoPlan,
} from '../../client/state/unsent-acts.ts';
import type { ActResultJson, BatchRowJson } from '../../server/contract/batches.ts';
import { aBatchJson, aBatchRow } from './batch-rows.ts';

const decide = (place: number, version = 1, decision: '同意' | '不同意' = '同意'): ActWork => ({
  kind: 'decide',
  rows: [{ id: `row ${place}`, version }],
  decision,
  reasonCode: decision === '同意' ? null : '其他',
  reasonText: '',
});
const silence = 'silence';
const both = { zh: '某句', en: 'some' };
const refusal = (code: string, more: object = {}) => ({
  code,
  message: both,
  hint: both,
  requestId: 'r',
  ...more,
});

interface Sent {
  readonly path: string;
  readonly once: string;
  readonly body: Record<string, unknown>;
}
type Answer = readonly [status: number, body: unknown] | typeof silence;

/** A service that answers by `answer`, and remembers what it was sent. */
function aService(answer: (sent: Sent, count: number) => Answer): Sent[] {
  const sent: Sent[] = [];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const headers = init.headers as Record<string, string>;
    const one = { path, once: headers['idempotency-key'] ?? '', body: JSON.parse(String(init.body)) };
    sent.push(one);
    const said = answer(one, sent.length);
    if (said === silence) throw new TypeError('no network');
    return new Response(JSON.stringify(said[1]), { status: said[0] });
  });
  return sent;
}

/** What the service says of an act on these rows. */
function done({ body }: Sent, version = 2): readonly [200, ActResultJson] {
  const rows = (body.rows as { id: string }[] | undefined) ?? [{ id: 'row 1' }];
  return [
    200,
    {
      actId: `act ${JSON.stringify(body)}`,
      rows: rows.map(({ id }) => aBatchRow(Number(id.slice(4)), { version })),
      batch: aBatchJson(),
    },
  ];
}

let stale: { act: UnsentAct; fresh: readonly BatchRowJson[] }[] = [];
let answered: UnsentAct[] = [];
let person = 0;

beforeEach(() => {
  vi.useFakeTimers();
  stale = [];
  answered = [];
  openOutbox(`person ${++person}`, {
    answered: (act) => answered.push(act),
    stale: (act, fresh) => stale.push({ act, fresh }),
  });
});
afterEach(() => {
  onSessionNeeded(async () => false);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(0);
const left = () => outboxStore.get().acts.map(({ stage }) => stage);

test('acts leave one after another in their order, each under its own key', async () => {
  const sent = aService((one) => done(one));
  for (const place of [1, 2, 3]) enqueueAct('b', decide(place));
  await settle();
  expect(sent.map(({ path, body }) => [path, (body.rows as { id: string }[])[0]?.id])).toEqual([
    ['/api/batches/b/decisions', 'row 1'],
    ['/api/batches/b/decisions', 'row 2'],
    ['/api/batches/b/decisions', 'row 3'],
  ]);
  expect(new Set(sent.map(({ once }) => once)).size).toBe(3);
  expect(left()).toEqual([]);
});

test('an act whose answer got lost is sent again the same, by itself, and those behind it wait', async () => {
  const sent = aService((one, count) => (count <= 2 ? silence : done(one)));
  enqueueAct('b', decide(1));
  enqueueAct('b', decide(2));
  await settle();
  expect(sent).toHaveLength(1);
  expect(outboxStore.get().trouble).toMatchObject({ code: 'CLIENT_OFFLINE' });
  expect(left()).toEqual(['waiting', 'waiting']);
  await vi.advanceTimersByTimeAsync(12_000);
  expect(sent.slice(0, 3).map(({ once, body }) => [once, body])).toEqual(
    Array(3).fill([sent[0]!.once, sent[0]!.body]),
  );
  expect(answered).toHaveLength(2);
  expect(outboxStore.get().trouble).toBeNull();
});

test('acts made while the session has ended wait for the person and are then all recorded', async () => {
  let isSignedIn = false;
  let signIn = () => {};
  onSessionNeeded(() => new Promise((resolve) => (signIn = () => resolve(true))));
  const sent = aService((one) => (isSignedIn ? done(one) : [401, refusal('SESSION_NEEDED')]));
  for (const place of [1, 2, 3]) enqueueAct('b', decide(place));
  await settle();
  expect(sent).toHaveLength(1);
  expect(left()).toEqual(['waiting', 'waiting', 'waiting']);
  isSignedIn = true;
  signIn();
  await settle();
  expect(answered).toHaveLength(3);
  expect(sent[1]).toEqual(sent[0]);
});

test('who signs in later is not asked again and again, and nothing is lost', async () => {
  const asked = vi.fn(async () => false);
  onSessionNeeded(asked);
  aService(() => [401, refusal('SESSION_NEEDED')]);
  enqueueAct('b', decide(1));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveBeenCalledTimes(1);
  expect(left()).toEqual(['waiting']);
  aService((one) => done(one));
  sendAgain();
  await settle();
  expect(left()).toEqual([]);
});

test('an act on a row that somebody changed asks again, and those behind it go on', async () => {
  const fresh = aBatchRow(1, { version: 5, decision: '不同意' });
  aService((one, count) => (count === 1 ? [412, refusal('BATCH_ROWS_STALE', { rows: [fresh] })] : done(one)));
  enqueueAct('b', decide(1));
  enqueueAct('b', decide(2));
  await settle();
  expect(stale).toMatchObject([{ fresh: [{ version: 5, decision: '不同意' }] }]);
  expect(left()).toEqual(['stale']);
  expect(answered).toHaveLength(1);
  forgetAct(outboxStore.get().acts[0]!.once);
  expect(left()).toEqual([]);
});

test('a refused act waits for the person with what the service said', async () => {
  aService(() => [403, refusal('BATCH_OWN')]);
  enqueueAct('b', decide(1));
  await settle();
  const [act] = outboxStore.get().acts;
  expect(act?.stage).toBe('refused');
  expect(outboxStore.get().errors.get(act?.once ?? '')).toMatchObject({ code: 'BATCH_OWN' });
});

test('a second decision on the same row goes on from the answer to the first', async () => {
  const sent = aService((one, count) => done(one, count + 1));
  enqueueAct('b', decide(1, 1));
  enqueueAct('b', decide(1, 1, '不同意'));
  await settle();
  expect(sent.map(({ body }) => body.rows)).toEqual([
    [{ id: 'row 1', version: 1 }],
    [{ id: 'row 1', version: 2 }],
  ]);
});

test('a decision on what somebody saw of another version keeps that version', () => {
  const first: UnsentAct = { once: '1', batchId: 'b', work: decide(1, 1), hasLeft: true, stage: 'waiting' };
  const second: UnsentAct = { once: '2', batchId: 'b', work: decide(1, 4), hasLeft: false, stage: 'waiting' };
  const [rest] = actAnswered([first, second], '1', { actId: 'a', rows: [{ id: 'row 1', version: 2 }] });
  expect(rest?.work).toMatchObject({ rows: [{ version: 4 }] });
});

test('undo forgets what never left, and takes back by its id what did', async () => {
  const sent = aService((one) => (one.path.endsWith('/undo') ? done(one) : silence));
  enqueueAct('b', decide(1));
  enqueueAct('b', decide(2));
  await settle();
  expect(undoLast('b', null)).toMatchObject({ how: 'forget', act: { work: { rows: [{ id: 'row 2' }] } } });
  expect(left()).toEqual(['waiting']);
  // the first has left and may have happened
  expect(undoLast('b', null)).toMatchObject({ how: 'send', afterOnce: sent[0]?.once });
  await settle();
  aService((one) => done(one));
  sendAgain();
  await settle();
  expect(left()).toEqual([]);
  expect(answered.map(({ work }) => work)).toMatchObject([
    { kind: 'decide' },
    { kind: 'undo', actId: expect.stringContaining('act ') },
  ]);
});

test('what was refused has nothing to undo', async () => {
  aService(() => silence);
  enqueueAct('b', decide(1));
  await settle();
  undoLast('b', null);
  await settle();
  const sent = aService(() => [403, refusal('BATCH_OWN')]);
  sendAgain();
  await settle();
  expect(sent).toHaveLength(1);
  expect(left()).toEqual([]);
});

test('undo again and again goes back one act at a time', () => {
  expect(undoPlan([], null)).toBeNull();
  expect(undoPlan([], 'act 7')).toEqual({ how: 'send', actId: 'act 7', afterOnce: null });
  const undoing: UnsentAct = {
    once: '1',
    batchId: 'b',
    work: { kind: 'undo', actId: 'act 7', afterOnce: null },
    hasLeft: true,
    stage: 'waiting',
  };
  expect(undoPlan([undoing], 'act 7')).toEqual({ how: 'send', actId: null, afterOnce: null });
});

test('what the browser kept is read back, and nonsense is nothing', () => {
  const act: UnsentAct = { once: '1', batchId: 'b', work: decide(1), hasLeft: true, stage: 'waiting' };
  expect(readActs(JSON.stringify([act]))).toEqual([act]);
  for (const text of [
    null,
    '',
    '{',
    '7',
    '[1,null,{}]',
    '[{"once":"1","batchId":"b","work":{},"stage":"waiting"}]',
  ])
    expect(readActs(text), String(text)).toEqual([]);
});

test('a slow answer takes nothing back, and a list keeps its order', () => {
  const known = [aBatchRow(1, { version: 3 }), aBatchRow(2)];
  expect(newerRows(known, [aBatchRow(1, { version: 2 }), aBatchRow(2, { version: 2 })])).toMatchObject([
    { version: 3 },
    { version: 2 },
  ]);
  expect(withRows(known, [aBatchRow(2, { version: 4 })]).map(({ id, version }) => [id, version])).toEqual([
    ['row 1', 3],
    ['row 2', 4],
  ]);
});
