// Boots the TypeScript reader in its child process: Node 20 cannot load .ts by itself.
import { runPacked } from '../run-packed.mjs';

await runPacked('./parse-child.ts', import.meta.url);
