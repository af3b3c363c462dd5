// What needs no database: spelling of logins, rules of passwords, shape of secrets, settings.
import { expect, test } from 'vitest';
import { readConfig } from '../../../server/config.ts';
import type { AccountAct } from '../../../server/contract/people.ts';
import { checkPerson } from '../../../server/people/check-person.ts';
import { judgeAccounts } from '../../../server/people/judge-accounts.ts';
import { makePasswords } from '../../../server/people/make-passwords.ts';
import { digestOf, digestOfSecret, makeSecret } from '../../../server/people/make-secret.ts';
import { isLogin, normaliseLogin } from '../../../server/people/normalise-login.ts';
import { checkPassword } from '../../../server/people/password-rules.ts';
import { permissionWords, roles, scopeOf } from '../../../server/permission/permission-table.ts';
import { rowScopeOf } from '../../../server/permission/row-scope-of.ts';
import { makeGate } from '../../../server/plugins/gate.ts';
import { cookieName, cookieOptions } from '../../../server/plugins/session-cookie.ts';
import type { ActableAccount } from '../../../server/store/accounts-at-once.ts';

const refused = (code: string) => expect.objectContaining({ code });

test('a login has one spelling, however it was typed', () => {
  expect(normaliseLogin('　Ｚhang.San ')).toBe('zhang.san');
  expect(normaliseLogin('WANG\u00a0')).toBe('wang');
  expect(['zhang.san', '王小明', 'a-1@x'].map(isLogin)).toEqual([true, true, true]);
});

test('logins that look like another one are none: blanks inside, zero-width letters, Cyrillic', () => {
  const odd = ['a b', 'a\u200bb', 'аdmin', 'a', '.ab', 'x'.repeat(65), 'a\u3000b', 'ad\u00admin', ''];
  expect(odd.map(normaliseLogin).filter(isLogin)).toEqual([]);
});

test('a password has ten characters, three classes, and holds neither login nor name', () => {
  const person = { login: 'zhang.san', name: '欧阳小明' };
  for (const weak of [
    'Short-1',
    'onlysmallletters',
    'small-and-others',
    'Zhang.San-2024',
    '欧阳小明-Abc-123',
  ]) {
    expect(() => checkPassword(weak, person), weak).toThrow(refused('ACCOUNT_PASSWORD_WEAK'));
  }
  expect(() => checkPassword('x1-'.repeat(100), person)).toThrow(refused('ACCOUNT_PASSWORD_WEAK'));
  for (const good of ['Korrekt-Pferd-9', 'kleine-schrift-9', '汉字口令也可以的呀Ab1']) {
    expect(() => checkPassword(good, person), good).not.toThrow();
  }
});

test('an owner has an organisation, a district reviewer has districts', () => {
  const nowhere = { everywhere: false, districtCodes: [], townCodes: [] };
  const person = { role: 'owner', organisation: ' ', territory: nowhere } as const;
  expect(() => checkPerson(person)).toThrow(refused('ACCOUNT_ORGANISATION'));
  expect(() => checkPerson({ ...person, role: 'district' })).toThrow(refused('ACCOUNT_TERRITORY'));
  expect(() =>
    checkPerson({ ...person, role: 'town', territory: { ...nowhere, districtCodes: ['990001'] } }),
  ).toThrow(refused('ACCOUNT_TERRITORY'));
  expect(() => checkPerson({ ...person, role: 'admin' })).not.toThrow();
});

test('of many administrators one stays, and nobody treats their own account', () => {
  const admin = (id: string): ActableAccount => ({
    id,
    login: id,
    name: id,
    role: 'admin',
    isDisabled: false,
    isLocked: false,
    version: 1,
    sessions: 1,
    tokens: 0,
  });
  const codes = (
    act: AccountAct,
    among: readonly ActableAccount[],
    me: string,
    others: number,
    seen = new Map(among.map(({ id, version }) => [id, version])),
  ) => judgeAccounts(act, among, seen, me, others).refused.map(({ account, code }) => [account.id, code]);
  const found = [admin('a'), admin('b'), { ...admin('c'), role: 'planner' as const }];
  expect(codes('disable', found, 'somebody', 0)).toEqual([['b', 'ACCOUNT_LAST_ADMIN']]);
  expect(codes('disable', found, 'a', 0)).toEqual([['a', 'ACCOUNT_OWN']]);
  expect(codes('disable', found, 'somebody', 1)).toEqual([]);
  expect(codes('sign-out', found, 'somebody', 0)).toEqual([]);
  expect(codes('sign-out', [{ ...admin('a'), sessions: 0, tokens: 1 }], 'somebody', 0)).toEqual([]);
  expect(codes('sign-out', [{ ...admin('a'), sessions: 0 }], 'somebody', 0)).toEqual([
    ['a', 'ACCOUNT_UNCHANGED'],
  ]);
  expect(
    codes(
      'sign-out',
      found,
      'somebody',
      0,
      new Map([
        ['a', 1],
        ['b', 2],
      ]),
    ),
  ).toEqual([
    ['b', 'ACCOUNT_STALE'],
    ['c', 'ACCOUNT_STALE'],
  ]);
  expect(codes('enable', [admin('a'), { ...admin('b'), isDisabled: true }], 'somebody', 0)).toEqual([
    ['a', 'ACCOUNT_UNCHANGED'],
  ]);
  expect(codes('unlock', [admin('a'), { ...admin('b'), isLocked: true }], 'somebody', 1)).toEqual([
    ['a', 'ACCOUNT_UNCHANGED'],
  ]);
});

