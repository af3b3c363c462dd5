// The permission table against the field's own (domain reference, section 3), cell by cell: what a cell says somebody has, what it does
// not say nobody has, and each difference stands here with its reason.
import { expect, test } from 'vitest';
import {
  type Permission,
  permissionTable,
  permissionWords,
  type Role,
  type RowScope,
  roles,
  scopeOf,
} from '../../../server/permission/permission-table.ts';

/** One row of section 3: what its verbs are called here, and its cells as they are printed. District and city share theirs. */
interface FieldRow {
  readonly verbs: Readonly<Record<string, readonly Permission[]>>;
  readonly cells: Readonly<Record<Exclude<Role, 'city'>, string>>;
}

const cellsOf = (...printed: readonly [string, string, string, string, string, string, string]) => {
  const [planner, tower, operator, owner, town, district, admin] = printed;
  return { planner, tower, operator, owner, town, district, admin };
};

const fieldRows: Readonly<Record<string, FieldRow>> = {
  demand: {
    verbs: {
      C: ['demand:create'],
      R: ['demand:read'],
      U: ['demand:update', 'demand:edit'],
      'U(merge)': ['demand:update'],
      S: ['batch:submit'],
    },
    cells: cellsOf('C R U S', 'R U(merge)', 'C R U own', '-', 'R', 'R', 'R'),
  },
  resource: {
    verbs: {
      C: ['resource:create'],
      R: ['resource:read'],
      U: ['resource:update'],
      confirm: ['resource:confirm'],
      comment: ['resource:comment'],
      'K(open,whitelist)': ['resource:open'],
    },
    cells: cellsOf(
      'C R U',
      'C R U',
      'R masked',
      'C R U own, confirm',
      'R comment',
      'R K(open,whitelist)',
      'all',
    ),
  },
  'target area, corridor': {
    verbs: {
      C: ['area:change'],
      R: ['area:read'],
      U: ['area:change'],
      S: ['area:submit'],
      K: ['area:decide'],
    },
    cells: cellsOf('C R U S', 'R', 'R', '-', 'R', 'R K', 'all'),
  },
  'plan, plan version': {
    verbs: {
      C: ['plan:create'],
      R: ['plan:read'],
      U: ['plan:update'],
      S: ['plan:submit'],
      comment: ['plan:comment'],
      'K(approve)': ['plan:approve', 'review:decide'],
      X: ['plan:export'],
    },
    cells: cellsOf('C R U S', 'R comment', 'R comment', '-', 'R comment', 'R K(approve) X', 'all'),
  },
  'batch row': {
    verbs: {
      S: ['batch:submit'],
      R: ['batch:read'],
      opinion: ['batch:read', 'batch:opinion'],
      K: ['batch:read', 'batch:decide'],
      X: ['batch:export'],
    },
    cells: cellsOf('S R', 'S R', 'R own', '-', 'opinion', 'K X', 'R'),
  },
  claim: {
    verbs: {
      R: ['claim:read'],
      C: ['claim:read', 'claim:create'],
      extend: ['claim:create'],
      release: ['claim:release'],
      // anywhere in the territory; whoever asked, and whoever has to give their word, sees what became of it
      request: ['claim:request'],
      'force-release': ['claim:read', 'claim:release'],
    },
    cells: cellsOf('R', 'C extend release', 'R(own) request', '-', 'R', 'force-release', 'R'),
  },
  'survey, build, deliver': {
    verbs: {
      C: ['case:create'],
      R: ['case:read'],
      U: ['case:update'],
      confirm: ['case:read', 'case:confirm'],
    },
    cells: cellsOf('R', 'C R U', 'confirm own', '-', 'R', 'R', 'R'),
  },
  'on-air': {
    verbs: {
      R: ['case:read'],
      'set-with-evidence': ['case:read', 'case:confirm'],
      verify: ['case:read', 'case:verify'],
    },
    cells: cellsOf('R', 'R', 'set-with-evidence own', '-', 'R', 'verify', 'R'),
  },
  problem: {
    verbs: {
      C: ['problem:create'],
      R: ['problem:read'],
      U: ['problem:update'],
      K: ['problem:read', 'problem:update', 'problem:manage'],
    },
    cells: cellsOf('C R', 'C R U', 'C R', 'C R own', 'C R U(own)', 'K', 'R'),
  },
  'relocation case': {
    verbs: {
      C: ['relocation:read', 'relocation:create'],
      R: ['relocation:read'],
      U: ['relocation:update'],
      confirm: ['relocation:read', 'relocation:confirm'],
      K: ['relocation:read', 'relocation:gate'],
    },
    cells: cellsOf('R', 'C R U', 'confirm', 'C own', 'R', 'K', 'R'),
  },
  'target, policy preset, rule, price book': {
    verbs: { R: ['rule:read'], propose: ['rule:read', 'rule:propose'], U: ['rule:read', 'rule:change'] },
    cells: cellsOf('R', 'R', 'R', '-', 'R', 'propose', 'U'),
  },
  'export with coordinates over limit': {
    verbs: { request: ['export:request'], approve: ['export:approve'] },
    cells: cellsOf('request', 'request', 'request', '-', '-', 'approve', 'approve'),
  },
};

