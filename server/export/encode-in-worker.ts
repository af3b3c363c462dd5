// Files that take seconds to write (a city's coverage raster, a workbook of many rows) without holding up anybody.
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { CoverageLayer, CoverageRaster } from '../../engine/index.ts';
import type { PictureRequest } from './coverage-picture.ts';
import type { TableSheet } from './make-workbook.ts';
import type { PaperDocument } from './pdf/draw-paper.ts';

const boot = fileURLToPath(new URL('./export-worker.mjs', import.meta.url));

export type ExportJob =
  | { readonly kind: 'geotiff'; readonly raster: CoverageRaster; readonly layer: CoverageLayer }
  | { readonly kind: 'picture'; readonly raster: CoverageRaster; readonly request: PictureRequest }
  | { readonly kind: 'workbook'; readonly sheets: readonly TableSheet[] }
  | { readonly kind: 'paper'; readonly paper: PaperDocument };

/** The bytes of encodeCoverageGeotiff, encodeCoveragePicture, makeWorkbook or drawPaper, from a thread of its own. Rejects with the worker's own error. */
export function encodeInWorker(job: ExportJob): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(boot, { workerData: job });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) =>
      reject(new Error(`the export worker ended with ${code} before it answered`)),
    );
  });
}