test('a secret is 256 bits, and nothing else reaches the database', () => {
  const secret = makeSecret('zz_');
  expect(secret.value).toMatch(/^zz_[A-Za-z0-9_-]{43}$/);
  expect(digestOfSecret(secret.value, 'zz_')).toEqual(secret.digest);
  for (const odd of ['', 'zz_', secret.value.slice(3), `${secret.value}x`, "zz_' or 1=1"])
    expect(digestOfSecret(odd, 'zz_')).toBeNull();
  // FIPS 180-2, B.1
  expect(digestOf('abc').toString('hex')).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});

test('passwords are argon2id with 19 MiB, salted, and the same from any keyboard', async () => {
  const { hash, verify } = makePasswords(makeGate(2, 10));
  const [one, two] = await Promise.all([hash('Ａbc-pass-1'), hash('Ａbc-pass-1')]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(two);
  expect(await verify(one, 'Abc-pass-1')).toBe(true);
  expect(await verify(one, 'abc-pass-1')).toBe(false);
  expect(await verify(null, 'Abc-pass-1')).toBe(false);
});

test('a crowd of passwords is refused instead of waited for', async () => {
  const { hash } = makePasswords(makeGate(1, 1));
  const asked = await Promise.allSettled([hash('a'), hash('b'), hash('c')]);
  expect(asked.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
});

test('a token takes away from the role and adds nothing', () => {
  for (const role of roles) {
    for (const permission of permissionWords) {
      expect(rowScopeOf({ role, tokenScope: null }, permission)).toBe(scopeOf(permission, role));
      expect(rowScopeOf({ role, tokenScope: [permission] }, permission)).toBe(scopeOf(permission, role));
      expect(rowScopeOf({ role, tokenScope: [] }, permission)).toBeUndefined();
    }
  }
});

test('with https the cookie is bound to its host and to TLS', () => {
  const plain = { publicUrl: null };
  const tls = { publicUrl: 'https://zhanzhi.example' };
  expect([cookieName(plain, 'session'), cookieOptions(plain).secure]).toEqual(['zhanzhi_session', false]);
  expect([cookieName(tls, 'session'), cookieOptions(tls).secure]).toEqual(['__Host-zhanzhi_session', true]);
  expect(cookieOptions(tls)).toMatchObject({ httpOnly: true, sameSite: 'strict', path: '/' });
});

test('an identity provider needs an address people reach us at, and TLS unless it is on this machine', () => {
  const oidc = { ZHANZHI_OIDC_ISSUER: 'https://id.example', ZHANZHI_OIDC_CLIENT_ID: 'zz' };
  const home = { ZHANZHI_PUBLIC_URL: 'https://zhanzhi.example/' };
  expect(readConfig({}).oidcIssuer).toBeNull();
  expect(readConfig({ ...oidc, ...home })).toMatchObject({
    publicUrl: 'https://zhanzhi.example',
    oidcIssuer: 'https://id.example',
    oidcClientId: 'zz',
  });
  for (const wrong of [
    oidc,
    { ...oidc, ...home, ZHANZHI_OIDC_ISSUER: 'http://id.example' },
    { ...oidc, ...home, ZHANZHI_OIDC_CLIENT_ID: '' },
    { ZHANZHI_PUBLIC_URL: 'https://zhanzhi.example/path' },
    { ZHANZHI_PUBLIC_URL: 'zhanzhi.example' },
  ]) {
    expect(() => readConfig(wrong), JSON.stringify(wrong)).toThrow(refused('CONFIG_INVALID'));
  }
  expect(
    readConfig({ ...oidc, ...home, ZHANZHI_OIDC_ISSUER: 'http://127.0.0.1:99' }).oidcIssuer,
  ).not.toBeNull();
});

test('forwarded addresses are believed from named proxies only', () => {
  expect(readConfig({ ZHANZHI_TRUSTED_PROXIES: '10.0.0.1, fd00::/8' }).trustedProxies).toEqual([
    '10.0.0.1',
    'fd00::/8',
  ]);
  for (const odd of ['everybody', '10.0.0.1/x', '1'])
    expect(() => readConfig({ ZHANZHI_TRUSTED_PROXIES: odd })).toThrow(refused('CONFIG_INVALID'));
});
