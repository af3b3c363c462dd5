// The progress report, on screen and as a workbook.
import { progressQuerySchema, progressSchema } from '../contract/progress.ts';
import { ProductError } from '../errors.ts';
import { makeWorkbook } from '../export/make-workbook.ts';
import { progressSheets } from '../export/progress-sheets.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import { writeAudit } from '../store/audit.ts';
import { loadProgress } from '../store/progress.ts';
import { attachment, bytes, replies, workbookType } from './route-parts.ts';

const tags = ['cases'];

export function progressRoutes(app: App, { store }: Pick<Services, 'store'>): void {
  const config = { access: 'case:read' } as const;

  app.get(
    '/api/progress',
    { config, schema: { tags, querystring: progressQuerySchema, response: replies(progressSchema) } },
    (request) => {
      refuseBackwards(request.query);
      return storeOfRequest(request, store).transaction((tx) => loadProgress(tx, request.query));
    },
  );

  app.get(
    '/api/progress/export.xlsx',
    { config, schema: { tags, querystring: progressQuerySchema, response: bytes } },
    async (request, reply) => {
      refuseBackwards(request.query);
      const progress = await storeOfRequest(request, store).transaction(async (tx) => {
        const found = await loadProgress(tx, request.query);
        const after = { format: 'xlsx', rows: found.rows.length, basis: found.basis };
        await writeAudit(tx, { action: 'export', object: 'progress', objectId: null, after });
        return found;
      });
      reply.type(workbookType).header('content-disposition', attachment(`进度_${progress.basis.to}`, 'xlsx'));
      return reply.send(Buffer.from(await makeWorkbook(progressSheets(progress))));
    },
  );
}

/** A period has a first day before its last. */
function refuseBackwards({ from, to }: { readonly from?: string; readonly to?: string }): void {
  const wrong = [from, to].find((day) => day !== undefined && !isDay(day));
  if (wrong !== undefined) throw new ProductError('PROGRESS_PERIOD', { from: wrong, to: wrong });
  if (from !== undefined && to !== undefined && from > to)
    throw new ProductError('PROGRESS_PERIOD', { from, to });
}

/** The 30th of February has the right form. */
const isDay = (text: string): boolean => {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};
