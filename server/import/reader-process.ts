// The processes that read untrusted files. Starting one takes about a second of processor time, so one waits ready with its
// code loaded; each reads one file and ends. A waiting reader never keeps the server alive, and ends with it.
import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const boot = fileURLToPath(new URL('./parse-child.mjs', import.meta.url));

export type ReaderProcess = ChildProcess & { readonly stdin: Writable; readonly stdout: Readable };

let spare: { readonly memoryMb: number; readonly child: ReaderProcess } | null = null;

/** A process that nobody else has: the waiting one, or a new one. */
export function takeReader(memoryMb: number): ReaderProcess {
  const waiting = spare;
  spare = null;
  if (
    waiting?.memoryMb === memoryMb &&
    waiting.child.exitCode === null &&
    waiting.child.signalCode === null
  ) {
    hold(waiting.child, true);
    return waiting.child;
  }
  waiting?.child.kill('SIGKILL');
  return start(memoryMb);
}

/** Starts the next one while nobody waits for it. */
export function keepReaderReady(memoryMb: number): void {
  if (spare) return;
  const child = start(memoryMb);
  hold(child, false);
  child.once('close', () => {
    if (spare?.child === child) spare = null;
  });
  child.once('error', () => undefined);
  spare = { memoryMb, child };
}

/** Ends the waiting process. */
export function dismissReader(): void {
  spare?.child.kill('SIGKILL');
  spare = null;
}

function start(memoryMb: number): ReaderProcess {
  return spawn(process.execPath, [`--max-old-space-size=${memoryMb}`, boot], {
    env: {},
    stdio: ['pipe', 'pipe', 'ignore'],
  });
}

/** Whether the process and its pipes keep this one from ending. Pipes of a child are sockets; the stream types do not say so. */
function hold(child: ReaderProcess, held: boolean): void {
  const pipes = [child.stdin, child.stdout] as unknown as { ref(): void; unref(): void }[];
  for (const handle of [child, ...pipes]) {
    if (held) handle.ref();
    else handle.unref();
  }
}
