// The worker's side of writing a coverage file: raster in, bytes out.
import { parentPort, workerData } from 'node:worker_threads';
import { encodeCoverageGeotiff } from './coverage-geotiff.ts';
import { encodeCoveragePicture } from './coverage-picture.ts';
import type { ExportJob } from './encode-in-worker.ts';

const job = workerData as ExportJob; // from encode-in-worker.ts, nobody else
const bytes =
  job.kind === 'geotiff'
    ? encodeCoverageGeotiff(job.raster, job.layer)
    : encodeCoveragePicture(job.raster, job.request);
parentPort?.postMessage(bytes, [bytes.buffer as ArrayBuffer]);
