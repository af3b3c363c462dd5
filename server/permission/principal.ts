// Who acts in a request: taken from a session, a token or nobody; handed to the store, which sets it for the transaction.
import type { Permission, Role } from './permission-table.ts';

/** Rows a person may reach: everything, or some districts and towns by their codes. */
export interface Territory {
  readonly everywhere: boolean;
  readonly districtCodes: readonly string[];
  readonly townCodes: readonly string[];
}

export interface Principal {
  readonly accountId: string;
  readonly name: string;
  readonly role: Role;
  /** Owner unit, tower company, operator or office: what 'own' rows are compared with. */
  readonly organisation: string;
  readonly territory: Territory;
  /** What a personal token may do at the most; null: all that the role may. */
  readonly tokenScope: readonly Permission[] | null;
}

/** From where and why: goes into the audit record of whatever the request changes. */
export interface ActContext {
  readonly address: string;
  readonly requestId: string;
  readonly reason: string;
}
