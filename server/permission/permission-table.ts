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
  'resource:confirm': { owner: 'own' },
  'resource:open': inTerritory('district', 'city'),
  'resource:withdraw': { ...inTerritory('admin'), owner: 'own' },
  'resource:comment': inTerritory('town'),
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
  'claim:read': {
    ...inTerritory('planner', 'tower', 'operator', 'town', 'district', 'city', 'admin'),
    owner: 'own',
  },
  'claim:create': inTerritory('tower'),
  'claim:release': inTerritory('tower', 'district', 'city'),
  'claim:request': inTerritory('operator'),
  'case:read': inTerritory('planner', 'tower', 'operator', 'town', 'district', 'city', 'admin'),
  'case:create': inTerritory('planner', 'tower'),
  'case:update': inTerritory('tower'),
  'case:confirm': inTerritory('operator'),
  'case:verify': inTerritory('district', 'city'),
  'batch:read': inTerritory('planner', 'tower', 'operator', 'town', 'district', 'city', 'admin'),
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
  'problem:update': inTerritory('tower', 'town', 'district', 'city'),
  'problem:manage': inTerritory('district', 'city'),
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
  'rule:change': everyRow('admin'),
  'webhook:read': everyRow('admin'),
  'webhook:change': everyRow('admin'),
  'area:read': inTerritory(...roles),
  'area:change': inTerritory('planner', 'admin'),
  'ground:read': everyRow(...roles),
  'ground:change': everyRow('planner', 'admin'),
  // an operator brings lists of its own demands
  'import:read': { ...inTerritory('planner', 'tower', 'owner', 'admin'), operator: 'own' },
  'import:create': { ...inTerritory('planner', 'tower', 'admin'), owner: 'own', operator: 'own' },
  'plan:read': inTerritory('planner', 'tower', 'operator', 'town', 'district', 'city', 'admin'),
  'plan:create': inTerritory('planner', 'admin'),
  'plan:update': inTerritory('planner', 'admin'),
  'plan:export': inTerritory('planner', 'district', 'city', 'admin'),
  'plan:comment': inTerritory('tower', 'operator', 'town'),
  'comment:read': {
    ...inTerritory('planner', 'tower', 'operator', 'town', 'district', 'city', 'admin'),
    owner: 'own',
  },
  'comment:answer': inTerritory('planner', 'district', 'city', 'admin'),
  'review:read': inTerritory('planner', 'tower', 'operator', 'town', 'district', 'city', 'admin'),
  'review:decide': inTerritory('district', 'city'),
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
