// The desks people work at together, in the order the work goes, with what it takes to see each. Words: `shell.desks.<key>`.
import type { Permission } from '../../state/session.ts';

export interface DeskNavEntry {
  readonly key:
    | 'demands'
    | 'areas'
    | 'claims'
    | 'batches'
    | 'cases'
    | 'problems'
    | 'relocations'
    | 'comments'
    | 'progress';
  readonly path: string;
  readonly permission: Permission;
}

export const deskNav: readonly DeskNavEntry[] = [
  { key: 'demands', path: '/demands', permission: 'demand:read' },
  { key: 'areas', path: '/areas', permission: 'area:read' },
  { key: 'claims', path: '/claims', permission: 'claim:read' },
  { key: 'batches', path: '/batches', permission: 'batch:read' },
  { key: 'cases', path: '/cases', permission: 'case:read' },
  { key: 'problems', path: '/problems', permission: 'problem:read' },
  { key: 'relocations', path: '/relocations', permission: 'relocation:read' },
  { key: 'comments', path: '/comments', permission: 'comment:read' },
  { key: 'progress', path: '/progress', permission: 'case:read' },
];

/** The desk an address belongs to; undefined: none. */
export const deskAt = (pathname: string): DeskNavEntry | undefined =>
  deskNav.find(({ path }) => pathname === path || pathname.startsWith(`${path}/`));
