// The roles as values: the contract gives the client their type only. A test keeps it equal to the permission table.
import type { AccountJson } from '../../../server/contract/people.ts';

export type Role = AccountJson['role'];

export const roles = [
  'planner',
  'tower',
  'operator',
  'owner',
  'town',
  'district',
  'city',
  'admin',
] as const satisfies readonly Role[];
