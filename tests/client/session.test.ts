// Signing in, as plain functions: calls that wait for a person, ways back, permissions, passwords, browsers, tokens.
import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { ApiError, fetchJson, onSessionNeeded } from '../../client/api/fetch-reply.ts';
import { agentName } from '../../client/screens/session/agent-name.ts';
import { brokenPasswordRules } from '../../client/screens/session/password-rules.ts';
import { tokenState } from '../../client/screens/session/token-state.ts';
import { isScreenPath } from '../../client/state/person-storage.ts';
import { mayDo } from '../../client/state/session.ts';
import { makeSignInGate } from '../../client/state/sign-in-gate.ts';
import { ProductError } from '../../server/errors.ts';
import { makeMe } from '../../server/people/make-me.ts';
import { checkPassword } from '../../server/people/password-rules.ts';
import { permissionWords, roles } from '../../server/permission/permission-table.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  onSessionNeeded(async () => false);
});

/** A network that answers these one after the other, and remembers what it was sent. */
function aNetwork(...answers: readonly (readonly [status: number, body: unknown])[]) {
  const sent: { path: string; body: unknown }[] = [];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const [status, body] = answers[Math.min(sent.length, answers.length - 1)]!;
    sent.push({ path, body: init.body });
    return new Response(JSON.stringify(body), { status });
  });
  return sent;
}

const both = { zh: '请先登录', en: 'Sign in first' };
const refusal = (code: string) => ({ code, message: both, hint: both, requestId: 'r' });
const needed = [401, refusal('SESSION_NEEDED')] as const;
const write = { method: 'POST', json: { decision: '同意' } } as const;

test('a write refused for want of a session is sent once again, the same, when somebody has signed in', async () => {
  const sent = aNetwork(needed, [200, { reviews: [] }]);
  onSessionNeeded(async () => true);
  expect(await fetchJson('/api/plans/1/reviews', write)).toEqual({ reviews: [] });
  expect(sent.map(({ body }) => body)).toEqual([JSON.stringify(write.json), JSON.stringify(write.json)]);
});

test('it is not sent a third time', async () => {
  const sent = aNetwork(needed);
  onSessionNeeded(async () => true);
  await expect(fetchJson('/api/plans', write)).rejects.toMatchObject({ code: 'SESSION_NEEDED' });
  expect(sent).toHaveLength(2);
});

test('when nobody signs in, the refusal is told and nothing is sent again', async () => {
  const sent = aNetwork(needed);
  onSessionNeeded(async () => false);
  await expect(fetchJson('/api/plans')).rejects.toBeInstanceOf(ApiError);
  expect(sent).toHaveLength(1);
});

test('a double click is one change: said again before the answer it is not sent, and hears the same; said later it is', async () => {
  const sent = aNetwork([201, { id: 1 }], [409, refusal('RESOURCE_CODE_TAKEN')]);
  const [first, second] = [fetchJson('/api/resources', write), fetchJson('/api/resources', write)];
  const other = fetchJson('/api/resources', { ...write, ifMatch: 2 }).catch((error: ApiError) => error.code);
  expect(await Promise.all([first, second])).toEqual([{ id: 1 }, { id: 1 }]);
  expect(await other).toBe('RESOURCE_CODE_TAKEN');
  expect(sent).toHaveLength(2);
  await expect(fetchJson('/api/resources', write)).rejects.toBeInstanceOf(ApiError);
  expect(sent).toHaveLength(3);
  // questions are asked as often as somebody asks
  await Promise.all([fetchJson('/api/x').catch(() => null), fetchJson('/api/x').catch(() => null)]);
  expect(sent).toHaveLength(5);
});

test('a wrong password and a missing permission wait for no one', async () => {
  const asked = vi.fn(async () => true);
  onSessionNeeded(asked);
  for (const [status, code] of [
    [401, 'SESSION_REFUSED'],
    [401, 'TOKEN_REFUSED'],
    [403, 'PERMISSION_DENIED'],
  ] as const) {
    aNetwork([status, refusal(code)]);
    await expect(fetchJson('/api/session', write)).rejects.toMatchObject({ code });
  }
  expect(asked).not.toHaveBeenCalled();
});

test('a call of a screen that has gone does not wait for a person', async () => {
  const sent = aNetwork(needed);
  const gone = new AbortController();
  onSessionNeeded(() => new Promise(() => undefined));
  const call = fetchJson('/api/plans', { signal: gone.signal });
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  gone.abort(new Error('left'));
  await expect(call).rejects.toThrow('left');
});

test('the gate lets all through together, once', async () => {
  const gate = makeSignInGate();
  const first = [gate.wait(), gate.wait(), gate.wait()];
  gate.settle(true);
  const later = gate.wait();
  gate.settle(false);
  expect([await Promise.all(first), await later]).toEqual([[true, true, true], false]);
});

test('after the provider only a screen of ours is gone back to', () => {
  expect(['/', '/plans/7/review?x=1', '/people'].every(isScreenPath)).toBe(true);
  for (const path of [
    null,
    '',
    'plans',
    '//evil.example',
    '/\\evil.example',
    'https://x',
    '/sign-in',
    '/api/x',
  ])
    expect(isScreenPath(path), String(path)).toBe(false);
});

test('the page offers what the table gives the role, and nobody nothing', () => {
  const territory = { everywhere: true, districtCodes: [], townCodes: [] };
  for (const role of roles) {
    const principal = { accountId: 'a', name: '某人', role, organisation: '', territory, tokenScope: null };
    const person = { principal, login: 'a', mustChangePassword: false, expiresAt: '', sessionId: 's' };
    const me = makeMe(person);
    for (const permission of permissionWords)
      expect(mayDo({ me }, permission), `${role} ${permission}`).toBe(permission in me.permissions);
  }
  expect(permissionWords.some((permission) => mayDo({ me: null }, permission))).toBe(false);
});

test('the page ticks a password off exactly when the service takes it', () => {
  const person = fc.record({
    login: fc.constantFrom('li', 'wang', 'admin'),
    name: fc.constantFrom('李', 'Anna Li'),
  });
  const letters = fc.constantFrom('A', 'b', '3', '-', '口', 'é', 'Ǆ', '٣', 'wang', 'AnnaLi', ' ');
  const password = fc.array(letters, { minLength: 1, maxLength: 16 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(password, person, (typed, who) => {
      expect(brokenPasswordRules(typed, who).length === 0).toBe(isTaken(typed, who));
    }),
    { seed: 5, numRuns: 2000 },
  );
});

function isTaken(password: string, person: { login: string; name: string }): boolean {
  try {
    checkPassword(password, person);
    return true;
  } catch (error) {
    if (error instanceof ProductError) return false;
    throw error;
  }
}

test.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/128.0.0.0 Safari/537.36',
    'Chrome 128 · Windows',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/128.0 Safari/537.36 Edg/128.0.1',
    'Edge 128 · Windows',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0', 'Firefox 130 · Linux'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1',
    'Safari 17 · iOS',
  ],
  ['', '—'],
  ['curl/8.5.0', 'curl/8.5.0'],
])('a browser is named as people call it: %s', (agent, name) => {
  expect(agentName(agent)).toBe(name);
});

test('a token is over when the service says so, or it was taken back', () => {
  expect(tokenState({ isOver: false, revokedAt: null })).toBe('active');
  expect(tokenState({ isOver: true, revokedAt: null })).toBe('expired');
  expect(tokenState({ isOver: false, revokedAt: '2025-06-01T00:00:00Z' })).toBe('revoked');
});
