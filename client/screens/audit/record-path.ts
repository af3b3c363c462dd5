// Where the page shows what a record is about, and where the map shows it. A thing that has a page of its own opens there; whoever may
// not read such things gets no link.
import type { AuditThingJson } from '../../../server/contract/audit.ts';
import type { Permission } from '../../state/session.ts';

export interface RecordPlace {
  readonly path: string;
  /** What it takes to see that page. */
  readonly permission: Permission;
}

const zoom = 17;

/** Null: no page shows it, or it is gone. `objectId` as the record names it. */
export function recordPath(
  object: string,
  objectId: string | null,
  thing: Pick<AuditThingJson, 'pageId'> | null,
): RecordPlace | null {
  const settled = settingPath(object, objectId);
  if (settled !== null || thing === null) return settled;
  const id = encodeURIComponent(thing.pageId);
  // what hangs on a thing is shown where the thing is: resource-contact, case-attachment
  switch (object.replace(/-(contact|photo|attachment|site)$/, '')) {
    case 'resource':
      return { path: `/library?resource=${id}`, permission: 'resource:read' };
    case 'claim':
      return { path: `/claims?claim=${id}`, permission: 'claim:read' };
    case 'case':
    case 'survey':
    case 'photo':
      return { path: `/cases/${id}`, permission: 'case:read' };
    case 'demand':
      return { path: `/demands?demand=${id}`, permission: 'demand:read' };
    case 'batch':
    case 'batch-row':
      return { path: `/batches/${id}`, permission: 'batch:read' };
    case 'problem':
      return { path: `/problems/${id}`, permission: 'problem:read' };
    case 'relocation':
      return { path: `/relocations/${id}`, permission: 'relocation:read' };
    case 'comment':
      return { path: `/comments?comment=${id}`, permission: 'comment:read' };
    case 'directory':
      return { path: `/directories/${id}`, permission: 'directory:read' };
    case 'area':
    case 'area-approval':
      return { path: `/areas?area=${id}`, permission: 'area:read' };
    case 'plan':
      return { path: `/?plan=${id}`, permission: 'plan:read' };
    case 'site':
      return { path: `/?site=${id}`, permission: 'resource:read' };
    default:
      return null;
  }
}

/** Things an administrator keeps: their pages show whatever there is. */
function settingPath(object: string, objectId: string | null): RecordPlace | null {
  switch (object) {
    case 'account':
      return {
        path: objectId === null ? '/people' : `/people?account=${encodeURIComponent(objectId)}`,
        permission: 'account:read',
      };
    case 'rule':
      return { path: '/people/rules', permission: 'rule:read' };
    case 'rule-proposal':
      return {
        path: objectId === null ? '/people/rules' : `/people/rules?proposal=${encodeURIComponent(objectId)}`,
        permission: 'rule:read',
      };
    // everybody reads it, so also whoever reads the record
    case 'calendar':
      return { path: '/people/calendar', permission: 'audit:read' };
    case 'webhook':
      return { path: '/people/webhooks', permission: 'webhook:read' };
    case 'progress':
      return { path: '/progress', permission: 'case:read' };
    case 'import':
      return { path: '/import', permission: 'import:read' };
    default:
      return null;
  }
}

/** Null: it has no place. */
export function thingOnMapPath({ siteId, position }: AuditThingJson): string | null {
  if (position === null) return null;
  const [lon = 0, lat = 0] = position;
  const site = siteId === null ? '' : `${new URLSearchParams({ site: siteId })}&`;
  return `/?${site}map=${zoom}/${lat.toFixed(5)}/${lon.toFixed(5)}`;
}
