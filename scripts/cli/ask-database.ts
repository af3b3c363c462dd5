// Whether a real database answers and has PostGIS, for the doctor: the store's own door is tried and closed again.
import { describeError } from '../../server/errors.ts';
import { openStore } from '../../server/store/open-store.ts';

export async function askDatabase(databaseUrl: string): Promise<{ ok: boolean; what: string; hint: string }> {
  try {
    const store = await openStore({ databaseUrl, dataDir: '', deadlineMs: 5000, report: () => undefined });
    const { ok, detail } = await store.health();
    await store.close();
    return { ok, what: `database: ${detail}`, hint: 'check DATABASE_URL and that the server runs' };
  } catch (error) {
    const { message, hint } = describeError(error);
    return { ok: false, what: `database: ${message.en}`, hint: hint.en };
  }
}
