// Keys that make a repeated call one act. Not crypto.randomUUID: browsers have it only on https and localhost, and offices
// serve this page over plain http in their network.
import { ApiError } from './fetch-reply.ts';

const BYTES = 18;

/** A new key for `CallOptions.once`: make one when a dialog opens. Every answer, a refusal too, is final for its key. */
export function newOnceKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** One act of a person. */
export interface Act {
  /** Gives `call` the key; it stays the same until the service has answered, so trying again after silence is no second act. */
  run<Reply>(call: (once: string) => Promise<Reply>): Promise<Reply>;
}

/** The service said no. Anything else is silence: nobody knows whether the act happened, and trying again must be the same act. */
export const isAnswered = (error: unknown): boolean =>
  error instanceof ApiError && error.status >= 400 && error.status < 500;

/** Acts told apart by what they say: the same said again before there was an answer is the same act, anything else is another one. */
export interface Acts {
  run<Reply>(said: unknown, call: (once: string) => Promise<Reply>): Promise<Reply>;
}

export function makeActs(): Acts {
  const unanswered = new Map<string, string>();
  return {
    async run(said, call) {
      const words = JSON.stringify(said);
      const once = unanswered.get(words) ?? newOnceKey();
      unanswered.set(words, once);
      try {
        const reply = await call(once);
        unanswered.delete(words);
        return reply;
      } catch (error) {
        if (isAnswered(error)) unanswered.delete(words);
        throw error;
      }
    },
  };
}

/** For a dialog: after an answer, also a refusal, the next try is a new act. */
export function makeAct(): Act {
  let once = newOnceKey();
  return {
    async run(call) {
      try {
        const reply = await call(once);
        once = newOnceKey();
        return reply;
      } catch (error) {
        if (isAnswered(error)) once = newOnceKey();
        throw error;
      }
    },
  };
}
