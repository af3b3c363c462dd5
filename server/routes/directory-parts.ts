// What the routes of the opening directories share: one of them with the one before it, and the filters of its rows.
import type {
  DirectoryDetailJson,
  DirectoryExportQueryJson,
  DirectoryJson,
} from '../contract/directories.ts';
import { ProductError } from '../errors.ts';
import { loadDirectory, loadDirectoryBefore } from '../store/directories.ts';
import type { DirectoryRowQuery, Versions } from '../store/directory-rows.ts';
import type { Queryable } from '../store/store.ts';
import { parseBox } from './route-parts.ts';

export async function directoryOf(db: Queryable, id: string): Promise<DirectoryJson> {
  const directory = await loadDirectory(db, id);
  if (!directory) throw new ProductError('DIRECTORY_UNKNOWN', { id });
  return directory;
}

interface Opened {
  readonly directory: DirectoryJson;
  readonly against: DirectoryDetailJson['against'];
  readonly versions: Versions;
}

/** Throws DIRECTORY_UNKNOWN. */
export async function openedDirectory(tx: Queryable, id: string): Promise<Opened> {
  const directory = await directoryOf(tx, id);
  const against = await loadDirectoryBefore(tx, id);
  return { directory, against, versions: { id, before: against?.id ?? null } };
}

export function directoryFiltersOf({
  bbox,
  resourceType,
  whitelisted,
  ...rest
}: DirectoryExportQueryJson): DirectoryRowQuery {
  return {
    ...rest,
    ...(bbox !== undefined && { box: parseBox(bbox) }),
    ...(resourceType !== undefined && { resourceTypes: resourceType.split(',') }),
    ...(whitelisted !== undefined && { whitelisted: whitelisted === 'true' }),
  };
}

export const MOST_EXPORTED_ROWS = 200_000;

/** A file holds all it was asked for, or there is none. Throws DIRECTORY_EXPORT_SIZE. */
export function demandExportSize(found: number): void {
  if (found > MOST_EXPORTED_ROWS)
    throw new ProductError('DIRECTORY_EXPORT_SIZE', { found, limit: MOST_EXPORTED_ROWS });
}
