// What leaves the service by itself: news to open pages within their person's sight, and notices posted to other systems, signed, tried
// again and given up, against a real receiver on this machine.
import { createHmac, randomUUID } from 'node:crypto';
import type { lookup as lookUpName } from 'node:dns';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildApp } from '../../../server/app.ts';
import type { EventJson } from '../../../server/contract/events.ts';
import type { HomeJson } from '../../../server/contract/home.ts';
import type { CalendarJson } from '../../../server/contract/rules.ts';
import type {
  DeliveryJson,
  DeliveryPageJson,
  WebhookJson,
  WebhookListJson,
  WebhookSecretJson,
} from '../../../server/contract/webhooks.ts';
import { postDue } from '../../../server/jobs/post-webhooks.ts';
import { isPublicAddress, PrivateAddressError, publicLookup } from '../../../server/jobs/public-address.ts';
import type { App } from '../../../server/plugins/app-types.ts';
import type { Store } from '../../../server/store/store.ts';
import { openEmbeddedTestStore, type TestStore } from '../../support/stores.ts';
import { testConfig } from '../app-on-town.ts';
import { aBrowser, anAccount, type Browser, codeOf } from '../people/people-app.ts';
import { aPrincipal, makeTwoDistricts, OWN } from '../permission/two-districts.ts';

let testStore: TestStore;
let store: Store;
let app: App;
let url = '';
const people = new Map<string, Browser>();
const who = (role: string): Browser => people.get(role)!;

beforeAll(async () => {
  testStore = await openEmbeddedTestStore({ deadlineMs: 60_000 });
  ({ store } = testStore);
  await makeTwoDistricts(store);
  ({ app } = await buildApp({ store, config: testConfig({ requestsPerMinute: 100_000 }) }));
  url = await app.listen({ port: 0, host: '127.0.0.1' });
  for (const role of ['admin', 'planner', 'tower', 'owner', 'district'] as const) {
    await anAccount(store, role, role, { territory: aPrincipal(role).territory });
    const browser = aBrowser({ app }, `10.0.2.${people.size + 1}`);
    await browser.signIn(role);
    people.set(role, browser);
  }
}, 120_000);
afterAll(async () => {
  await app.close();
  await testStore.close();
});

const tell = (kind: string, role: string, noun = 'claim') =>
  store.query("select tell($1, $2, 'claim 1', '{\"days\": 3}', null, $3, $4)", [kind, noun, role, OWN]);

interface Page {
  readonly status: number;
  readonly heard: EventJson[];
  /** Resolves when something fits, with it; rejects when the stream ends before. */
  until(fits: (event: EventJson) => boolean): Promise<EventJson>;
  readonly ended: Promise<void>;
  close(): void;
}

async function openPage(browser: Browser, query = ''): Promise<Page> {
  const leave = new AbortController();
  const reply = await fetch(`${url}/api/events${query}`, {
    headers: { accept: 'text/event-stream', cookie: browser.cookie ?? '' },
    signal: leave.signal,
  });
  const heard: EventJson[] = [];
  const waiting = new Set<() => void>();
  const read = async (): Promise<void> => {
    let text = '';
    for await (const chunk of reply.body ?? []) {
      text += Buffer.from(chunk).toString();
      const parts = text.split('\n\n');
      text = parts.pop() ?? '';
      for (const part of parts) {
        const data = /^data: (.*)$/m.exec(part)?.[1];
        if (data !== undefined) heard.push(JSON.parse(data) as EventJson);
      }
      for (const look of waiting) look();
    }
  };
  const ended = read().catch(() => undefined);
  return {
    status: reply.status,
    heard,
    ended,
    close: () => leave.abort(),
    until: (fits) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = heard.find(fits);
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
        void ended.then(() => reject(new Error(`the stream ended; heard ${JSON.stringify(heard)}`)));
      }),
  };
}

const names = (object: string) => (event: EventJson) => 'objects' in event && event.objects.includes(object);
const unreadIs = (count: number) => (event: EventJson) => 'unread' in event && event.unread === count;

