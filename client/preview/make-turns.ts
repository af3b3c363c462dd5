// Whose turn it is in the preview worker: one piece of work after the other, also while a crew is waited for, and what a person waits for
// before pictures and explanations. Between two pieces the worker listens, so that a click need not wait for all that was asked before it.

export type Urgency = 'click' | 'picture' | 'idle';

export interface Turns {
  /** Of equal urgency the older comes first. The work itself has to say what went wrong. */
  readonly take: (urgency: Urgency, work: () => Promise<void> | void) => void;
}

const urgencies: readonly Urgency[] = ['click', 'picture', 'idle'];

/** `listen` calls back once what has arrived meanwhile was heard. */
export function makeTurns(listen: (then: () => void) => void): Turns {
  const waiting = new Map(urgencies.map((urgency) => [urgency, [] as (() => Promise<void> | void)[]]));
  let isBusy = false;
  const next = async () => {
    for (const urgency of urgencies) {
      const work = waiting.get(urgency)?.shift();
      if (work === undefined) continue;
      await work();
      listen(() => void next());
      return;
    }
    isBusy = false;
  };
  return {
    take: (urgency, work) => {
      waiting.get(urgency)?.push(work);
      if (isBusy) return;
      isBusy = true;
      void next();
    },
  };
}

/** By a message to oneself: it is heard after the messages that are there already, and sooner than any timer. */
export function listenBetween(): (then: () => void) => void {
  const { port1, port2 } = new MessageChannel();
  let then: () => void = () => undefined;
  port1.onmessage = () => then();
  return (callback) => {
    then = callback;
    port2.postMessage(null);
  };
}