/** What the table has and section 3 does not print, and why. */
const beyond: Readonly<Partial<Record<Permission, Readonly<Record<string, readonly Role[]>>>>> = {
  'resource:export': {
    'who asks for files beyond the limit takes those below it': ['planner', 'tower'],
    'who opens places hands out their list': ['district', 'city'],
    'all of it': ['admin'],
  },
  'resource:withdraw': { 'an owner’s own, and all of it': ['owner', 'admin'] },
  'plan:export': { 'who asks for files beyond the limit takes those below it': ['planner'] },
  'claim:override': {
    '8.3, rules 3 and 6: the sharing office sets a rule aside with a reason': ['district', 'city'],
  },
  'case:create': {
    'what is wanted and what a plan chose begins the chain before anybody builds': ['planner'],
  },
  'problem:create': { 'a decision may turn a row into a problem': ['district', 'city'] },
  'contact:read': {
    'who talks to owners; 8.6 keeps it from lists': ['tower', 'owner', 'district', 'city', 'admin'],
  },
  'contact:change': { 'who talks to owners': ['tower', 'owner', 'admin'] },
  'directory:read': { 'a directory is published for everybody': [...roles] },
  'directory:publish': { 'the office that opens the places in it': ['district', 'city'] },
  'review:read': {
    'a judgement on a plan’s row is seen with the row': [
      'planner',
      'tower',
      'operator',
      'town',
      'district',
      'city',
      'admin',
    ],
  },
  'comment:read': {
    'a remark is seen by who may remark, by who answers, and by the owner of the place': [
      'planner',
      'tower',
      'operator',
      'owner',
      'town',
      'district',
      'city',
      'admin',
    ],
  },
  'comment:answer': { 'whose plan or place it is about': ['planner', 'district', 'city', 'admin'] },
  'import:read': { 'who brings lists': ['planner', 'tower', 'operator', 'owner', 'admin'] },
  'import:create': { 'who creates rows may bring many': ['planner', 'tower', 'operator', 'owner', 'admin'] },
  'ground:read': { 'outlines, roads and towns are public': [...roles] },
  'ground:change': { 'the data the radio needs': ['planner', 'admin'] },
  'catalogue:read': { 'lists of types that every form needs': [...roles] },
  'webhook:read': { 'keeps the service': ['admin'] },
  'webhook:change': { 'keeps the service': ['admin'] },
  'account:read': { 'keeps the service': ['admin'] },
  'account:change': { 'keeps the service': ['admin'] },
  'audit:read': { 'section 14, screen 18, for whoever answers for the whole': ['city', 'admin'] },
};

const printedRoles = (role: keyof FieldRow['cells']): readonly Role[] =>
  role === 'district' ? ['district', 'city'] : [role];

/** Every permission a cell gives, and for which rows. */
function* given(): Generator<{
  object: string;
  role: Role;
  cell: string;
  permission: Permission;
  own: boolean;
}> {
  for (const [object, { verbs, cells }] of Object.entries(fieldRows))
    for (const [printed, cell] of Object.entries(cells) as [keyof FieldRow['cells'], string][]) {
      const words = cell.split(/,? /).filter((word) => !['-', 'own', 'masked'].includes(word));
      for (const word of words) {
        const meant = word === 'all' ? Object.values(verbs).flat() : verbs[word.replace('(own)', '')];
        if (meant === undefined) throw new RangeError(`${object}: no verb ${word}`);
        // of one verb, or of all the cell gives
        for (const permission of meant)
          for (const role of printedRoles(printed))
            yield { object, role, cell, permission, own: word.endsWith('(own)') || / own\b/.test(cell) };
      }
    }
}

const scopesOf = (permission: Permission) =>
  new Set(Object.values(permissionTable[permission] as Partial<Record<Role, RowScope>>));

test('what a cell of section 3 gives is given, for own rows where it says so', () => {
  for (const { object, role, cell, permission, own } of given()) {
    const scope = scopeOf(permission, role);
    expect([object, role, cell, permission, scope === undefined ? 'nothing' : 'something']).toEqual([
      object,
      role,
      cell,
      permission,
      'something',
    ]);
    expect([object, role, cell, permission, scope === 'own']).toEqual([object, role, cell, permission, own]);
  }
});

test('what no cell gives nobody has, but for what is listed here with its reason', () => {
  const cells = [...given()];
  for (const permission of permissionWords) {
    const fromCells = cells.filter((one) => one.permission === permission).map(({ role }) => role);
    const listed = Object.values(beyond[permission] ?? {}).flat();
    const held = roles.filter((role) => scopeOf(permission, role) !== undefined);
    expect([permission, [...new Set([...fromCells, ...listed])].sort()]).toEqual([
      permission,
      [...held].sort(),
    ]);
    expect([permission, listed.filter((role) => fromCells.includes(role))]).toEqual([permission, []]);
    expect(scopesOf(permission).size).toBeGreaterThan(0);
  }
});