describe('an open page', () => {
  test('hears of a change somebody else made, and of no kind its person may not read', async () => {
    const [tower, owner] = [await openPage(who('tower')), await openPage(who('owner'))];
    await Promise.all([tower, owner].map((page) => page.until((event) => 'objects' in event)));
    // owners read neither plans nor areas, everybody the calendar; accounts are the administrator's
    await store.query("update target_areas set name = '改名' where id = 'area own'", []);
    await store.query("update plans set name = '改名' where id = 'plan own'", []);
    await store.query("update calendar_days set note = '调休' where day = '2026-02-14'", []);
    await Promise.all([tower, owner].map((page) => page.until(names('calendar'))));
    expect([names('plan'), names('area')].map((named) => tower.heard.some(named))).toEqual([true, true]);
    expect([names('plan'), names('area')].map((named) => owner.heard.some(named))).toEqual([false, false]);
    expect(tower.heard.some(names('account'))).toBe(false);
    tower.close();
    owner.close();
  });

  test('counts its unread notices, when one comes and when another page reads it', async () => {
    const page = await openPage(who('district'));
    await page.until(unreadIs(0));
    await tell('to-district', 'district');
    await tell('to-tower', 'tower');
    await page.until(unreadIs(1));
    const { notices } = (await who('district').ask('GET', '/api/notices')).json<{
      notices: { id: string }[];
    }>();
    page.heard.length = 0;
    await who('district').ask('POST', '/api/notices/read', { upTo: notices[0]?.id });
    await page.until(unreadIs(0));
    page.close();
  });

  test('that was away is told what it missed', async () => {
    const { rows } = await store.query<{ seq: number }>('select seq from audit_head', []);
    await store.query("update target_areas set name = '再改' where id = 'area own'", []);
    const page = await openPage(who('planner'), `?since=${rows[0]?.seq}`);
    expect(await page.until((event) => 'objects' in event)).toEqual({ objects: ['area'] });
    page.close();
    await page.ended;
    const late = await openPage(who('planner'), '?since=0');
    const first = await late.until((event) => 'objects' in event);
    expect(names('area')(first)).toBe(true);
    late.close();
  });

  test('ends when its session does, at once after a sign-out', async () => {
    await anAccount(store, 'leaver', 'tower', { territory: aPrincipal('tower').territory });
    const [here, there] = [aBrowser({ app }, '10.0.2.50'), aBrowser({ app }, '10.0.2.51')];
    await here.signIn('leaver');
    await there.signIn('leaver');
    const page = await openPage(there);
    await page.until((event) => 'objects' in event);
    await here.ask('DELETE', '/api/sessions');
    await page.ended;
    expect((await openPage(there)).status).toBe(401);
  });

  test('does not keep its person signed in', async () => {
    await store.query("update sessions set last_seen_at = now() - interval '10 minutes'", []);
    const page = await openPage(who('planner'));
    await page.until((event) => 'objects' in event);
    const { rows } = await store.query(
      "select from sessions where last_seen_at > now() - interval '9 minutes'",
      [],
    );
    expect(rows).toHaveLength(0);
    page.close();
  });

  test('is refused to nobody, to whom asks for something else, and beyond a dozen for one account', async () => {
    expect((await fetch(`${url}/api/events`, { headers: { accept: 'text/event-stream' } })).status).toBe(401);
    const plain = await who('owner').ask('GET', '/api/events');
    expect([plain.statusCode, codeOf(plain)]).toEqual([406, 'EVENTS_ACCEPT']);
    const pages: Page[] = [];
    for (let count = 0; count < 12; count += 1) pages.push(await openPage(who('owner')));
    expect(pages.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 200));
    expect((await openPage(who('owner'))).status).toBe(429);
    for (const page of pages) page.close();
    await Promise.all(pages.map(({ ended }) => ended));
  });
});

const once = () => ({ 'idempotency-key': randomUUID() });

