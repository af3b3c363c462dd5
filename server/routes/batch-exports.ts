// The files of a closed batch: annex list and decision letter, as workbook and as PDF. They say what the rows say; and the list of batches
// as its filters show it. Every taking is noted.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type BatchJson, type BatchRowJson, batchListExportQuerySchema } from '../contract/batches.ts';
import { ProductError } from '../errors.ts';
import { annexPaper, annexSheet, letterPaper, letterSheet } from '../export/batch-files.ts';
import { batchListSheet } from '../export/batch-list.ts';
import { encodeInWorker } from '../export/encode-in-worker.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { makeGate } from '../plugins/gate.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import { writeAudit } from '../store/audit.ts';
import { loadWholeBatch } from '../store/batch-rows.ts';
import { loadBatchPage } from '../store/batches.ts';
import { batchOf, filtersOfBatches } from './batch-parts.ts';
import { listWorkbook } from './list-workbook.ts';
import { attachment, bytes, idParams, workbookType } from './route-parts.ts';

const FILES_WAITING = 16;
const config = { access: 'batch:export' } as const;
const schema = { tags: ['batches'], params: idParams, response: bytes };

type BatchRequest = FastifyRequest<{ Params: { id: string } }>;
type Encode = (batch: BatchJson, rows: readonly BatchRowJson[]) => Promise<Uint8Array>;

export function batchExportRoutes(app: App, { store }: Pick<Services, 'store'>): void {
  const gate = makeGate(1, FILES_WAITING);

  const send = async (
    request: BatchRequest,
    reply: FastifyReply,
    name: string,
    format: 'xlsx' | 'pdf',
    encode: Encode,
  ): Promise<Buffer> => {
    const { id } = request.params;
    const { batch, rows } = await storeOfRequest(request, store).transaction(async (tx) => {
      const found = await batchOf(tx, id);
      if (found.state !== '已关闭') throw new ProductError('BATCH_NOT_CLOSED');
      const whole = await loadWholeBatch(tx, id);
      const after = { file: name, format, rows: whole.length };
      await writeAudit(tx, { action: 'export', object: 'batch', objectId: id, after });
      return { batch: found, rows: whole };
    });
    const file = await gate(() => encode(batch, rows));
    reply
      .type(format === 'pdf' ? 'application/pdf' : workbookType)
      .header('content-disposition', attachment(`${name} ${batch.number}`, format));
    return Buffer.from(file);
  };

  app.get(
    '/api/batches/export.xlsx',
    { config, schema: { tags: ['batches'], querystring: batchListExportQuerySchema, response: bytes } },
    async (request, reply) => {
      const query = filtersOfBatches(request.query);
      const file = await gate(() =>
        listWorkbook(storeOfRequest(request, store), {
          object: 'batch',
          filters: request.query,
          load: async (tx, page) => {
            const { total, batches } = await loadBatchPage(tx, { ...query, ...page });
            return { total, rows: batches };
          },
          sheet: batchListSheet,
        }),
      );
      reply.type(workbookType).header('content-disposition', attachment('批次', 'xlsx'));
      return reply.send(file);
    },
  );

  app.get('/api/batches/:id/annex.xlsx', { config, schema }, (request, reply) =>
    send(request, reply, '审查意见表', 'xlsx', (_batch, rows) =>
      encodeInWorker({ kind: 'workbook', sheets: [annexSheet(rows)] }),
    ),
  );
  app.get('/api/batches/:id/annex.pdf', { config, schema }, (request, reply) =>
    send(request, reply, '审查意见表', 'pdf', (batch, rows) =>
      encodeInWorker({ kind: 'paper', paper: annexPaper(batch, rows) }),
    ),
  );
  app.get('/api/batches/:id/letter.xlsx', { config, schema }, (request, reply) =>
    send(request, reply, '审查意见函', 'xlsx', (batch, rows) =>
      encodeInWorker({ kind: 'workbook', sheets: [letterSheet(batch, rows), annexSheet(rows)] }),
    ),
  );
  app.get('/api/batches/:id/letter.pdf', { config, schema }, (request, reply) =>
    send(request, reply, '审查意见函', 'pdf', (batch, rows) =>
      encodeInWorker({ kind: 'paper', paper: letterPaper(batch, rows) }),
    ),
  );
}
