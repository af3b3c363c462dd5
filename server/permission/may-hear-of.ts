// Which kinds of changes somebody may be told of at all: those whose rows they may read somewhere. Which rows those are is asked again
// when they are fetched.
import { type Permission, permissionTable } from './permission-table.ts';
import type { Principal } from './principal.ts';
import { rowScopeOf } from './row-scope-of.ts';

/** Objects of the audit trail whose permission has another name; null: whoever is signed in. */
const named: Readonly<Record<string, Permission | null>> = {
  'resource-contact': 'contact:read',
  survey: 'case:read',
  photo: 'case:read',
  antenna: 'ground:read',
  raster: 'ground:read',
  // one's own are everybody's
  export: null,
  calendar: null,
  layer: null,
};

/** `object` as in the audit trail: claim, batch-row, … */
export function mayHearOf(principal: Pick<Principal, 'role' | 'tokenScope'>, object: string): boolean {
  const permission = object in named ? named[object] : permissionOf(object);
  if (permission === null) return true;
  return permission !== undefined && rowScopeOf(principal, permission) !== undefined;
}

/** A part goes with its whole: batch-row with batch. */
function permissionOf(object: string): Permission | undefined {
  const word = `${object.split('-')[0]}:read`;
  return word in permissionTable ? (word as Permission) : undefined;
}
