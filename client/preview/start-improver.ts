// One search beside the preview: starts its worker, hands on what it says, ends it. An ended search says nothing more.
import type { FromImprover, ToImprover } from './improver-messages.ts';

export interface Improver {
  /** Ends with the best found where memory is shared; elsewhere it has failed at once. */
  readonly enough: () => void;
  readonly end: () => void;
}

type Task<Kind extends ToImprover['kind']> = Omit<Extract<ToImprover, { kind: Kind }>, 'kind' | 'enough'>;

/** Ended within `afterMs`, it has never begun. */
export function startImproving(
  task: Task<'improve'>,
  hear: (message: FromImprover) => void,
  afterMs: number,
): Improver {
  const flag = self.crossOriginIsolated ? new Int32Array(new SharedArrayBuffer(4)) : null;
  let end: () => void = () => clearTimeout(timer);
  const timer = setTimeout(() => {
    end = start({ kind: 'improve', ...task, enough: flag }, hear);
  }, afterMs);
  return {
    end: () => end(),
    enough: () => {
      if (flag !== null) Atomics.store(flag, 0, 1);
      else hear({ kind: 'failed', detail: 'ended by hand' });
    },
  };
}

export function startWeighing(
  task: Extract<ToImprover, { kind: 'weigh-scenario' | 'weigh-sites' }>,
  hear: (message: FromImprover) => void,
): Improver {
  const end = start(task, hear);
  return { end, enough: end };
}

function start(message: ToImprover, hear: (message: FromImprover) => void): () => void {
  const worker = new Worker(new URL('./improver-worker.ts', import.meta.url), {
    type: 'module',
    name: 'improver',
  });
  let ended = false;
  const end = () => {
    ended = true;
    worker.terminate();
  };
  worker.onmessage = ({ data }: MessageEvent<FromImprover>) => {
    if (ended) return;
    hear(data);
  };
  worker.onerror = (event) => {
    if (!ended) hear({ kind: 'failed', detail: event.message });
    end();
  };
  worker.postMessage(message);
  return end;
}
