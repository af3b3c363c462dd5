// Boots the TypeScript of the database's process: Node 20 cannot load .ts by itself.
import { runPacked } from '../run-packed.mjs';

await runPacked('./embedded-child.ts', import.meta.url);
