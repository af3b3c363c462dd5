// Boots the TypeScript reader in its child process: Node 20 cannot load .ts by itself.
import { tsImport } from 'tsx/esm/api';

await tsImport('./parse-child.ts', import.meta.url);
