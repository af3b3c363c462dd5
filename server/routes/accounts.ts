// Accounts for administrators: list, make, change, disable, reset, sign out; the same for many at once, and the list as a file.
import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import {
  type AccountAct,
  type AccountChangesJson,
  accountChangesSchema,
  accountExportQuerySchema,
  accountJsonSchema,
  accountPageSchema,
  accountQuerySchema,
  type BulkAccountResultJson,
  bulkAccountResultSchema,
  bulkAccountSchema,
  endedSessionsSchema,
  type NewAccountJson,
  newAccountSchema,
  resetPasswordSchema,
  staleAccountSchema,
  versionHeadersSchema,
} from '../contract/people.ts';
import { describeCode, type ErrorCode, ProductError } from '../errors.ts';
import { accountSheet } from '../export/account-files.ts';
import { encodeInWorker } from '../export/encode-in-worker.ts';
import { checkPerson } from '../people/check-person.ts';
import { choosePassword } from '../people/choose-password.ts';
import { judgeAccounts } from '../people/judge-accounts.ts';
import type { Passwords } from '../people/make-passwords.ts';
import { isLogin, normaliseLogin } from '../people/normalise-login.ts';
import { checkPassword } from '../people/password-rules.ts';
import { attemptKeyOf } from '../people/sign-in-with-password.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { replyOf } from '../plugins/error-replies.ts';
import { makeGate } from '../plugins/gate.ts';
import { keyOf, onceActing, onceHeadersSchema, sendOnce } from '../plugins/once-only.ts';
import { contextOf, signedInPerson } from '../plugins/sign-in.ts';
import {
  type AccountChanges,
  changeAccount,
  loadAccount,
  loadAccountPage,
  type StoredAccount,
  saveAccount,
} from '../store/accounts.ts';
import {
  type ActableAccount,
  actOnAccounts,
  countOtherAdministrators,
  type EndedDoors,
  loadActable,
} from '../store/accounts-at-once.ts';
import { actAs, recordDoor } from '../store/acting.ts';
import { writeAudit } from '../store/audit.ts';
import { endSessions } from '../store/sessions.ts';
import { unlockLogin } from '../store/sign-in-attempts.ts';
import { type Queryable, StoreError } from '../store/store.ts';
import { revokeTokens } from '../store/tokens.ts';
import { versionOfRequest, versionsOf } from './resource-parts.ts';
import {
  attachment,
  bytes,
  created,
  emptied,
  idParams,
  keptNowhere,
  replies,
  workbookType,
} from './route-parts.ts';

const tags = ['accounts'];
const read = { access: 'account:read' } as const;
const change = { access: 'account:change' } as const;
const MOST_WORKBOOK_ROWS = 50_000;
const WAITING = 8;

