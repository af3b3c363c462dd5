// Claims as a workbook: what the filters show. Every taking is noted.
import { type ClaimJson, claimExportQuerySchema } from '../contract/claims.ts';
import { ProductError } from '../errors.ts';
import { claimSheet } from '../export/claim-files.ts';
import { encodeInWorker } from '../export/encode-in-worker.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { makeGate } from '../plugins/gate.ts';
import { signedInPerson } from '../plugins/sign-in.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import { writeAudit } from '../store/audit.ts';
import { countClaims, loadClaimPage } from '../store/claims.ts';
import { claimFiltersOf, claimSeenBy } from './claim-parts.ts';
import { attachment, bytes, workbookType } from './route-parts.ts';

const MOST_ROWS = 50_000;
const PAGE_SIZE = 2_000;
const WAITING = 8;

export function claimExportRoutes(app: App, { store }: Pick<Services, 'store'>): void {
  const gate = makeGate(1, WAITING);
  app.get(
    '/api/claims/export.xlsx',
    {
      config: { access: 'claim:read' },
      schema: { tags: ['claims'], querystring: claimExportQuerySchema, response: bytes },
    },
    async (request, reply) => {
      const mine = storeOfRequest(request, store);
      const { principal } = signedInPerson(request);
      const { sort, order, ...filters } = request.query;
      const query = { ...claimFiltersOf(filters, principal), sort, order };
      const { count } = await countClaims(mine, query);
      if (count > MOST_ROWS) throw new ProductError('CLAIM_EXPORT_SIZE', { found: count, limit: MOST_ROWS });
      const file = await gate(async () => {
        const rows: ClaimJson[] = [];
        for (let page = 1; rows.length === (page - 1) * PAGE_SIZE; page += 1) {
          const { claims } = await loadClaimPage(mine, { ...query, page, pageSize: PAGE_SIZE });
          if (claims.length === 0) break;
          rows.push(...claims.map((row) => claimSeenBy(principal, row)));
        }
        const after = { format: 'xlsx', rows: rows.length, filters: request.query };
        await writeAudit(mine, { action: 'export', object: 'claim', objectId: null, after });
        return encodeInWorker({ kind: 'workbook', sheets: [claimSheet(rows)] });
      });
      reply.type(workbookType).header('content-disposition', attachment('认领', 'xlsx'));
      return reply.send(Buffer.from(file));
    },
  );
}
