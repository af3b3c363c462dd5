// Who somebody is and what they may do: sessions, accounts, personal tokens, the permission table.
import { type Static, Type } from 'typebox';
import { permissionWords, roles } from '../permission/permission-table.ts';
import {
  errorReplySchema,
  idSchema,
  nameSchema,
  nullable,
  oneOf,
  seenRowsSchema,
  strictObject,
} from './shared.ts';

const rowScopes = ['territory', 'own', 'all'] as const;
/** Longer than any code of the statistics office, shorter than a text. */
const codesSchema = Type.Array(Type.String({ pattern: '^[0-9A-Za-z]{1,20}$' }), {
  maxItems: 500,
  uniqueItems: true,
});
/** Checked by the password rules; the bound only keeps novels out. */
const passwordSchema = Type.String({ minLength: 1, maxLength: 1000 });

export const territorySchema = strictObject({
  everywhere: Type.Boolean(),
  districtCodes: codesSchema,
  townCodes: codesSchema,
});

export const meSchema = strictObject({
  id: idSchema,
  login: Type.String(),
  name: Type.String(),
  role: oneOf(roles),
  organisation: Type.String(),
  territory: territorySchema,
  /** Permission → rows it holds for; a permission that is missing is not given. */
  permissions: Type.Record(Type.String(), oneOf(rowScopes)),
  /** Nothing but a new password is accepted until it is changed. */
  mustChangePassword: Type.Boolean(),
  expiresAt: Type.String(),
});
export type MeJson = Static<typeof meSchema>;

export const signedInSchema = strictObject({ me: meSchema });

/** GET /api/session : what the sign-in page has to know. */
export const sessionStateSchema = strictObject({
  me: nullable(meSchema),
  /** Accounts of the demonstration; empty when there are none or the service is open to other machines. */
  demo: Type.Array(strictObject({ login: Type.String(), name: Type.String(), role: oneOf(roles) })),
  demoPassword: nullable(Type.String()),
  /** An identity provider is configured. */
  oidc: Type.Boolean(),
  /** Nobody administers the service yet: the page asks for the code printed at the start. */
  setup: Type.Boolean(),
});
export type SessionStateJson = Static<typeof sessionStateSchema>;

export const newSessionSchema = strictObject({
  login: Type.String({ minLength: 1, maxLength: 200 }),
  password: passwordSchema,
});
export const newPasswordSchema = strictObject({
  current: passwordSchema,
  next: passwordSchema,
  /** false: the personal tokens go on; otherwise they are taken back with the other sessions. */
  endTokens: Type.Optional(Type.Boolean()),
});
export type NewPasswordJson = Static<typeof newPasswordSchema>;
export const setupSchema = strictObject({
  code: Type.String({ minLength: 1, maxLength: 100 }),
  password: passwordSchema,
});

export const sessionListSchema = strictObject({
  sessions: Type.Array(
    strictObject({
      id: idSchema,
      /** The one this request came by. */
      current: Type.Boolean(),
      createdAt: Type.String(),
      lastSeenAt: Type.String(),
      expiresAt: Type.String(),
      address: Type.String(),
      agent: Type.String(),
    }),
  ),
});
export type SessionListJson = Static<typeof sessionListSchema>;

/** Sessions that ended, and personal tokens that were taken back with them. */
export const endedSessionsSchema = strictObject({ ended: Type.Integer(), tokens: Type.Integer() });
export type EndedSessionsJson = Static<typeof endedSessionsSchema>;

export const accountJsonSchema = strictObject({
  id: idSchema,
  login: Type.String(),
  name: Type.String(),
  role: oneOf(roles),
  organisation: Type.String(),
  territory: territorySchema,
  hasPassword: Type.Boolean(),
  oidcLinked: Type.Boolean(),
  oidcLinkAllowed: Type.Boolean(),
  mustChangePassword: Type.Boolean(),
  isDemo: Type.Boolean(),
  disabledAt: nullable(Type.String()),
  /** Too many wrong passwords: until then no sign-in by password. */
  lockedUntil: nullable(Type.String()),
  createdAt: Type.String(),
  /** When the person last did something here; null: never since this is kept. */
  lastSeenAt: nullable(Type.String()),
  /** Goes back as If-Match with every change. */
  version: Type.Integer(),
});
export type AccountJson = Static<typeof accountJsonSchema>;

const accountStates = ['active', 'locked', 'disabled'] as const;
export const accountSorts = ['login', 'name', 'role', 'organisation', 'lastSeenAt', 'createdAt'] as const;

const accountFilters = {
  q: Type.Optional(Type.String({ maxLength: 100 })),
  role: Type.Optional(oneOf(roles)),
  /** active: neither disabled nor locked. */
  state: Type.Optional(oneOf(accountStates)),
  /** Bound to this district or one of its towns; `everywhere`: bound to none. */
  district: Type.Optional(Type.String({ pattern: '^[0-9A-Za-z]{1,20}$' })),
  /** How they sign in; none: neither a password nor a person of the provider. */
  door: Type.Optional(oneOf(['password', 'provider', 'none'] as const)),
  /** Seen within so many days, not seen for so many days (or never), or never at all. */
  seen: Type.Optional(oneOf(['within1', 'within7', 'within30', 'idle30', 'idle90', 'never'] as const)),
  /** To be looked at: nobody can come in by it, its first password is still in use, or it is a demonstration. */
  worry: Type.Optional(oneOf(['true'] as const)),
  sort: Type.Optional(oneOf(accountSorts)),
  order: Type.Optional(oneOf(['asc', 'desc'] as const)),
};
/** GET /api/accounts/export.xlsx */
export const accountExportQuerySchema = strictObject(accountFilters);
export type AccountExportQueryJson = Static<typeof accountExportQuerySchema>;

