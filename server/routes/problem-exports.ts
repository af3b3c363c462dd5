// The problem list as a workbook: what the filters show. Every taking is noted.
import { problemExportQuerySchema } from '../contract/problems.ts';
import { problemSheet } from '../export/problem-files.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { makeGate } from '../plugins/gate.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import { countProblems, loadProblems } from '../store/problems.ts';
import { listWorkbook } from './list-workbook.ts';
import { filtersOfProblems } from './problem-parts.ts';
import { attachment, bytes, workbookType } from './route-parts.ts';

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
      const query = filtersOfProblems(request.query);
      const file = await gate(() =>
        listWorkbook(storeOfRequest(request, store), {
          object: 'problem',
          filters: request.query,
          load: async (tx, page) => ({
            total: await countProblems(tx, query),
            rows: await loadProblems(tx, { ...query, ...page }),
          }),
          sheet: problemSheet,
        }),
      );
      reply.type(workbookType).header('content-disposition', attachment('问题清单', 'xlsx'));
      return reply.send(file);
    },
  );
}
