// Cases as a workbook: what the filters show. Every taking is noted.
import { caseExportQuerySchema } from '../contract/cases.ts';
import { ProductError } from '../errors.ts';
import { caseSheet } from '../export/case-files.ts';
import { encodeInWorker } from '../export/encode-in-worker.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { makeGate } from '../plugins/gate.ts';
import { letPlacesLeave } from '../plugins/places-leave.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import { writeAudit } from '../store/audit.ts';
import { type CasePage, loadCasePage } from '../store/cases.ts';
import { filtersOfCases } from './case-parts.ts';
import { attachment, bytes, workbookType } from './route-parts.ts';

const MOST_ROWS = 50_000;
const PAGE_SIZE = 2_000;
const WAITING = 8;

export function caseExportRoutes(app: App, { store }: Pick<Services, 'store'>): void {
  const gate = makeGate(1, WAITING);
  app.get(
    '/api/cases/export.xlsx',
    {
      config: { access: 'case:read' },
      schema: { tags: ['cases'], querystring: caseExportQuerySchema, response: bytes },
    },
    async (request, reply) => {
      const mine = storeOfRequest(request, store);
      const query = filtersOfCases(request.query);
      const { total } = await loadCasePage(mine, { ...query, page: 1, pageSize: 1 });
      if (total > MOST_ROWS) throw new ProductError('CASE_EXPORT_SIZE', { found: total, limit: MOST_ROWS });
      const file = await gate(async () => {
        await letPlacesLeave(mine, request, total);
        const rows: CasePage['cases'] = [];
        for (let page = 1; rows.length === (page - 1) * PAGE_SIZE; page++) {
          const { cases } = await loadCasePage(mine, { ...query, page, pageSize: PAGE_SIZE });
          if (cases.length === 0) break;
          rows.push(...cases);
        }
        const after = { format: 'xlsx', rows: rows.length, filters: request.query };
        await writeAudit(mine, { action: 'export', object: 'case', objectId: null, after });
        return encodeInWorker({ kind: 'workbook', sheets: [caseSheet(rows)] });
      });
      reply.type(workbookType).header('content-disposition', attachment('站址办理', 'xlsx'));
      return reply.send(Buffer.from(file));
    },
  );
}
