// Brakes: requests per address and minute (tiles are not counted: one look at the map is a hundred of them), compressed
// answers, and nothing but JSON and uploads as a body.
import compress from '@fastify/compress';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import type { Config } from '../config.ts';
import { ProductError } from '../errors.ts';
import type { App } from './app-types.ts';

const COMPRESS_FROM_BYTES = 1024;

export async function registerLimits(app: App, config: Config): Promise<void> {
  app.removeContentTypeParser('text/plain');
  await app.register(rateLimit, {
    max: config.requestsPerMinute,
    timeWindow: '1 minute',
    errorResponseBuilder: (_request, { ttl }) =>
      new ProductError('REQUEST_RATE', { seconds: Math.ceil(ttl / 1000) }),
  });
  await app.register(compress, { threshold: COMPRESS_FROM_BYTES, encodings: ['gzip', 'identity'] });
  await app.register(multipart, {
    limits: { files: 1, fields: 0, parts: 2, headerPairs: 100, fileSize: config.uploadMb * 1024 * 1024 },
  });
}