export function accountRoutes(app: App, { store }: Services, passwords: Passwords): void {
  const gate = makeGate(1, WAITING);
  const administer = <T>(
    request: FastifyRequest,
    work: (tx: Queryable) => Promise<T>,
    reason = '',
  ): Promise<T> =>
    actAs(
      store,
      signedInPerson(request).principal,
      { ...contextOf(request), reason },
      'account:change',
      work,
    );

  app.get(
    '/api/accounts',
    { config: read, schema: { tags, querystring: accountQuerySchema, response: replies(accountPageSchema) } },
    async ({ query }, reply) => {
      keptNowhere(reply);
      return loadAccountPage(store, query);
    },
  );

  app.get(
    '/api/accounts/export.xlsx',
    { config: read, schema: { tags, querystring: accountExportQuerySchema, response: bytes } },
    async (request, reply) => {
      const { principal } = signedInPerson(request);
      const file = await gate(async () => {
        // read and noted in one transaction: what is on record is what is in the file
        const accounts = await actAs(store, principal, contextOf(request), 'account:read', async (tx) => {
          const page = await loadAccountPage(tx, { ...request.query, page: 1, pageSize: MOST_WORKBOOK_ROWS });
          if (page.total > MOST_WORKBOOK_ROWS)
            throw new ProductError('ACCOUNT_EXPORT_SIZE', { found: page.total, limit: MOST_WORKBOOK_ROWS });
          const after = { format: 'xlsx', rows: page.accounts.length, filters: { ...request.query } };
          await writeAudit(tx, { action: 'export', object: 'account', objectId: null, after });
          return page.accounts;
        });
        return encodeInWorker({ kind: 'workbook', sheets: [accountSheet(accounts)] });
      });
      keptNowhere(reply).type(workbookType).header('content-disposition', attachment('账号', 'xlsx'));
      return reply.send(Buffer.from(file));
    },
  );

  app.post(
    '/api/accounts/bulk',
    {
      config: change,
      schema: {
        tags,
        headers: onceHeadersSchema,
        body: bulkAccountSchema,
        response: replies(bulkAccountResultSchema),
      },
    },
    async (request, reply) => {
      const { rows, act, dryRun, skipRefused = false } = request.body;
      const reason = (request.body.reason ?? '').trim();
      const seen = versionsOf(rows);
      const ids = [...seen.keys()];
      const me = signedInPerson(request).principal.accountId;
      keptNowhere(reply);
      const work = async (tx: Queryable): Promise<BulkAccountResultJson> => {
        const found = await loadActable(tx, ids);
        const known = found.map(({ id }) => id);
        const judged = judgeAccounts(act, found, seen, me, await countOtherAdministrators(tx, known));
        const unknown = ids.filter((id) => !known.includes(id));
        const refused = [
          ...judged.refused.map(({ account, code }) => refusalOf(account.id, code, account)),
          ...unknown.map((id) => refusalOf(id, 'ACCOUNT_UNKNOWN', null)),
        ];
        const { allowed } = judged;
        if (!dryRun && refused.length > 0 && !skipRefused)
          throw new ProductError('ACCOUNT_BULK_REFUSED', { refused: refused.length });
        const ended = dryRun
          ? endsWith(act, allowed)
          : await actOnAccounts(
              tx,
              act,
              allowed.map(({ id }) => id),
            );
        return { dryRun, done: allowed.length, ...ended, refused };
      };
      if (dryRun) return administer(request, work, reason);
      const outcome = await onceActing(
        request,
        store,
        { permission: 'account:change', reason },
        async (tx) => ({
          status: 200,
          body: await work(tx).catch(lastAdministrator),
        }),
      );
      return sendOnce(reply, outcome);
    },
  );

  app.get(
    '/api/accounts/:id',
    { config: read, schema: { tags, params: idParams, response: replies(accountJsonSchema) } },
    async ({ params: { id } }, reply) => {
      const account = await accountOf(store, id);
      keptNowhere(reply).header('etag', `"${account.version}"`);
      return account;
    },
  );

  app.post(
    '/api/accounts',
    {
      config: change,
      schema: {
        tags,
        headers: onceHeadersSchema,
        body: newAccountSchema,
        response: created(accountJsonSchema),
      },
    },
    async (request, reply) => {
      const { body } = request;
      const { role, territory, organisation = '', password = null, oidcLinkAllowed = false } = body;
      const login = normaliseLogin(body.login);
      if (!isLogin(login)) throw new ProductError('ACCOUNT_LOGIN_FORM');
      const person = { login, name: body.name.trim(), role, territory, organisation: organisation.trim() };
      checkPerson(person);
      if (password !== null) checkPassword(password, person);
      const passwordHash = password === null ? null : await passwords.hash(password);
      const id = randomUUID();
      const mustChangePassword = passwordHash !== null;
      const doors = { passwordHash, mustChangePassword, oidcLinkAllowed, isDemo: false };
      const outcome = await onceActing(
        request,
        store,
        { permission: 'account:change' },
        async (tx) => {
          await saveAccount(tx, { id, ...person, ...doors }).catch(takenLogin(login));
          return { status: 201, body: await accountOf(tx, id) };
        },
        await contentOf(body, passwords, keyOf(request)),
      );
      return sendOnce(keptNowhere(reply), outcome);
    },
  );

  app.patch(
    '/api/accounts/:id',
    {
      config: change,
      schema: {
        tags,
        params: idParams,
        headers: versionHeadersSchema,
        body: accountChangesSchema,
        response: { ...replies(accountJsonSchema), 412: replies(staleAccountSchema)[200] },
      },
    },
    async (request, reply) => {
      keptNowhere(reply);
      const { id } = request.params;
      const version = versionOfRequest(request);
      const changes = tidy(request.body);
      const before = await accountOf(store, id);
      if (before.version === version) checkPerson({ ...before, ...changes });
      const after =
        before.version === version
          ? await administer(request, (tx) => applyChanges(tx, before, changes)).catch(lastAdministrator)
          : null;
      if (after) return reply.header('etag', `"${after.version}"`).send(after);
      const refusal = replyOf(request.id, describeCode('ACCOUNT_STALE'));
      return reply.code(412).send({ ...refusal, account: await accountOf(store, id) });
    },
  );

  app.post(
    '/api/accounts/:id/password',
    { config: change, schema: { tags, params: idParams, body: resetPasswordSchema, response: emptied } },
    async (request, reply) => {
      const accountId = request.params.id;
      if (signedInPerson(request).principal.accountId === accountId) throw new ProductError('ACCOUNT_OWN');
      const { login } = await accountOf(store, accountId);
      const chosen = { accountId, password: request.body.password, mustChange: true };
      const save = await choosePassword(store, passwords, chosen);
      await administer(request, async (tx) => {
        await save(tx);
        const ended = await endSessions(tx, accountId);
        // whoever made them may be whom the new password is to keep out
        const tokens = await revokeTokens(tx, [accountId]);
        await unlockLogin(tx, attemptKeyOf(login));
        await recordDoor(tx, { action: 'password', accountId, after: { ended, tokens } });
      });
      return keptNowhere(reply).code(204).send(null);
    },
  );

  app.post(
    '/api/accounts/:id/sign-out',
    { config: change, schema: { tags, params: idParams, response: replies(endedSessionsSchema) } },
    async (request, reply) => {
      keptNowhere(reply);
      const { id: accountId } = await accountOf(store, request.params.id);
      return administer(request, async (tx) => {
        const ended = await endSessions(tx, accountId);
        const tokens = await revokeTokens(tx, [accountId]);
        await recordDoor(tx, { action: 'sign-out', accountId, after: { ended, tokens } });
        return { ended, tokens };
      });
    },
  );
}