export const accountQuerySchema = strictObject({
  ...accountFilters,
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
});
export type AccountQueryJson = Static<typeof accountQuerySchema>;
export const accountPageSchema = strictObject({
  accounts: Type.Array(accountJsonSchema),
  total: Type.Integer(),
  /** Under the filters without the state. */
  states: strictObject({ active: Type.Integer(), locked: Type.Integer(), disabled: Type.Integer() }),
});
export type AccountPageJson = Static<typeof accountPageSchema>;

const organisationSchema = Type.String({ maxLength: 200 });

export const newAccountSchema = strictObject({
  login: Type.String({ minLength: 1, maxLength: 100 }),
  name: nameSchema(100),
  role: oneOf(roles),
  organisation: Type.Optional(organisationSchema),
  territory: territorySchema,
  /** Its person has to replace it at the first sign-in; null or left out: no sign-in by password. */
  password: Type.Optional(nullable(passwordSchema)),
  oidcLinkAllowed: Type.Optional(Type.Boolean()),
});
export type NewAccountJson = Static<typeof newAccountSchema>;

/** What is left out stays. */
export const accountChangesSchema = strictObject({
  name: Type.Optional(nameSchema(100)),
  role: Type.Optional(oneOf(roles)),
  organisation: Type.Optional(organisationSchema),
  territory: Type.Optional(territorySchema),
  disabled: Type.Optional(Type.Boolean()),
  oidcLinkAllowed: Type.Optional(Type.Boolean()),
  /** false: forget which person of the provider it was. */
  oidcLinked: Type.Optional(Type.Literal(false)),
});
export type AccountChangesJson = Static<typeof accountChangesSchema>;

export const versionHeadersSchema = Type.Object({
  /** The version of the account as it was read, with or without quotes. */
  'if-match': Type.Optional(Type.String({ maxLength: 100 })),
});

/** 412: the refusal and the account as it is now. */
export const staleAccountSchema = Type.Object(
  { ...errorReplySchema.properties, account: accountJsonSchema },
  { additionalProperties: false },
);

export const accountActs = ['disable', 'enable', 'sign-out', 'unlock'] as const;
export type AccountAct = (typeof accountActs)[number];
/** POST /api/accounts/bulk (once): of accounts as they were looked at; one that was changed since is refused. */
export const bulkAccountSchema = strictObject({
  rows: seenRowsSchema(1000),
  act: oneOf(accountActs),
  /** Why, for the record. */
  reason: Type.Optional(Type.String({ maxLength: 500 })),
  /** True: only say what would happen. */
  dryRun: Type.Boolean(),
  /** True: do it to those it may be done to. Otherwise nothing is done when one is refused. */
  skipRefused: Type.Optional(Type.Boolean()),
});
export type BulkAccountJson = Static<typeof bulkAccountSchema>;
const sentenceSchema = strictObject({ zh: Type.String(), en: Type.String() });
export const bulkAccountResultSchema = strictObject({
  dryRun: Type.Boolean(),
  /** Accounts it was done to, or would be. */
  done: Type.Integer(),
  /** Sessions and personal tokens that end with it. */
  sessions: Type.Integer(),
  tokens: Type.Integer(),
  refused: Type.Array(
    strictObject({
      id: idSchema,
      /** null: there is no account of that id. */
      login: nullable(Type.String()),
      name: nullable(Type.String()),
      refusal: Type.String(),
      message: sentenceSchema,
      hint: sentenceSchema,
    }),
  ),
});
export type BulkAccountResultJson = Static<typeof bulkAccountResultSchema>;

export const resetPasswordSchema = strictObject({ password: passwordSchema });

export const tokenJsonSchema = strictObject({
  id: idSchema,
  name: Type.String(),
  scope: Type.Array(oneOf(permissionWords)),
  createdAt: Type.String(),
  expiresAt: Type.String(),
  lastUsedAt: nullable(Type.String()),
  revokedAt: nullable(Type.String()),
  /** By the clock of the database: what is over opens nothing. */
  isOver: Type.Boolean(),
});
export type TokenJson = Static<typeof tokenJsonSchema>;
export const tokenListSchema = strictObject({ tokens: Type.Array(tokenJsonSchema) });

export const newTokenSchema = strictObject({
  name: nameSchema(100),
  scope: Type.Array(oneOf(permissionWords), { minItems: 1, uniqueItems: true }),
  days: Type.Integer({ minimum: 1, maximum: 365 }),
});
export type NewTokenJson = Static<typeof newTokenSchema>;

/** The value is shown this once and kept nowhere: null, when the call was answered before under the same key. */
export const createdTokenSchema = strictObject({ token: tokenJsonSchema, value: nullable(Type.String()) });
export type CreatedTokenJson = Static<typeof createdTokenSchema>;

/** GET /api/permissions : the whole table, for the roles screen. */
export const permissionListSchema = strictObject({
  roles: Type.Array(oneOf(roles)),
  /** Roles that see coordinates to 0.001 degrees only. */
  maskedRoles: Type.Array(oneOf(roles)),
  permissions: Type.Array(
    strictObject({
      permission: oneOf(permissionWords),
      /** Role → rows; a role that is missing may not. */
      scopes: Type.Record(Type.String(), oneOf(rowScopes)),
    }),
  ),
});
export type PermissionListJson = Static<typeof permissionListSchema>;
