// A coverage raster as GeoTIFF without holding up anybody: the library's writer takes seconds for a city's raster.
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { CoverageRaster } from '../../engine/index.ts';

const boot = fileURLToPath(new URL('./geotiff-worker.mjs', import.meta.url));

/** The bytes of encodeCoverageGeotiff, from a thread of its own. Rejects with the worker's own error. */
export function encodeGeotiffInWorker(raster: CoverageRaster): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(boot, { workerData: raster });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) =>
      reject(new Error(`the GeoTIFF worker ended with ${code} before it answered`)),
    );
  });
}
