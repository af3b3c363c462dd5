// npm run dev: the API with reload on change, and the client with hot reload. Prints two addresses. Ctrl-C ends both.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled } from './boot/ensure-installed.mjs';
import { root } from './boot/house.mjs';
import { loadDotEnv } from './boot/load-env.mjs';

ensureInstalled({ withTests: true });
loadDotEnv();
const port = process.env.PORT ?? '8080';
const clientPort = process.env.CLIENT_PORT ?? '5173';
const api = `http://127.0.0.1:${port}`;
const env = { ...process.env, PORT: port, CLIENT_PORT: clientPort, API_URL: api };

const children = [
  start('node_modules/tsx/dist/cli.mjs', ['watch', '--clear-screen=false', 'scripts/start.ts']),
  start('node_modules/vite/bin/vite.js', ['client', '--clearScreen', 'false']),
];
console.log(`API     ${api}/api/docs\nclient  http://127.0.0.1:${clientPort}`);

let closing = false;
const close = () => {
  if (closing) return;
  closing = true;
  for (const child of children) child.kill('SIGTERM');
};
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, close);
for (const child of children) {
  child.once('exit', (status) => {
    close();
    process.exitCode ||= closing ? 0 : (status ?? 1);
  });
}

function start(program, args) {
  return spawn(process.execPath, [join(root, program), ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}
