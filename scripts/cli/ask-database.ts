// Whether a real database answers, has PostGIS and gave us what row security likes to have, for the doctor: the store's own door is
// tried and closed again.
import { describeError } from '../../server/errors.ts';
import { loadDatabaseRights } from '../../server/store/database-rights.ts';
import { openStore } from '../../server/store/open-store.ts';

export interface DatabaseAnswer {
  readonly ok: boolean;
  readonly what: string;
  readonly hint: string;
  /** What works with less: a remark and the statement a superuser may run. */
  readonly notes: readonly (readonly [what: string, hint: string])[];
}

export async function askDatabase(databaseUrl: string): Promise<DatabaseAnswer> {
  try {
    const store = await openStore({ databaseUrl, dataDir: '', deadlineMs: 5000, report: () => undefined });
    const { ok, detail } = await store.health();
    const { leakproofBoxes, guardedSettings } = await loadDatabaseRights(store);
    await store.close();
    return {
      ok,
      what: `database: ${detail}`,
      hint: 'check DATABASE_URL and that the server runs',
      notes: [...(leakproofBoxes ? [] : [slowBoxes]), ...(guardedSettings ? [] : [openSettings])],
    };
  } catch (error) {
    const { message, hint } = describeError(error);
    return { ok: false, what: `database: ${message.en}`, hint: hint.en, notes: [] };
  }
}

const slowBoxes = [
  'maps of people with a territory read every site: box filters cannot use their index under row security',
  'as a superuser, in this database: alter function geometry_overlaps(geometry, geometry) leakproof',
] as const;
const openSettings = [
  'set_config is open to the roles of requests: only the service itself keeps their statements from it',
  'as a superuser: revoke execute on function pg_catalog.set_config(text, text, boolean) from public, and grant it to the account of DATABASE_URL',
] as const;
