// The list of relocations as a workbook: what the filters show. Every taking is noted.
import { relocationExportQuerySchema } from '../contract/relocations.ts';
import { relocationSheet } from '../export/relocation-files.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { makeGate } from '../plugins/gate.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import { loadRelocationPage } from '../store/relocations.ts';
import { listWorkbook } from './list-workbook.ts';
import { filtersOfRelocations } from './relocation-parts.ts';
import { attachment, bytes, workbookType } from './route-parts.ts';

const WORKBOOKS_WAITING = 8;

export function relocationExportRoutes(app: App, { store }: Pick<Services, 'store'>): void {
  const gate = makeGate(1, WORKBOOKS_WAITING);
  app.get(
    '/api/relocations/export.xlsx',
    {
      config: { access: 'relocation:read' },
      schema: { tags: ['relocations'], querystring: relocationExportQuerySchema, response: bytes },
    },
    async (request, reply) => {
      const query = filtersOfRelocations(request.query);
      const file = await gate(() =>
        listWorkbook(storeOfRequest(request, store), {
          object: 'relocation',
          filters: request.query,
          load: async (tx, page) => {
            const { total, relocations } = await loadRelocationPage(tx, { ...query, ...page });
            return { total, rows: relocations };
          },
          sheet: relocationSheet,
        }),
      );
      reply.type(workbookType).header('content-disposition', attachment('迁改', 'xlsx'));
      return reply.send(file);
    },
  );
}
