// Threads of a coverage crew inside this process: they answer later, in an order drawn from a seed, and what they are told and
// say goes through structuredClone, as it does between real threads.
import {
  type CoverageThread,
  type FromCoverageThread,
  makeCoverageThread,
  type ToCoverageThread,
} from '../../engine/index.ts';

export interface EchoCrew {
  readonly threads: readonly CoverageThread[];
  /** Messages handed to threads so far. */
  readonly posted: readonly ToCoverageThread['kind'][];
}

/** `losesAt`: the turn at which one of them is lost. */
export function makeEchoCrew(size: number, seed: number, losesAt = Number.POSITIVE_INFINITY): EchoCrew {
  let state = seed >>> 0;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const posted: ToCoverageThread['kind'][] = [];
  const ready: (() => void)[] = [];
  let turns = 0;
  const takeOne = (): void => {
    const [task] = ready.splice(Math.floor(random() * ready.length), 1);
    task?.();
  };
  const threads = Array.from({ length: size }, (): CoverageThread => {
    const waiting: ToCoverageThread[] = [];
    let answer: (message: FromCoverageThread) => void = () => undefined;
    let lost: (error: unknown) => void = () => undefined;
    const hear = makeCoverageThread((message, transfer) =>
      answer(structuredClone(message, { transfer: transfer as ArrayBuffer[] })),
    );
    return {
      post: (message) => {
        posted.push(message.kind);
        waiting.push(structuredClone(message));
        // A thread takes its messages in order; which thread comes next is drawn.
        ready.push(() => {
          turns += 1;
          if (turns === losesAt) lost(new Error('the thread is gone'));
          else hear(waiting.shift()!);
        });
        setImmediate(takeOne);
      },
      listen: (nextAnswer, nextLost) => {
        answer = nextAnswer;
        lost = nextLost;
      },
    };
  });
  return { threads, posted };
}
