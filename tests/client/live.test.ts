// Live news on the page, as plain functions: which answers a change makes stale, the line to the service that is opened again, acts that
// keep their key until they are answered, and sentences of notices.
import { readdirSync, readFileSync } from 'node:fs';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ApiError, fetchJson } from '../../client/api/fetch-reply.ts';
import { staleKeys } from '../../client/api/live-keys.ts';
import { openLiveLine, type StreamEars } from '../../client/api/live-line.ts';
import { makeAct, makeActs, newOnceKey } from '../../client/api/once-key.ts';
import { queryKeys } from '../../client/api/query-keys.ts';
import { refreshAnswers } from '../../client/api/refresh-answers.ts';
import { messages as en } from '../../client/format/messages/en/notices.ts';
import { messages as zh } from '../../client/format/messages/zh/notices.ts';
import { noticeFacts } from '../../client/screens/notices/notice-facts.ts';
import { noticePath } from '../../client/screens/notices/notice-path.ts';
import { deskAt, deskNav } from '../../client/screens/shell/desk-nav.ts';
import type { EventJson } from '../../server/contract/events.ts';

describe('a change elsewhere', () => {
  const words = (...objects: string[]) => staleKeys(objects).map(([word]) => word);

  test('makes the answers of its desk stale, and those counted from all desks', () => {
    expect(words('claim')).toEqual(['claims', 'resources', 'under-way', 'home', 'audit']);
    expect(words('batch-row')).toEqual(['batches', 'home', 'audit']);
    expect(words('resource-contact')).toEqual(['contacts', 'home', 'audit']);
    expect(words('something of a later version')).toEqual(['home', 'audit']);
    expect(words()).toEqual([]);
  });

  test('that cannot be told one by one makes all of them stale, each once', () => {
    const all = words('*');
    expect(new Set(all).size).toBe(all.length);
    for (const desk of ['demands', 'claims', 'cases', 'batches', 'problems', 'relocations', 'status', 'home'])
      expect(all).toContain(desk);
  });

  test('names words queries begin with', () => {
    const first = new Set(
      Object.values(queryKeys).map((key) => (typeof key === 'function' ? key('x')[0] : key[0])),
    );
    expect(words('*').filter((word) => !first.has(word as never))).toEqual([]);
  });
});

describe('the line to the service', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function aLine() {
    const opened: { path: string; ears: StreamEars; isClosed: boolean }[] = [];
    const heard: EventJson[] = [];
    const connected: boolean[] = [];
    const line = openLiveLine({
      open: (path, ears) => {
        const stream = { path, ears, isClosed: false };
        opened.push(stream);
        return {
          close: () => {
            stream.isClosed = true;
          },
        };
      },
      hear: (event) => void heard.push(event),
      tellConnected: (is) => void connected.push(is),
    });
    return { opened, heard, connected, line };
  }

  test('opens when the page is seen, and again after growing pauses with the number of the last news', () => {
    const { opened, heard, line } = aLine();
    expect(opened).toHaveLength(0);
    line.look(true);
    opened[0]!.ears.onOpen();
    opened[0]!.ears.onMessage('{"objects":["claim"]}', '17');
    opened[0]!.ears.onMessage('{"unread":3}', '');
    expect(heard).toEqual([{ objects: ['claim'] }, { unread: 3 }]);
    opened[0]!.ears.onError();
    vi.advanceTimersByTime(1_000);
    expect(opened.map(({ path }) => path)).toEqual(['/api/events', '/api/events?since=17']);
    opened[1]!.ears.onError();
    vi.advanceTimersByTime(1_000);
    expect(opened).toHaveLength(2);
    vi.advanceTimersByTime(1_000);
    expect(opened).toHaveLength(3);
    for (let round = 2; round < 12; round += 1) {
      opened[round]!.ears.onError();
      vi.advanceTimersByTime(30_000);
    }
    expect(opened).toHaveLength(13);
    expect(opened.slice(0, -1).every(({ isClosed }) => isClosed)).toBe(true);
  });

  test('is hung up in the background, not at once, and taken up where it was', () => {
    const { opened, connected, line } = aLine();
    line.look(true);
    opened[0]!.ears.onOpen();
    opened[0]!.ears.onMessage('{"objects":[]}', '5');
    line.look(false);
    vi.advanceTimersByTime(5_000);
    line.look(true);
    expect([opened.length, opened[0]!.isClosed]).toEqual([1, false]);
    line.look(false);
    vi.advanceTimersByTime(60_000);
    expect([opened[0]!.isClosed, connected.at(-1)]).toEqual([true, false]);
    line.look(true);
    expect(opened[1]?.path).toBe('/api/events?since=5');
    line.close();
    vi.advanceTimersByTime(60_000);
    expect([opened.length, opened[1]?.isClosed]).toEqual([2, true]);
  });

  test('that breaks in the background is taken up when the page is seen again, not before', () => {
    const { opened, line } = aLine();
    line.look(true);
    opened[0]!.ears.onOpen();
    line.look(false);
    vi.advanceTimersByTime(5_000);
    opened[0]!.ears.onError();
    vi.advanceTimersByTime(600_000);
    expect([opened.length, opened[0]!.isClosed]).toEqual([1, true]);
    line.look(true);
    expect(opened).toHaveLength(2);
  });
});

