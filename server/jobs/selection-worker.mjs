// Boots the TypeScript worker: Node 20 cannot load .ts in a worker thread by itself.
import { tsImport } from 'tsx/esm/api';

await tsImport('./selection-worker.ts', import.meta.url);
