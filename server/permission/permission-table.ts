// Who may do what: the one table (domain reference, section 3). Routes name a permission, the database keeps a copy that its row
// policies read, and the page asks for its own rows; nothing else decides.
// A word on the left that no route uses, or a route without one, fails a test.

export const roles = ['planner', 'tower', 'operator', 'owner', 'town', 'district', 'city', 'admin'] as const;
export type Role = (typeof roles)[number];

/** territory: rows of my districts and towns · own: rows of my organisation · all: every row, for what has no place. */
export type RowScope = 'territory' | 'own' | 'all';

const inTerritory = (...allowed: readonly Role[]) => scoped('territory', allowed);
const everyRow = (...allowed: readonly Role[]) => scoped('all', allowed);

function scoped(scope: RowScope, allowed: readonly Role[]): Partial<Record<Role, RowScope>> {
  return Object.fromEntries(allowed.map((role) => [role, scope]));
}

export const permissionTable = {
  'resource:read': {
    ...inTerritory('planner', 'tower', 'operator', 'town', 'district', 'city', 'admin'),
    owner: 'own',
  },
  'resource:create': { ...inTerritory('planner', 'tower', 'admin'), owner: 'own' },
  'resource:update': { ...inTerritory('planner', 'tower', 'admin'), owner: 'own' },
  'resource:export': inTerritory('planner', 'tower', 'district', 'city', 'admin'),
  'resource:confirm': { ...inTerritory('admin'), owner: 'own' },
  'resource:open': inTerritory('district', 'city', 'admin'),
  'resource:withdraw': { ...inTerritory('admin'), owner: 'own' },
  'resource:comment': inTerritory('town', 'admin'),
  'contact:read': { ...inTerritory('tower', 'district', 'city', 'admin'), owner: 'own' },
  'contact:change': { ...inTerritory('tower', 'admin'), owner: 'own' },
  'directory:read': inTerritory(...roles),
  'directory:publish': inTerritory('district', 'city'),
  'demand:read': {
    ...inTerritory('planner', 'tower', 'town', 'district', 'city', 'admin'),
    operator: 'own',
  },
  'demand:create': { ...inTerritory('planner'), operator: 'own' },
  // matched, merged, given up; what a demand says is for who may edit it: a tower company only joins what others want
  'demand:update': { ...inTerritory('planner', 'tower'), operator: 'own' },
  'demand:edit': { ...inTerritory('planner'), operator: 'own' },
  // an operator's own: for it, or waiting for its word; an owner sees the state of its resource
  'claim:read': { ...inTerritory('planner', 'tower', 'town', 'district', 'city', 'admin'), operator: 'own' },
  'claim:create': inTerritory('tower'),
  'claim:release': inTerritory('tower', 'district', 'city'),
  'claim:request': inTerritory('operator'),
  // 8.3, rules 3 and 6: the sharing office takes a place from its holder, or sets a rule aside with a reason
  'claim:override': inTerritory('district', 'city'),
  // an operator's own station
  'case:read': { ...inTerritory('planner', 'tower', 'town', 'district', 'city', 'admin'), operator: 'own' },
  'case:create': inTerritory('planner', 'tower'),
  'case:update': inTerritory('tower'),
  'case:confirm': { operator: 'own' },
  'case:verify': inTerritory('district', 'city'),
  // an operator's own rows, and the batches that have one
  'batch:read': { ...inTerritory('planner', 'tower', 'town', 'district', 'city', 'admin'), operator: 'own' },
  'batch:submit': inTerritory('planner', 'tower'),
  'batch:opinion': inTerritory('town'),
  'batch:decide': inTerritory('district', 'city'),
  'batch:export': inTerritory('district', 'city'),
  'problem:read': {
    ...inTerritory('planner', 'tower', 'operator', 'town', 'district', 'city', 'admin'),
    owner: 'own',
  },
  'problem:create': {
    ...inTerritory('planner', 'tower', 'operator', 'town', 'district', 'city'),
    owner: 'own',
  },
  // a town's own: it is in charge of it, helps with it or raised it
  'problem:update': { ...inTerritory('tower', 'district', 'city'), town: 'own' },
  'problem:manage': inTerritory('district', 'city'),
  // sites name no operator: whoever has a station there confirms its transmission, so operators see all of their territory, and on it
  // the cases that are theirs
  'relocation:read': {
    ...inTerritory('planner', 'tower', 'operator', 'town', 'district', 'city', 'admin'),
    owner: 'own',
  },
  'relocation:create': { ...inTerritory('tower'), owner: 'own' },
  'relocation:update': inTerritory('tower'),
  'relocation:confirm': inTerritory('operator'),
  'relocation:gate': inTerritory('district', 'city'),
  'export:request': inTerritory('planner', 'tower', 'operator'),
  'export:approve': inTerritory('district', 'city', 'admin'),
  'rule:read': everyRow('planner', 'tower', 'operator', 'town', 'district', 'city', 'admin'),
  'rule:propose': everyRow('district', 'city'),
  'rule:change': everyRow('admin'),
  'webhook:read': everyRow('admin'),
  'webhook:change': everyRow('admin'),
  'area:read': inTerritory('planner', 'tower', 'operator', 'town', 'district', 'city', 'admin'),
  'area:change': inTerritory('planner', 'admin'),
  'area:submit': inTerritory('planner', 'admin'),
  'area:decide': inTerritory('district', 'city', 'admin'),
  'ground:read': everyRow(...roles),
  'ground:change': everyRow('planner', 'admin'),
  // an operator brings lists of its own demands
  'import:read': { ...inTerritory('planner', 'tower', 'owner', 'admin'), operator: 'own' },
  'import:create': { ...inTerritory('planner', 'tower', 'admin'), owner: 'own', operator: 'own' },
  'plan:read': inTerritory('planner', 'tower', 'operator', 'town', 'district', 'city', 'admin'),
  'plan:create': inTerritory('planner', 'admin'),
  'plan:update': inTerritory('planner', 'admin'),
  'plan:export': inTerritory('planner', 'district', 'city', 'admin'),
  'plan:submit': inTerritory('planner', 'admin'),
  'plan:approve': inTerritory('district', 'city', 'admin'),
  'plan:comment': inTerritory('tower', 'operator', 'town', 'admin'),
  'comment:read': {
    ...inTerritory('planner', 'tower', 'operator', 'town', 'district', 'city', 'admin'),
    owner: 'own',
  },
  'comment:answer': inTerritory('planner', 'district', 'city', 'admin'),
  'review:read': inTerritory('planner', 'tower', 'operator', 'town', 'district', 'city', 'admin'),
  'review:decide': inTerritory('district', 'city', 'admin'),
  'catalogue:read': everyRow(...roles),
  'account:read': everyRow('admin'),
  'account:change': everyRow('admin'),
  'audit:read': everyRow('city', 'admin'),
} as const satisfies Readonly<Record<string, Partial<Record<Role, RowScope>>>>;

export type Permission = keyof typeof permissionTable;

export const permissionWords = Object.keys(permissionTable) as Permission[];

/** Roles that see coordinates to 0.001 degrees only (domain reference, sections 3 and 10). */
export const maskedRoles: readonly Role[] = ['operator'];

/** What a role may do with which rows; undefined: nothing. */
export function scopeOf(permission: Permission, role: Role): RowScope | undefined {
  return (permissionTable[permission] as Partial<Record<Role, RowScope>>)[role];
}
