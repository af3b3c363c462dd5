// Boots the TypeScript worker: Node 20 cannot load .ts in a worker thread by itself.
import { runPacked } from '../run-packed.mjs';

await runPacked('./selection-worker.ts', import.meta.url);
