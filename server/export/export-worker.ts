// The worker's side of writing a file: a raster or tables in, bytes out.
import { parentPort, workerData } from 'node:worker_threads';
import { encodeCoverageGeotiff } from './coverage-geotiff.ts';
import { encodeCoveragePicture } from './coverage-picture.ts';
import type { ExportJob } from './encode-in-worker.ts';
import { makeWorkbook } from './make-workbook.ts';

const job = workerData as ExportJob; // from encode-in-worker.ts, nobody else
const bytes = await encode(job);
parentPort?.postMessage(bytes, [bytes.buffer as ArrayBuffer]);

async function encode(asked: ExportJob): Promise<Uint8Array> {
  switch (asked.kind) {
    case 'geotiff':
      return encodeCoverageGeotiff(asked.raster, asked.layer);
    case 'picture':
      return encodeCoveragePicture(asked.raster, asked.request);
    case 'workbook':
      // a buffer of the library may be a window of a shared one, which cannot be handed over
      return new Uint8Array(await makeWorkbook(asked.sheets));
  }
}
