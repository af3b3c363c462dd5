// An account while it is typed: what is missing, and what goes to the service.
import type { AccountChangesJson, AccountJson, NewAccountJson } from '../../../server/contract/people.ts';
import type { Role } from './role-list.ts';

export interface AccountDraft {
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly organisation: string;
  readonly territory: AccountJson['territory'];
  /** Of a new account only; empty: none. */
  readonly password: string;
  readonly oidcLinkAllowed: boolean;
  /** Not typed here, but whoever edits an account wants to hear of it. */
  readonly disabledAt: string | null;
}

export const emptyDraft: AccountDraft = {
  login: '',
  name: '',
  role: 'planner',
  organisation: '',
  territory: { everywhere: true, districtCodes: [], townCodes: [] },
  password: '',
  oidcLinkAllowed: false,
  disabledAt: null,
};

/** Null: a new one. */
export function accountDraftOf(account: AccountJson | null): AccountDraft {
  if (account === null) return emptyDraft;
  const { login, name, role, organisation, territory, oidcLinkAllowed, disabledAt } = account;
  return { login, name, role, organisation, territory, password: '', oidcLinkAllowed, disabledAt };
}

/** Roles whose rows are those of their organisation; the service asks the same (server/people/check-person.ts). */
const organisedRoles: readonly Role[] = ['owner', 'tower', 'operator'];

export type MissingField = 'login' | 'name' | 'organisation' | 'districts' | 'towns';

/** Keys under `people.form.missing`, in the order of the form. */
export function missingInAccount(draft: AccountDraft): MissingField[] {
  const { login, name, role, organisation, territory } = draft;
  const wants = (isWanted: boolean, field: MissingField) => (isWanted ? [field] : []);
  const isBound = !territory.everywhere;
  return [
    ...wants(login.trim() === '', 'login'),
    ...wants(name.trim() === '', 'name'),
    ...wants(organisedRoles.includes(role) && organisation.trim() === '', 'organisation'),
    ...wants(role === 'district' && isBound && territory.districtCodes.length === 0, 'districts'),
    ...wants(role === 'town' && isBound && territory.townCodes.length === 0, 'towns'),
  ];
}

export function newAccountOf(draft: AccountDraft): NewAccountJson {
  return {
    login: draft.login.trim(),
    name: draft.name.trim(),
    role: draft.role,
    organisation: draft.organisation.trim(),
    territory: plainTerritory(draft.territory),
    password: draft.password === '' ? null : draft.password,
    oidcLinkAllowed: draft.oidcLinkAllowed,
  };
}

/** Only what differs from the account as it was read; what is left out stays. */
export function accountChangesOf(before: AccountJson, draft: AccountDraft): AccountChangesJson {
  const territory = plainTerritory(draft.territory);
  return {
    ...(draft.name.trim() !== before.name && { name: draft.name.trim() }),
    ...(draft.role !== before.role && { role: draft.role }),
    ...(draft.organisation.trim() !== before.organisation && { organisation: draft.organisation.trim() }),
    ...(!isSameTerritory(territory, before.territory) && { territory }),
    ...(draft.oidcLinkAllowed !== before.oidcLinkAllowed && { oidcLinkAllowed: draft.oidcLinkAllowed }),
  };
}

/** Everywhere needs no codes. */
function plainTerritory(territory: AccountJson['territory']): AccountJson['territory'] {
  return territory.everywhere ? { everywhere: true, districtCodes: [], townCodes: [] } : territory;
}

function isSameTerritory(one: AccountJson['territory'], other: AccountJson['territory']): boolean {
  const codes = (list: readonly string[]) => [...list].sort().join(' ');
  return (
    one.everywhere === other.everywhere &&
    codes(one.districtCodes) === codes(other.districtCodes) &&
    codes(one.townCodes) === codes(other.townCodes)
  );
}
