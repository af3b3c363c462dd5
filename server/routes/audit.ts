// The audit trail for those who may read it: newest first, by object, person, role, action, reason and time; one record with what it is
// about; and all that the filters show as a file. Taking a file is itself on record.
import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import {
  type AuditExportQueryJson,
  type AuditRecordJson,
  auditDetailSchema,
  auditExportQuerySchema,
  auditPageSchema,
  auditQuerySchema,
} from '../contract/audit.ts';
import { strictObject } from '../contract/shared.ts';
import { ProductError } from '../errors.ts';
import { auditCsvHead, auditCsvLines, auditSheet } from '../export/audit-files.ts';
import { encodeInWorker } from '../export/encode-in-worker.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { makeGate } from '../plugins/gate.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import {
  type AuditSpan,
  loadAuditPage,
  loadAuditRecord,
  loadAuditRun,
  spanOfAudit,
  writeAudit,
} from '../store/audit.ts';
import { loadAuditThing } from '../store/audit-things.ts';
import type { Store } from '../store/store.ts';
import { attachment, bytes, replies, workbookType } from './route-parts.ts';

const tags = ['audit'];
const config = { access: 'audit:read' } as const;
const exported = { tags, querystring: auditExportQuerySchema, response: bytes };
const seqParams = strictObject({ seq: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) });
const MOST_WORKBOOK_ROWS = 50_000;
const RUN = 5_000;
const WAITING = 8;

export function auditRoutes(app: App, { store }: Pick<Services, 'store'>): void {
  const gate = makeGate(1, WAITING);
  app.get(
    '/api/audit',
    { config, schema: { tags, querystring: auditQuerySchema, response: replies(auditPageSchema) } },
    async (request) => loadAuditPage(storeOfRequest(request, store), request.query),
  );

  app.get('/api/audit/export.xlsx', { config, schema: exported }, async (request, reply) => {
    const mine = storeOfRequest(request, store);
    const file = await gate(async () => {
      const span = await noteExport(mine, request, 'xlsx', MOST_WORKBOOK_ROWS);
      const records: AuditRecordJson[] = [];
      for await (const run of runsOf(mine, request.query, span)) records.push(...run);
      return encodeInWorker({ kind: 'workbook', sheets: [auditSheet(records)] });
    });
    reply.type(workbookType).header('content-disposition', attachment('审计记录', 'xlsx'));
    return reply.send(Buffer.from(file));
  });

  app.get('/api/audit/export.csv', { config, schema: exported }, async (request, reply) => {
    const mine = storeOfRequest(request, store);
    const span = await noteExport(mine, request, 'csv', Number.POSITIVE_INFINITY);
    reply.type('text/csv; charset=utf-8').header('content-disposition', attachment('审计记录', 'csv'));
    return reply.send(Readable.from(csvOf(runsOf(mine, request.query, span))));
  });

  app.get(
    '/api/audit/:seq',
    { config, schema: { tags, params: seqParams, response: replies(auditDetailSchema) } },
    async (request) => {
      const { seq } = request.params;
      return storeOfRequest(request, store).transaction(async (tx) => {
        const record = await loadAuditRecord(tx, seq);
        if (!record) throw new ProductError('AUDIT_UNKNOWN', { seq });
        return { record, thing: await loadAuditThing(tx, record.object, record.objectId) };
      });
    },
  );
}

/**
 * Counts and writes the record of it in one transaction. The file is read afterwards and holds exactly what was counted: records up to
 * the last one never change. Throws AUDIT_EXPORT_SIZE, with nothing written.
 */
function noteExport(
  mine: Store,
  { query }: FastifyRequest<{ Querystring: AuditExportQueryJson }>,
  format: string,
  most: number,
): Promise<AuditSpan> {
  return mine.transaction(async (tx) => {
    const span = await spanOfAudit(tx, query);
    if (span.count > most) throw new ProductError('AUDIT_EXPORT_SIZE', { found: span.count, limit: most });
    const after = { format, rows: span.count, filters: { ...query } };
    await writeAudit(tx, { action: 'export', object: 'audit', objectId: null, after });
    return span;
  });
}

/** By number and not by page: the last one costs what the first one does. */
async function* runsOf(
  mine: Store,
  query: AuditExportQueryJson,
  { last }: AuditSpan,
): AsyncGenerator<AuditRecordJson[]> {
  for (let next = last; next > 0; ) {
    const run = await loadAuditRun(mine, query, next, RUN);
    if (run.length > 0) yield run;
    next = run.length < RUN ? 0 : run[RUN - 1]!.seq - 1;
  }
}

async function* csvOf(runs: AsyncGenerator<AuditRecordJson[]>): AsyncGenerator<string> {
  yield auditCsvHead();
  for await (const run of runs) yield auditCsvLines(run);
}