async function accountOf(db: Queryable, id: string): Promise<StoredAccount> {
  const account = await loadAccount(db, id);
  if (!account) throw new ProductError('ACCOUNT_UNKNOWN', { id });
  return account;
}

/** Null when somebody else was faster. */
async function applyChanges(
  tx: Queryable,
  before: StoredAccount,
  changes: AccountChanges,
): Promise<StoredAccount | null> {
  const after = await changeAccount(tx, before.id, before.version, changes);
  // a new role begins with a new sign-in, and nobody disabled keeps a door open
  if (after && (after.role !== before.role || after.disabledAt !== null)) await endSessions(tx, after.id);
  if (after && after.disabledAt !== null) await revokeTokens(tx, [after.id]);
  return after;
}

function refusalOf(
  id: string,
  refusal: ErrorCode,
  account: ActableAccount | null,
): BulkAccountResultJson['refused'][number] {
  const { message, hint } = describeCode(refusal, { id });
  return { id, login: account?.login ?? null, name: account?.name ?? null, refusal, message, hint };
}

function lastAdministrator(error: unknown): never {
  const last = error instanceof StoreError && error.constraint === 'accounts_last_admin';
  throw last ? new ProductError('ACCOUNT_LAST_ADMIN') : error;
}

/** What a new account is told apart by when it is sent again: its password never as a quick digest. */
async function contentOf(
  { password = null, ...rest }: NewAccountJson,
  passwords: Passwords,
  key: string,
): Promise<string> {
  return JSON.stringify({ ...rest, password: password && (await passwords.digest(password, key)) });
}

/** Sessions and tokens that would end with it. */
function endsWith(act: AccountAct, accounts: readonly ActableAccount[]): EndedDoors {
  const ends = act === 'disable' || act === 'sign-out';
  const sum = (of: 'sessions' | 'tokens') =>
    ends ? accounts.reduce((total, account) => total + account[of], 0) : 0;
  return { sessions: sum('sessions'), tokens: sum('tokens') };
}

/** Blanks around a name would make two organisations of one. */
const tidy = ({ name, organisation, ...rest }: AccountChangesJson): AccountChanges => ({
  ...rest,
  ...(name !== undefined && { name: name.trim() }),
  ...(organisation !== undefined && { organisation: organisation.trim() }),
});

const takenLogin =
  (login: string) =>
  (error: unknown): never => {
    const taken = error instanceof StoreError && error.constraint === 'accounts_login';
    throw taken ? new ProductError('ACCOUNT_LOGIN_TAKEN', { login }) : error;
  };
