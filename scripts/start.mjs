// npm start: installs what is missing, builds the client when stale, then starts everything in this process.
import { buildClientWhenStale } from './boot/build-client.mjs';
import { ensureInstalled } from './boot/ensure-installed.mjs';
import { loadDotEnv } from './boot/load-env.mjs';
import { runTypescript } from './boot/typescript.mjs';

ensureInstalled({ withTests: false });
loadDotEnv();
if (buildClientWhenStale() === 'failed') {
  console.error('The client could not be built. Run: npm run build');
  process.exit(1);
}
await runTypescript('scripts/start.ts');
