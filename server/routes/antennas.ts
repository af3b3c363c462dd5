// Antenna files (MSI, PLN): one per request, read in a child process, listed, drawn, deleted while no plan uses them.
import { SAMPLES_PER_DEGREE } from '../../engine/index.ts';
import {
  antennaCutsSchema,
  antennaJsonSchema,
  antennaListSchema,
  newAntennaQuerySchema,
} from '../contract/antennas.ts';
import { describeCode, ProductError } from '../errors.ts';
import { parseAntennaInChild } from '../import/parse-antenna-in-child.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { makeGate } from '../plugins/gate.ts';
import {
  deleteAntenna,
  findPlanOfAntenna,
  loadAntenna,
  loadAntennaPattern,
  loadAntennas,
  type StoredAntenna,
  saveAntenna,
} from '../store/antennas.ts';
import type { Store } from '../store/store.ts';
import { readUpload } from './read-upload.ts';
import { created, emptied, goneWith, idParams, replies } from './route-parts.ts';

/** Two cuts of 3 600 lines take a tenth of this. */
const MOST_BYTES = 1024 * 1024;

export function antennaRoutes(app: App, { store: whole, config }: Services): void {
  const tags = ['antennas'];
  const read = { access: 'ground:read' } as const;
  const change = { access: 'ground:change' } as const;
  const gate = makeGate(config.importsAtOnce, config.importsAtOnce * 4);

  app.get(
    '/api/antennas',
    { config: read, schema: { tags, response: replies(antennaListSchema) } },
    async ({ store }) => ({ antennas: (await loadAntennas(store)).map(antennaJson) }),
  );

  app.post(
    '/api/antennas',
    {
      config: change,
      bodyLimit: config.uploadMb * 1024 * 1024 + 64 * 1024,
      schema: {
        tags,
        consumes: ['multipart/form-data'],
        querystring: newAntennaQuerySchema,
        response: created(antennaJsonSchema),
      },
    },
    async (request, reply) => {
      const { fileName, bytes } = await readUpload(request, config.uploadMb);
      if (bytes.length > MOST_BYTES) throw new ProductError('ANTENNA_FILE_TOO_LARGE', { limit: '1 MB' });
      const options = { kind: 'antenna', gainUnit: request.query.gainUnit ?? null } as const;
      const limits = { seconds: config.importSeconds, memoryMb: config.importMemoryMb };
      const gone = goneWith(reply);
      const antenna = await gate(() => parseAntennaInChild(bytes, fileName, options, limits, gone));
      await saveAntenna(request.store, antenna);
      return reply.code(201).send(antennaJson(await antennaOf(request.store, antenna.id)));
    },
  );

  app.get(
    '/api/antennas/:id/cuts',
    { config: read, schema: { tags, params: idParams, response: replies(antennaCutsSchema) } },
    async ({ params: { id }, store }) => {
      const pattern = await loadAntennaPattern(store, id);
      if (!pattern) throw new ProductError('ANTENNA_UNKNOWN', { id });
      return {
        horizontalLossDb: perDegree(pattern.horizontalLossDb),
        verticalLossDb: perDegree(pattern.verticalLossDb),
      };
    },
  );

  app.delete(
    '/api/antennas/:id',
    { config: change, schema: { tags, params: idParams, response: emptied } },
    async ({ params: { id }, store }, reply) => {
      // plans of other people count too; their names stay theirs
      if ((await findPlanOfAntenna(whole, id)) !== null)
        throw new ProductError('ANTENNA_IN_USE', { plan: (await findPlanOfAntenna(store, id)) ?? '—' });
      if (!(await deleteAntenna(store, id))) throw new ProductError('ANTENNA_UNKNOWN', { id });
      return reply.code(204).send(null);
    },
  );

  const antennaOf = async (store: Store, id: string): Promise<StoredAntenna> => {
    const antenna = await loadAntenna(store, id);
    if (!antenna) throw new ProductError('ANTENNA_UNKNOWN', { id });
    return antenna;
  };
}

function antennaJson({ warnings, ...antenna }: StoredAntenna) {
  return {
    ...antenna,
    warnings: warnings.map(({ code, found }) => {
      const { message, hint } = describeCode(code, found);
      return { code, message, hint };
    }),
  };
}

function perDegree(cut: Float32Array): number[] {
  return Array.from({ length: 360 }, (_, degree) => Math.round(cut[degree * SAMPLES_PER_DEGREE]! * 10) / 10);
}
