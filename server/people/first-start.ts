// What a start does while nobody could administer the service: demonstration accounts for the sample on this machine, else the
// administrator's password from the settings, else a one-time code for the page. Afterwards it does nothing.
import { randomBytes, randomUUID } from 'node:crypto';
import type { Config } from '../config.ts';
import { ProductError } from '../errors.ts';
import { hasAdministrator, saveFirstAdministrator } from '../store/accounts.ts';
import type { ActingAccount } from '../store/sessions.ts';
import { loadSetting } from '../store/settings.ts';
import { dropSetupCode, isSetupCode, saveSetupCode, takeSetupCode } from '../store/setup-codes.ts';
import type { Store } from '../store/store.ts';
import { makeDemoAccounts } from './demo-accounts.ts';
import type { Passwords } from './make-passwords.ts';
import { digestOf } from './make-secret.ts';
import { checkPassword } from './password-rules.ts';

export const FIRST_LOGIN = 'admin';
const FIRST_NAME = '管理员';
/** 25 letters and digits without those that look alike: 120 bits, typed from a console. */
const CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 25;

export type FirstStart =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'demo'; readonly logins: readonly string[] }
  | { readonly kind: 'password' }
  | { readonly kind: 'code'; readonly code: string };

/** Throws ACCOUNT_PASSWORD_WEAK for a password in the settings that breaks the rules. */
export async function firstStart(store: Store, config: Config, passwords: Passwords): Promise<FirstStart> {
  if (!(await needsSetup(store, config))) return { kind: 'nothing' };
  if (config.adminPassword !== null) {
    await saveFirstPassword(store, passwords, config.adminPassword);
    return { kind: 'password' };
  }
  if (await mayHaveDemo(store, config)) {
    const logins = await makeDemoAccounts(store, passwords);
    if (logins.length > 0) return { kind: 'demo', logins };
  }
  const code = makeCode();
  await saveSetupCode(store, digestOf(plainCode(code)));
  return { kind: 'code', code };
}

/** True while nobody who may come in is an administrator. */
export async function needsSetup(store: Store, config: Config): Promise<boolean> {
  return !(await hasAdministrator(store, !config.allowRemote));
}

export interface SetupAnswer {
  readonly code: string;
  readonly password: string;
}

/** Makes the first administrator once. Throws SESSION_SETUP_DONE, SESSION_SETUP_CODE, ACCOUNT_PASSWORD_WEAK. */
export async function setUp(
  store: Store,
  config: Config,
  passwords: Passwords,
  { code, password }: SetupAnswer,
): Promise<Pick<ActingAccount, 'id' | 'name' | 'role'>> {
  if (!(await needsSetup(store, config))) throw new ProductError('SESSION_SETUP_DONE');
  const digest = digestOf(plainCode(code));
  // asked before any work is done for the password, and taken with the account, so it works once
  if (!(await isSetupCode(store, digest))) throw new ProductError('SESSION_SETUP_CODE');
  checkPassword(password, { login: FIRST_LOGIN, name: FIRST_NAME });
  const passwordHash = await passwords.hash(password);
  return store.transaction(async (tx) => {
    if (!(await takeSetupCode(tx, digest))) throw new ProductError('SESSION_SETUP_CODE');
    const id = await saveFirstAdministrator(tx, firstAdministrator(passwordHash));
    return { id, name: FIRST_NAME, role: 'admin' };
  });
}

async function saveFirstPassword(store: Store, passwords: Passwords, password: string): Promise<void> {
  checkPassword(password, { login: FIRST_LOGIN, name: FIRST_NAME });
  const passwordHash = await passwords.hash(password);
  await store.transaction(async (tx) => {
    await saveFirstAdministrator(tx, firstAdministrator(passwordHash));
    await dropSetupCode(tx);
  });
}

const firstAdministrator = (passwordHash: string) => ({
  id: randomUUID(),
  login: FIRST_LOGIN,
  name: FIRST_NAME,
  passwordHash,
});

/** The sample, in a database that nobody else uses or that is marked for development, on a service only this machine reaches. */
async function mayHaveDemo(store: Store, { allowRemote }: Config): Promise<boolean> {
  if (allowRemote || (await loadSetting(store, 'sample')) !== true) return false;
  return store.kind === 'embedded' || (await loadSetting(store, 'development')) === true;
}

/** In groups of five; a byte beyond the last whole round of the alphabet would favour its first letters. */
function makeCode(): string {
  const letters: string[] = [];
  const fair = 256 - (256 % CODE_ALPHABET.length);
  while (letters.length < CODE_LENGTH) {
    for (const byte of randomBytes(CODE_LENGTH)) {
      if (byte < fair && letters.length < CODE_LENGTH)
        letters.push(CODE_ALPHABET[byte % CODE_ALPHABET.length]!);
    }
  }
  return letters.join('').replace(/.{5}(?=.)/g, '$&-');
}

/** As typed: any case, any blanks or hyphens. */
const plainCode = (code: string): string => code.toUpperCase().replace(/[^A-Z0-9]/g, '');
