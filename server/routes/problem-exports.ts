// The problem list as a workbook: what the filters show. Every taking is noted.
import { type ProblemJson, problemExportQuerySchema } from '../contract/problems.ts';
import { ProductError } from '../errors.ts';
import { encodeInWorker } from '../export/encode-in-worker.ts';
import { problemSheet } from '../export/problem-files.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { makeGate } from '../plugins/gate.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import { writeAudit } from '../store/audit.ts';
import { countProblems, loadProblems } from '../store/problems.ts';
import { filtersOfProblems } from './problem-parts.ts';
import { attachment, bytes, workbookType } from './route-parts.ts';

const MOST_ROWS = 20_000;
const EXPORT_PAGE_SIZE = 2_000;
const WORKBOOKS_WAITING = 8;

export function problemExportRoutes(app: App, { store }: Pick<Services, 'store'>): void {
  const gate = makeGate(1, WORKBOOKS_WAITING);
  app.get(
    '/api/problems/export.xlsx',
    {
      config: { access: 'problem:read' },
      schema: { tags: ['problems'], querystring: problemExportQuerySchema, response: bytes },
    },
    async (request, reply) => {
      const mine = storeOfRequest(request, store);
      const query = filtersOfProblems(request.query);
      const total = await countProblems(mine, query);
      if (total > MOST_ROWS)
        throw new ProductError('PROBLEM_EXPORT_SIZE', { found: total, limit: MOST_ROWS });
      const file = await gate(async () => {
        const rows: ProblemJson[] = [];
        // one picture of the list, and its record with it
        await mine.transaction(async (tx) => {
          for (let page = 1; rows.length < total; page++) {
            const found = await loadProblems(tx, { ...query, page, pageSize: EXPORT_PAGE_SIZE });
            rows.push(...found);
            if (found.length < EXPORT_PAGE_SIZE) break;
          }
          const after = { format: 'xlsx', rows: rows.length, filters: request.query };
          await writeAudit(tx, { action: 'export', object: 'problem', objectId: null, after });
        });
        return encodeInWorker({ kind: 'workbook', sheets: [problemSheet(rows)] });
      });
      reply.type(workbookType).header('content-disposition', attachment('问题清单', 'xlsx'));
      return reply.send(Buffer.from(file));
    },
  );
}
