// What a person did to rows of batches and the service has not answered yet. Acts leave one after another. Silence, an ended session or
// a service in trouble keep them here and in this tab's storage; they leave again under the same key, so each happens once.

import type { ActResultJson, BatchRowJson } from '../../server/contract/batches.ts';
import { freshRows, sendBatchAct } from '../api/batches.ts';
import { ApiError } from '../api/fetch-reply.ts';
import { newOnceKey } from '../api/once-key.ts';
import { makeStore } from './make-store.ts';
import { keepInTab, keptInTab } from './person-storage.ts';
import {
  type ActWork,
  actAnswered,
  changeAct,
  nextAct,
  readActs,
  type UndoPlan,
  type UnsentAct,
  undoPlan,
  withoutAct,
} from './unsent-acts.ts';

interface Outbox {
  /** Whose they are. */
  readonly accountId: string;
  readonly acts: readonly UnsentAct[];
  readonly isSending: boolean;
  /** Why the first of them cannot leave; null: nothing holds them. */
  readonly trouble: unknown;
  /** What the service said to those it refused. */
  readonly errors: ReadonlyMap<string, unknown>;
}

export const outboxStore = makeStore<Outbox>({
  accountId: '',
  acts: [],
  isSending: false,
  trouble: null,
  errors: new Map(),
});

export interface OutboxListener {
  answered(act: UnsentAct, result: ActResultJson): void;
  /** Rows as they are now; the act waits for the person. */
  stale(act: UnsentAct, fresh: readonly BatchRowJson[]): void;
}

const silent: OutboxListener = { answered: () => undefined, stale: () => undefined };
let listener = silent;
let retry: ReturnType<typeof setTimeout> | undefined;
const RETRY_MS = 5_000;
const storageName = 'unsent';

/** Takes up what this person left unsent, and tells `to` what becomes of it. Gives back the way to stop listening. */
export function openOutbox(accountId: string, to: OutboxListener): () => void {
  listener = to;
  if (outboxStore.get().accountId !== accountId)
    outboxStore.set({
      accountId,
      acts: readActs(keptInTab(accountId, storageName)),
      trouble: null,
      errors: new Map(),
    });
  void sendAll();
  return () => {
    if (listener === to) listener = silent;
  };
}

/** Sends it after those before it. */
export function enqueueAct(batchId: string, work: ActWork): void {
  keep([...acts(), { once: newOnceKey(), batchId, work, hasLeft: false, stage: 'waiting' }]);
  void sendAll();
}

/** Forgets the last decision if it never left, sends the undoing of it otherwise. Null: there is nothing to undo. */
export function undoLast(batchId: string, lastDoneId: string | null): UndoPlan | null {
  const plan = undoPlan(
    acts().filter((act) => act.batchId === batchId),
    lastDoneId,
  );
  if (plan?.how === 'forget') forgetAct(plan.act.once);
  if (plan?.how === 'send')
    enqueueAct(batchId, { kind: 'undo', actId: plan.actId, afterOnce: plan.afterOnce });
  return plan;
}

/** Of an act that was refused or came too late, or never left. */
export function forgetAct(once: string): void {
  keep(withoutAct(acts(), once));
}

/** For a button, and for a network that is back. */
export function sendAgain(): void {
  void sendAll();
}

function keep(acts: readonly UnsentAct[]): void {
  const { accountId, errors } = outboxStore.get();
  const left = new Set(acts.map(({ once }) => once));
  outboxStore.set({ acts, errors: new Map([...errors].filter(([once]) => left.has(once))) });
  keepInTab(accountId, storageName, JSON.stringify(acts));
}

async function sendAll(): Promise<void> {
  if (outboxStore.get().isSending) return;
  clearTimeout(retry);
  outboxStore.set({ isSending: true });
  for (let act = nextAct(acts()); act !== null; act = nextAct(acts())) {
    // a key must always say the same, so what was said is fixed before it leaves
    keep(changeAct(acts(), act.once, { hasLeft: true }));
    try {
      const result = await sendWork(act);
      keep(actAnswered(acts(), act.once, result));
      outboxStore.set({ trouble: null });
      listener.answered(act, result);
    } catch (error) {
      if (isHeld(error)) {
        outboxStore.set({ trouble: error });
        // a person who does not sign in now is not asked again every few seconds
        if (!isSignedOut(error)) retry = setTimeout(sendAgain, RETRY_MS);
        break;
      }
      refuse(act, error);
    }
  }
  outboxStore.set({ isSending: false });
}

const acts = () => outboxStore.get().acts;

function sendWork({ batchId, work, once }: UnsentAct): Promise<ActResultJson> {
  if (work.kind === 'undo')
    return sendBatchAct(batchId, 'undo', work.actId === null ? {} : { actId: work.actId }, once);
  const { kind, ...json } = work;
  const part = {
    decide: 'decisions',
    town: 'town-opinions',
    department: 'department-opinions',
    countersign: 'countersigns',
    'countersign-back': 'countersigns/withdraw',
  } as const;
  // what is left out goes by the rule
  const asked = Object.fromEntries(
    Object.entries(json).filter(([key, value]) => key !== 'dueAt' || value !== null),
  );
  return sendBatchAct(batchId, part[kind], asked, once);
}

/** The service says no: whatever was to undo it has nothing to undo, and the person is asked about the act itself. */
function refuse(act: UnsentAct, error: unknown): void {
  const all = acts();
  const isUndone = withoutAct(all, act.once).length < all.length - 1;
  if (isUndone) {
    keep(withoutAct(all, act.once));
    return;
  }
  const fresh = freshRows(error);
  keep(changeAct(all, act.once, { stage: fresh.length > 0 ? 'stale' : 'refused' }));
  outboxStore.set(({ errors }) => ({ errors: new Map([...errors, [act.once, error]]) }));
  if (fresh.length > 0) listener.stale(act, fresh);
}

const isSignedOut = (error: unknown): boolean => error instanceof ApiError && error.status === 401;

/** Whether it has happened is not known, or it surely has not: worth sending again as it is. */
function isHeld(error: unknown): boolean {
  if (!(error instanceof ApiError)) return true;
  const { status } = error;
  return status === 0 || status === 401 || status === 429 || status >= 500;
}

if (typeof window !== 'undefined') {
  window.addEventListener('online', sendAgain);
  window.addEventListener('beforeunload', (event) => {
    if (nextAct(acts()) !== null) event.preventDefault();
  });
}
