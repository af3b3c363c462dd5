// The worker's side of writing a GeoTIFF: raster in, bytes out.
import { parentPort, workerData } from 'node:worker_threads';
import type { CoverageRaster } from '../../engine/index.ts';
import { encodeCoverageGeotiff } from './coverage-geotiff.ts';

const bytes = encodeCoverageGeotiff(workerData as CoverageRaster); // from encode-geotiff-in-worker.ts, nobody else
parentPort?.postMessage(bytes, [bytes.buffer as ArrayBuffer]);
