// Threads that solve the parts of a large selection beside the plan worker. They belong to the worker that started them and end with
// it, so cancelling a plan needs to know of no crew. A thread that is lost fails the part it had, and with it the plan.
import { Worker } from 'node:worker_threads';
import { type PartPlan, type PartsPlan, PlanningError, partBuffers } from '../../engine/index.ts';
import type { PartMessage, PartOrder } from './selection-worker-messages.ts';

export interface SelectionCrew {
  readonly runPart: PartsPlan['runPart'];
  end(): Promise<void>;
}

/** `size` parts at a time; further ones wait. `enough`: one shared number, not 0 ends every search with the best found so far. */
export function startSelectionCrew(size: number, memoryMb: number, enough: Int32Array): SelectionCrew {
  const workers: Worker[] = [];
  const idle: Worker[] = [];
  const waiting: ((worker: Worker) => void)[] = [];
  const startOne = (): Worker => {
    const worker = new Worker(new URL('./selection-worker.mjs', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    });
    workers.push(worker);
    return worker;
  };
  const take = async (): Promise<Worker> =>
    idle.pop() ?? (workers.length < size ? startOne() : new Promise((resolve) => waiting.push(resolve)));
  const giveBack = (worker: Worker): void => {
    const next = waiting.shift();
    if (next) next(worker);
    else idle.push(worker);
  };
  return {
    async runPart(work, { onNews }) {
      const worker = await take();
      const order: PartOrder = { work, enough };
      try {
        return await new Promise<PartPlan>((resolve, reject) => {
          worker.on('message', (message: PartMessage) => {
            if (message.kind === 'news') onNews?.(message.news);
            else if (message.kind === 'done') resolve(message.plan);
            else if (message.kind === 'refused') reject(new PlanningError(message.code, message.found));
            else reject(new Error(message.stack));
          });
          worker.on('error', reject);
          worker.on('exit', (code) => reject(new Error(`a selection thread ended with code ${code}`)));
          worker.postMessage(order, partBuffers(work));
        });
      } finally {
        for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
        giveBack(worker);
      }
    },
    async end() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