describe('a webhook', () => {
  interface Post {
    readonly headers: IncomingHttpHeaders;
    readonly body: string;
  }
  let receiver: Server;
  let receiverUrl = '';
  let posts: Post[] = [];
  let answer = 204;

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        posts.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
        response.writeHead(answer, answer === 302 ? { location: `${receiverUrl}/elsewhere` } : {}).end();
      });
    });
    await new Promise<void>((resolve) => {
      receiver.listen(0, '127.0.0.1', resolve);
    });
    receiverUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  });
  afterAll(() => receiver.close());
  beforeEach(async () => {
    posts = [];
    answer = 204;
    await store.query('delete from webhooks', []);
  });

  const make = async (changes: object = {}) => {
    const asked = { name: '督办平台', url: `${receiverUrl}/in`, nouns: ['claim'], ...changes };
    const reply = await who('admin').ask('POST', '/api/webhooks', asked, once());
    return reply.json<WebhookSecretJson & { secret: string }>();
  };
  const test1 = (id: string, headers: Record<string, string> = once()) =>
    who('admin').ask('POST', `/api/webhooks/${id}/test`, undefined, headers);
  const deliveriesOf = async ({ id }: WebhookJson): Promise<DeliveryJson[]> =>
    (await who('admin').ask('GET', `/api/webhooks/${id}/deliveries`)).json<DeliveryPageJson>().deliveries;

  test('posts the notices of its nouns, signed over time and body, and shows its key once', async () => {
    const { webhook, secret } = await make();
    await tell('claim-expired', 'tower');
    await tell('case-late', 'tower', 'case');
    expect(await postDue(store, { allowPrivate: true })).toBe(1);
    expect(await postDue(store, { allowPrivate: true })).toBe(0);
    const [post] = posts;
    expect(posts).toHaveLength(1);
    const { 'x-zhanzhi-timestamp': timestamp, 'x-zhanzhi-signature': signature } = post!.headers;
    // as a receiver does it
    const expected = createHmac('sha256', secret).update(`${timestamp}.${post!.body}`).digest('hex');
    expect(signature).toBe(`v1=${expected}`);
    expect(Math.abs(Date.now() / 1000 - Number(timestamp))).toBeLessThan(60);
    expect(JSON.parse(post!.body)).toMatchObject({
      kind: 'claim-expired',
      noun: 'claim',
      objectId: 'claim 1',
      facts: { days: 3 },
      role: 'tower',
      districtCode: OWN,
    });
    const [delivery] = await deliveriesOf(webhook);
    expect(delivery).toMatchObject({
      state: 'sent',
      tries: 1,
      lastStatus: 204,
      nextAt: null,
      body: post!.body,
    });
    const listed = (await who('admin').ask('GET', '/api/webhooks')).json<WebhookListJson>();
    expect(JSON.stringify(listed)).not.toContain(secret);
    const { rows } = await store.query<{ text: string }>(
      "select string_agg(coalesce(before::text, '') || coalesce(after::text, ''), '') as text from audit_records where object = 'webhook'",
      [],
    );
    expect(rows[0]?.text).toContain('督办平台');
    expect(rows[0]?.text).not.toContain(secret);
    const renew = (headers: Record<string, string>) =>
      who('admin').ask('POST', `/api/webhooks/${webhook.id}/secret`, undefined, headers);
    expect((await renew(once())).statusCode).toBe(428);
    const act = { ...once(), 'if-match': `"${webhook.version}"` };
    const again = (await renew(act)).json<WebhookSecretJson>();
    expect([again.secret === secret, again.secret]).toEqual([false, expect.stringMatching(/^zzwh_/)]);
    // asked again: the same new key, which is not told twice; late: how it is
    expect((await renew(act)).json()).toEqual({ ...again, secret: null });
    const late = await renew({ ...once(), 'if-match': `"${webhook.version}"` });
    expect([late.statusCode, late.json()]).toMatchObject([
      412,
      { code: 'WEBHOOK_STALE', webhook: { version: 2 } },
    ]);
    const { rows: noted } = await store.query(
      "select (after->>'secret_at') is not null as noted from audit_records where object = 'webhook' order by seq desc limit 1",
      [],
    );
    expect(noted).toEqual([{ noted: true }]);
  });

  test('is tried again after growing pauses with the same words, then given up, and sent again by hand', async () => {
    const { webhook } = await make();
    answer = 500;
    await tell('claim-expired', 'tower');
    const pauses: number[] = [];
    for (let round = 0; round < 30; round += 1) {
      if ((await postDue(store, { allowPrivate: true })) === 0) break;
      const { rows } = await store.query<{ pauseS: number; state: string }>(
        `select round(extract(epoch from next_at - now()))::int as "pauseS", state from webhook_deliveries`,
        [],
      );
      if (rows[0]?.state === 'waiting') pauses.push(rows[0].pauseS);
      await store.query("update webhook_deliveries set next_at = now() - interval '1 second'", []);
    }
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(pauses).toHaveLength(10);
    expect([pauses[0], pauses.at(-1)]).toEqual([expect.closeTo(10, -1), expect.closeTo(43_200, -2)]);
    expect(new Set(posts.map(({ body }) => body)).size).toBe(1);
    expect(posts).toHaveLength(11);
    const [given] = await deliveriesOf(webhook);
    expect(given).toMatchObject({ state: 'given-up', tries: 11, lastStatus: 500 });
    answer = 200;
    const act = once();
    const again = () =>
      who('admin').ask('POST', `/api/webhooks/${webhook.id}/deliveries/${given!.id}/again`, undefined, act);
    expect((await again()).json()).toMatchObject({ state: 'sent', tries: 1, lastStatus: 200 });
    // asked again under the same key: nothing leaves, what became of it is told
    expect((await again()).json()).toMatchObject({ state: 'sent', tries: 1, lastStatus: 200 });
    expect(posts).toHaveLength(12);
    const { rows } = await store.query(
      `select account_name, action, object_id, after from audit_records
        where object = 'webhook' and action not in ('create', 'remove', 'change') order by seq desc limit 1`,
      [],
    );
    expect(rows).toEqual([
      {
        account_name: '某人 admin',
        action: 'send-again',
        object_id: webhook.id,
        after: { delivery: given!.id },
      },
    ]);
  });

  test('follows no redirect, tells of a receiver that is not there, and waits while it is switched off', async () => {
    const { webhook } = await make({ nouns: [] });
    answer = 302;
    const act = once();
    const tried = await test1(webhook.id, act);
    expect(tried.json()).toMatchObject({ kind: 'test', state: 'waiting', lastStatus: 302 });
    expect((await test1(webhook.id, act)).json()).toEqual(tried.json());
    expect(codeOf(await test1(webhook.id, {}))).toBe('IDEMPOTENCY_KEY_MISSING');
    expect(posts).toHaveLength(1);
    const { rows: noted } = await store.query(
      "select account_name, after->>'delivery' as delivery from audit_records where object = 'webhook' and action = 'test'",
      [],
    );
    expect(noted).toEqual([{ account_name: '某人 admin', delivery: tried.json<DeliveryJson>().id }]);
    const off = await who('admin').ask(
      'PATCH',
      `/api/webhooks/${webhook.id}`,
      { active: false },
      { 'if-match': `"${webhook.version}"` },
    );
    expect(off.json()).toMatchObject({ active: false });
    await store.query("update webhook_deliveries set next_at = now() - interval '1 second'", []);
    await tell('claim-expired', 'tower');
    expect(await postDue(store, { allowPrivate: true })).toBe(0);
    expect(await deliveriesOf(webhook)).toHaveLength(1);
    const stale = await who('admin').ask(
      'PATCH',
      `/api/webhooks/${webhook.id}`,
      { active: true },
      { 'if-match': `"${webhook.version}"` },
    );
    expect([stale.statusCode, stale.json()]).toMatchObject([
      412,
      { code: 'WEBHOOK_STALE', webhook: { active: false } },
    ]);
    const { webhook: lost } = await make({ url: 'http://127.0.0.1:9/nobody' });
    expect((await test1(lost.id)).json()).toMatchObject({
      state: 'waiting',
      lastStatus: null,
      lastError: expect.stringMatching(/\w/),
    });
  });

  test.each([
    'ftp://example.cn/in',
    'file:///etc/passwd',
    'http://name:word@127.0.0.1/',
    'javascript:alert(1)',
    'not an address',
  ])('goes nowhere but over http: %s is refused', async (bad) => {
    const asked = { name: 'x', url: bad, nouns: [] };
    const reply = await who('admin').ask('POST', '/api/webhooks', asked, once());
    expect([reply.statusCode, codeOf(reply)]).toEqual([422, 'WEBHOOK_URL']);
  });

  test('asked for again under its key is one webhook, and its key is told once and kept nowhere else', async () => {
    const act = once();
    const ask = (name: string) =>
      who('admin').ask('POST', '/api/webhooks', { name, url: `${receiverUrl}/in`, nouns: [] }, act);
    const replies = await Promise.all([ask('甲'), ask('甲')]);
    const made = replies.map((reply) => reply.json<WebhookSecretJson>());
    expect(new Set(made.map(({ webhook }) => webhook.id)).size).toBe(1);
    expect(made.filter(({ secret }) => secret !== null)).toHaveLength(1);
    expect(codeOf(await ask('乙'))).toBe('IDEMPOTENCY_KEY_REUSED');
    const { rows } = await store.query('select from webhooks', []);
    expect(rows).toHaveLength(1);
    const kept = await store.query<{ text: string }>(
      "select string_agg(body::text, '') as text from idempotency_keys",
      [],
    );
    expect(kept.rows[0]?.text).not.toMatch(/zzwh_/);
  });

  test('is removed as it was looked at', async () => {
    const { webhook } = await make();
    const path = `/api/webhooks/${webhook.id}`;
    const remove = (version: number) =>
      who('admin').ask('DELETE', path, undefined, { 'if-match': `"${version}"` });
    expect((await who('admin').ask('DELETE', path)).statusCode).toBe(428);
    expect([(await remove(9)).statusCode, (await remove(webhook.version)).statusCode]).toEqual([412, 204]);
  });

  describe('without private networks', () => {
    let outside: App;
    let admin: Browser;
    beforeAll(async () => {
      const config = testConfig({ requestsPerMinute: 100_000, webhookPrivate: false });
      ({ app: outside } = await buildApp({ store, config }));
      await outside.ready();
      admin = aBrowser({ app: outside }, '10.0.2.90');
      await admin.signIn('admin');
    });
    afterAll(() => outside.close());

    test.each([
      'http://127.0.0.1/in',
      'http://127.1/in',
      'http://2130706433/in',
      'http://0x7f000001/in',
      'http://0177.0.0.1/in',
      'http://0/in',
      'http://10.1.2.3/in',
      'http://100.64.0.1/in',
      'http://169.254.169.254/latest',
      'http://172.31.255.255/in',
      'http://192.168.1.1/in',
      'http://255.255.255.255/in',
      'https://[::1]/in',
      'https://[::]/in',
      'https://[::ffff:127.0.0.1]/in',
      'https://[::ffff:7f00:1]/in',
      'https://[64:ff9b::7f00:1]/in',
      'https://[2002:7f00:1::]/in',
      'https://[fe80::1]/in',
      'https://[fc00::1]/in',
      'http://localhost/in',
    ])('%s is refused, and the hint says which setting lets it through', async (bad) => {
      const asked = { name: 'x', url: bad, nouns: [] };
      const reply = await admin.ask('POST', '/api/webhooks', asked, once());
      expect([reply.statusCode, codeOf(reply)]).toEqual([422, 'WEBHOOK_ADDRESS']);
      expect(reply.json<{ hint: { zh: string } }>().hint.zh).toContain('ZHANZHI_WEBHOOK_PRIVATE=1');
    });

    test('nothing is posted inside, whatever the address led to when it was entered', async () => {
      // entered while private networks were allowed, by its numbers and by a name
      const { port } = new URL(receiverUrl);
      for (const host of ['127.0.0.1', 'localhost']) {
        const { webhook } = await make({ url: `http://${host}:${port}/in` });
        const reply = await admin.ask('POST', `/api/webhooks/${webhook.id}/test`, undefined, once());
        expect([host, reply.json()]).toMatchObject([
          host,
          { state: 'waiting', lastStatus: null, lastError: 'ADDRESS_PRIVATE' },
        ]);
        const change = { url: `http://${host}:${port}/other` };
        const changed = await admin.ask('PATCH', `/api/webhooks/${webhook.id}`, change, {
          'if-match': `"${webhook.version}"`,
        });
        expect(codeOf(changed)).toBe('WEBHOOK_ADDRESS');
      }
      expect(posts).toEqual([]);
    });

    test('a name is asked for once, and exactly what was judged is connected to', async () => {
      const answers = [['93.184.215.14'], ['127.0.0.1'], ['93.184.215.14', '10.0.0.1'], []];
      const asked: string[] = [];
      const lookup = ((name: string, _options: object, answer: (...told: unknown[]) => void) => {
        asked.push(name);
        answer(
          null,
          (answers.shift() ?? []).map((address) => ({ address, family: 4 })),
        );
      }) as typeof lookUpName;
      const look = (all: boolean) =>
        new Promise<unknown>((resolve) => {
          publicLookup(lookup)('a.example', { all }, (error, address) => resolve(error ?? address));
        });
      expect(await look(false)).toBe('93.184.215.14');
      expect(await look(true)).toBeInstanceOf(PrivateAddressError);
      expect(await look(true)).toBeInstanceOf(PrivateAddressError);
      expect(await look(true)).toBeInstanceOf(Error);
      expect(asked).toHaveLength(4);
    });

    test('public addresses of both kinds are open', () => {
      for (const address of ['8.8.8.8', '172.32.0.1', '192.169.0.1', '2606:4700::1111', '2400:3200::1'])
        expect([address, isPublicAddress(address)]).toEqual([address, true]);
      for (const other of ['', 'localhost', '1.2.3', '2001:db8::1', 'ff02::1', '2001::1'])
        expect([other, isPublicAddress(other)]).toEqual([other, false]);
    });
  });

  test('is the business of the administrator alone', async () => {
    for (const role of ['planner', 'tower', 'district', 'owner'])
      expect((await who(role).ask('GET', '/api/webhooks')).statusCode).toBe(403);
  });
});

