// The worker's side of deriving candidates: map data in, sites out. An area with thousands of holes can take a minute.
import { parentPort, workerData } from 'node:worker_threads';
import { deriveJunctionSites, derivePoleSites, deriveRoofSites } from '../../engine/index.ts';
import type { DerivedSites, DeriveWork } from './derive-work.ts';

const { roofs, poles, junctions, roads, within, without } = workerData as DeriveWork; // from run-derive-worker.ts, nobody else

const derived: DerivedSites = {
  roofs: roofs ? deriveRoofSites({ ...roofs, within }) : [],
  poles: poles ? derivePoleSites({ ...poles, roads, within, without }) : [],
  junctions: junctions ? deriveJunctionSites({ ...junctions, roads, within, without }) : [],
};
parentPort?.postMessage(derived);