describe('after a change', () => {
  test('the opened row is asked for first and waited for; the list follows while people go on', async () => {
    const client = new QueryClient();
    const asked: string[] = [];
    const answers = new Map<string, (value: string) => void>();
    const look = (key: readonly string[]) =>
      new QueryObserver(client, {
        queryKey: key,
        initialData: 'before',
        staleTime: Number.POSITIVE_INFINITY,
        queryFn: () => {
          asked.push(key.join(' '));
          return new Promise<string>((answer) => answers.set(key.join(' '), answer));
        },
      }).subscribe(() => undefined);
    const leave = [look(['claims', 'page']), look(['claims', 'one', 'c1']), look(['demands', 'one', 'd1'])];
    let isDone = false;
    const done = refreshAnswers(client, [['claims'], ['sites']]).then(() => {
      isDone = true;
    });
    expect(asked).toEqual(['claims one c1', 'claims page']);
    expect(isDone).toBe(false);
    answers.get('claims one c1')?.('after');
    await done;
    expect(client.getQueryData(['claims', 'one', 'c1'])).toBe('after');
    expect(client.getQueryData(['claims', 'page'])).toBe('before');
    for (const one of leave) one();
    client.clear();
  });
});

describe('an act', () => {
  test('keeps its key through silence and faults of the service, and gets a new one with every answer', async () => {
    const keys: string[] = [];
    const act = makeAct();
    const answer = (result: number | 'done') => (once: string) => {
      keys.push(once);
      const words = { zh: '', en: '' };
      return result === 'done'
        ? Promise.resolve(result)
        : Promise.reject(new ApiError(result, { code: 'X', message: words, hint: words }));
    };
    for (const result of [0, 503, 409, 'done', 'done'] as const)
      await act.run(answer(result)).catch(() => undefined);
    const [silent, busy, refused, done, next] = keys;
    expect([busy, refused]).toEqual([silent, silent]);
    expect(new Set([refused, done, next]).size).toBe(3);
  });

  test('without a dialog is told by what it says: the same words keep their key until there is an answer', async () => {
    const keys: string[] = [];
    const acts = makeActs();
    const words = { zh: '', en: '' };
    const send = (said: object, status: number | null) =>
      acts
        .run(said, (once) => {
          keys.push(once);
          return status === null
            ? Promise.resolve('done')
            : Promise.reject(new ApiError(status, { code: 'X', message: words, hint: words }));
        })
        .catch(() => undefined);
    await send({ name: '一' }, 0);
    await send({ name: '二' }, 503);
    await send({ name: '一' }, 409);
    await send({ name: '一' }, null);
    await send({ name: '二' }, null);
    const [silent, other, refused, again, done] = keys;
    expect([refused, done]).toEqual([silent, other]);
    expect(new Set([silent, other, again]).size).toBe(3);
  });

  test('sends its key along', async () => {
    const sent: (HeadersInit | undefined)[] = [];
    vi.stubGlobal('fetch', async (_path: string, init: RequestInit) => {
      sent.push(init.headers);
      return new Response('{}');
    });
    await fetchJson('/api/claims', { method: 'POST', json: {}, once: 'key of this act' });
    await fetchJson('/api/claims');
    vi.unstubAllGlobals();
    expect(sent.map((headers) => new Headers(headers).get('idempotency-key'))).toEqual([
      'key of this act',
      null,
    ]);
  });

  test('has a key that fits the service, also where the page came over plain http', () => {
    vi.stubGlobal('crypto', { getRandomValues: (bytes: Uint8Array) => bytes.fill(7) });
    expect(newOnceKey()).toMatch(/^[0-9a-f]{36}$/);
    vi.unstubAllGlobals();
  });
});

describe('notices', () => {
  test('every kind the database tells has its sentence in both languages', () => {
    const folder = new URL('../../server/store/migrations/', import.meta.url);
    const kinds = readdirSync(folder).flatMap((name) =>
      [...readFileSync(new URL(name, folder), 'utf8').matchAll(/\btell(?:_[a-z]+)?\('([a-z-]+)'/g)].map(
        ([, kind]) => kind!,
      ),
    );
    const missing = (known: object) => [...new Set(kinds)].filter((kind) => !(kind in known)).sort();
    expect(kinds.length).toBeGreaterThan(10);
    expect([missing(zh.kind), missing(en.kind)]).toEqual([[], []]);
    expect(Object.keys(zh.kind).sort()).toEqual(Object.keys(en.kind).sort());
  });

  test('facts become words of the language', () => {
    const facts = {
      until: '2026-12-01T15:59:59.000Z',
      day: '2026-12-01',
      rows: 1234,
      names: ['甲', '乙'],
      odd: { a: 1 },
    };
    expect(noticeFacts(facts, 'zh-CN', 'Asia/Shanghai')).toEqual({
      until: '2026/12/01 23:59',
      day: '2026/12/01',
      rows: '1,234',
      names: '甲、乙',
      odd: '',
    });
    expect(noticeFacts(facts, 'en', 'Asia/Shanghai')).toMatchObject({ names: '甲, 乙', day: '1 Dec 2026' });
  });

  test('lead to the desk of what they tell of', () => {
    expect(noticePath({ noun: 'case', objectId: 'a/b' })).toBe('/cases/a%2Fb');
    expect(noticePath({ noun: 'claim', objectId: 'x' })).toBe('/claims?claim=x');
    expect(noticePath({ noun: 'relocation', objectId: 'x' })).toBe('/relocations/x');
    expect(noticePath({ noun: 'webhook', objectId: 'x' })).toBeNull();
    for (const { path } of deskNav) {
      expect(deskAt(path)?.path).toBe(path);
      expect(deskAt(`${path}/x`)?.path).toBe(path);
      expect(deskAt(`${path}x`)).toBeUndefined();
    }
  });
});