test('rule values change with their version and range, holidays by whole weeks, and only by the administrator', async () => {
  const list = (await who('planner').ask('GET', '/api/rules')).json<{
    rules: { name: string; version: number }[];
  }>();
  const rule = list.rules.find(({ name }) => name === 'claim.hold_working_days')!;
  const path = `/api/rules/${encodeURIComponent(rule.name)}`;
  const change = { value: 20, source: '某文〔2026〕1号', note: '' };
  const ifMatch = { 'if-match': `"${rule.version}"` };
  expect((await who('planner').ask('PATCH', path, change, ifMatch)).statusCode).toBe(403);
  expect((await who('admin').ask('PATCH', path, change)).statusCode).toBe(428);
  expect(codeOf(await who('admin').ask('PATCH', path, { ...change, value: 2.5 }, ifMatch))).toBe(
    'RULE_RANGE',
  );
  const done = await who('admin').ask('PATCH', path, change, ifMatch);
  expect([done.statusCode, done.json()]).toMatchObject([200, change]);
  const stale = await who('admin').ask('PATCH', path, { ...change, value: 25 }, ifMatch);
  expect([stale.statusCode, stale.json()]).toMatchObject([412, { code: 'RULE_STALE', rule: { value: 20 } }]);
  const days = ['2027-02-08', '2027-02-09'].map((day) => ({ day, works: false, note: '春节' }));
  let version = (await who('planner').ask('GET', '/api/calendar?year=2027')).json<CalendarJson>().version;
  const put = async (body: object, seen: number | null = version) => {
    const reply = await app.inject({
      method: 'PUT',
      url: '/api/calendar/days',
      headers: {
        host: '127.0.0.1',
        cookie: who('admin').cookie ?? '',
        ...(seen !== null && { 'if-match': `"${seen}"` }),
      },
      payload: body,
    });
    if (reply.statusCode === 200) version = reply.json<CalendarJson>().version;
    return reply;
  };
  const first = version;
  expect((await put({ days }, null)).statusCode).toBe(428);
  expect((await put({ days })).json()).toMatchObject({ days, years: [2026, 2027] });
  const late = await put({ days: [{ day: '2027-02-09', works: true }] }, first);
  expect([late.statusCode, late.json()]).toMatchObject([
    412,
    { code: 'CALENDAR_STALE', calendar: { days, version } },
  ]);
  expect((await put({ days: [{ day: '2027-02-08', works: null }] })).json()).toMatchObject({
    days: [days[1]],
  });
  expect((await put({ days: [{ day: '2027-02-30', works: false }] })).json()).toMatchObject({
    code: 'CALENDAR_DAY',
  });
});

test('the first page has the time of the database and only what there is something of', async () => {
  const reply = await who('owner').ask('GET', '/api/home');
  expect(reply.statusCode).toBe(200);
  const { now, agenda, missing } = reply.json<HomeJson>();
  expect(Math.abs(Date.parse(now) - Date.now())).toBeLessThan(60_000);
  expect([agenda.every(({ count }) => count > 0), missing]).toEqual([true, []]);
});
