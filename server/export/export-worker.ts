// The worker's side of writing a file: a raster, tables or a paper in, bytes out. A thread loads only what its own kind of file needs.
import { parentPort, workerData } from 'node:worker_threads';
import type { ExportJob } from './encode-in-worker.ts';

const job = workerData as ExportJob; // from encode-in-worker.ts, nobody else
const bytes = await encode(job);
parentPort?.postMessage(bytes, [bytes.buffer as ArrayBuffer]);

async function encode(asked: ExportJob): Promise<Uint8Array> {
  switch (asked.kind) {
    case 'geotiff': {
      const { encodeCoverageGeotiff } = await import('./coverage-geotiff.ts');
      return encodeCoverageGeotiff(asked.raster, asked.layer);
    }
    case 'picture': {
      const { encodeCoveragePicture } = await import('./coverage-picture.ts');
      return encodeCoveragePicture(asked.raster, asked.request);
    }
    case 'workbook': {
      const { makeWorkbook } = await import('./make-workbook.ts');
      // a buffer of the library may be a window of a shared one, which cannot be handed over
      return new Uint8Array(await makeWorkbook(asked.sheets));
    }
    case 'paper': {
      const { drawPaper } = await import('./pdf/draw-paper.ts');
      return drawPaper(asked.paper);
    }
  }
}
