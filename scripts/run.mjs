// npm run plan, import, seed, …: installs what is missing, then runs the TypeScript file named first with the rest of
// the arguments.
import { ensureInstalled } from './boot/ensure-installed.mjs';
import { loadDotEnv } from './boot/load-env.mjs';
import { runTypescript } from './boot/typescript.mjs';

const [file, ...rest] = process.argv.slice(2);
if (!file) {
  console.error('usage: node scripts/run.mjs scripts/<command>.ts [arguments]');
  process.exit(2);
}
ensureInstalled({ withTests: false });
loadDotEnv();
process.argv = [process.argv[0], file, ...rest];
await runTypescript(file);
