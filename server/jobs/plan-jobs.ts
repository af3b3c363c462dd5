// Plan jobs: the row first, then the work. A job holds a lease on its row, so a server that was killed, or woke up late,
// can neither lose a plan nor overwrite one. Equal inputs give equal bytes: a job that runs twice is harmless.
import { randomUUID } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import { PlanningError } from '../../engine/index.ts';
import type { Config } from '../config.ts';
import type { NewPlanJson, PlanJson, PlanProgressJson } from '../contract/plans.ts';
import { describeCode, describeError, ProductError } from '../errors.ts';
import { storeOfPlan } from '../store/plan-maker.ts';
import {
  cancelPlan,
  countOpenPlans,
  createPlan,
  failPlan,
  finishPlan,
  loadPlan,
  renewPlanLease,
  requeuePlans,
  setPlanProgress,
  takePlanJob,
} from '../store/plans.ts';
import { type Queryable, type Store, StoreError } from '../store/store.ts';
import { completeRequest } from './complete-request.ts';
import { loadPlanInput } from './load-plan-input.ts';
import { operatorsChoiceOf } from './operators-choice.ts';
import { planChoiceOf } from './plan-choice.ts';
import { makePlanWorkers, PlanWorkerError } from './plan-workers.ts';

const LEASE_S = 30;
const RENEW_EVERY_MS = 10_000;
const SAVE_PROGRESS_EVERY_MS = 1_000;
/** Looks for leases of servers that are gone. */
const LOOK_EVERY_MS = 10_000;

export interface PlanJobs {
  /**
   * Checks the request, writes the row, starts when a worker is free. `asker`: the store as the person sees it, whose plan it then is;
   * left out: the system's. Throws PLAN_*_UNKNOWN, PLAN_QUEUE_FULL.
   */
  createPlan(request: NewPlanJson, asker?: Store): Promise<PlanJson>;
  /** The same within a transaction of the person; call `start` once it is committed. */
  savePlan(tx: Queryable, request: NewPlanJson): Promise<PlanJson>;
  /** Looks at the queue. */
  start(): void;
  /** Throws PLAN_UNKNOWN, PLAN_ALREADY_ENDED. The worker is gone within 200 ms. */
  cancelPlan(id: string, asker?: Store): Promise<PlanJson>;
  /** Ends the search for better sites; the best plan found is saved. Throws PLAN_UNKNOWN, PLAN_ALREADY_ENDED, PLAN_NOT_RUNNING. */
  endSearch(id: string): Promise<PlanJson>;
  /** Resolves when the plan is done, failed or cancelled. */
  whenDone(id: string): Promise<PlanJson>;
  /** The row with the newest progress, which reaches the row only once a second. */
  current(plan: PlanJson): PlanJson;
  /** Called at every change of a plan; returns the way to stop listening. */
  subscribe(id: string, listener: (plan: PlanJson) => void): () => void;
  /** Takes up what an earlier process left behind; call once after start. */
  resume(): Promise<void>;
  /** Stops all workers. Their plans stay in the queue for the next start. */
  close(): Promise<void>;
}

interface RunningJob {
  readonly stop: AbortController;
  /** Not 0: a person has seen enough. */
  readonly enough: Int32Array;
  plan: PlanJson;
}

class Stopped extends Error {
  override readonly name = 'Stopped';
}

export const hasEnded = ({ state }: PlanJson): boolean =>
  state === 'done' || state === 'failed' || state === 'cancelled';

export function makePlanJobs({
  store,
  config,
  log,
}: {
  store: Store;
  config: Config;
  log: FastifyBaseLogger;
}): PlanJobs {
  const workers = makePlanWorkers(config);
  const running = new Map<string, RunningJob>();
  const works = new Set<Promise<void>>();
  const listeners = new Map<string, Set<(plan: PlanJson) => void>>();
  let closed = false;
  let taking = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;

  const tell = (plan: PlanJson): void => {
    for (const listener of listeners.get(plan.id) ?? []) listener(plan);
  };
  const tellEnded = async (id: string): Promise<void> => {
    const plan = await loadPlan(store, id);
    if (plan) tell(plan);
  };

  /** Takes jobs while workers are free; one taker at a time. */
  const pump = (): void => {
    taking = taking
      .then(takeJobs)
      .catch((error) => log.error({ err: error }, 'the plan queue could not be read'));
  };
  const takeJobs = async (): Promise<void> => {
    while (!closed && running.size < config.planWorkers) {
      const job = await takePlanJob(store, LEASE_S);
      if (!job || closed) return;
      const entry: RunningJob = {
        stop: new AbortController(),
        enough: new Int32Array(new SharedArrayBuffer(4)),
        plan: job.plan,
      };
      running.set(job.plan.id, entry);
      const work = runJob(entry, job.lease).finally(() => {
        running.delete(job.plan.id);
        works.delete(work);
        if (!closed) pump();
      });
      works.add(work);
    }
  };

  const runJob = async (entry: RunningJob, lease: number): Promise<void> => {
    const { id } = entry.plan;
    const { signal } = entry.stop;
    let savedMs = 0;
    const onProgress = (progress: PlanProgressJson): void => {
      if (signal.aborted) return;
      entry.plan = { ...entry.plan, state: 'running', progress };
      tell(entry.plan);
      if (Date.now() - savedMs < SAVE_PROGRESS_EVERY_MS) return;
      savedMs = Date.now();
      setPlanProgress(store, id, lease, progress).catch((error) =>
        log.warn({ err: error }, 'progress not saved'),
      );
    };
    const renewing = setInterval(() => {
      renewPlanLease(store, id, lease, LEASE_S).then(
        (held) => held || entry.stop.abort(new Stopped('the lease is lost')),
        (error) => log.warn({ err: error }, 'lease not renewed'),
      );
    }, RENEW_EVERY_MS);
    try {
      onProgress({ step: 'load', done: 0, total: 1 });
      const input = await loadPlanInput(await storeOfPlan(store, id), entry.plan.request);
      const { request } = entry.plan;
      const { result, raster, views, seconds, peakMb, footprintsReused } = await workers.run(
        { input, choice: planChoiceOf(request), operators: operatorsChoiceOf(request, input.sites) },
        { signal, onProgress, enough: entry.enough },
      );
      log.info({ planId: id, seconds, peakMb, footprintsReused }, 'plan computed');
      onProgress({ step: 'save', done: 0, total: 1 });
      signal.throwIfAborted();
      if (await finishPlan(store, id, lease, { ...result, raster, views, seconds, peakMb }))
        await tellEnded(id);
    } catch (error) {
      if (!signal.aborted) await fail(id, lease, error);
    } finally {
      clearInterval(renewing);
    }
  };

  /** A refusal is written down. A store that went away is not: the lease ends and the job is taken up again. */
  const fail = async (id: string, lease: number, error: unknown): Promise<void> => {
    const unexplained = error instanceof PlanWorkerError;
    if (unexplained || !(error instanceof PlanningError || error instanceof ProductError)) {
      log.error({ err: error, planId: id }, 'plan failed');
    }
    if (closed) return;
    const described = unexplained ? describeCode('PLAN_WORKER_FAILED', { id }) : describeError(error, id);
    if (error instanceof StoreError && described.status === 503) return;
    const { code, message, hint } = described;
    if (await failPlan(store, id, lease, { code, message, hint })) await tellEnded(id);
  };

  const look = async (): Promise<void> => {
    const { requeued, failed } = await requeuePlans(store, 'expired');
    if (failed > 0) log.error({ failed }, 'plans were interrupted too often');
    if (requeued > 0) pump();
  };

  const savePlan = async (db: Queryable, request: NewPlanJson): Promise<PlanJson> => {
    const checked = await completeRequest(db, request);
    if ((await countOpenPlans(db)) >= config.planQueue)
      throw new ProductError('PLAN_QUEUE_FULL', { limit: config.planQueue });
    return createPlan(db, {
      id: `plan-${randomUUID()}`,
      name: checked.name,
      request: checked,
      basedOnPlanId: checked.basedOnPlanId ?? null,
    });
  };

  return {
    async createPlan(request, asker = store) {
      const plan = await savePlan(asker, request);
      pump();
      return plan;
    },

    savePlan,

    start: pump,

    async cancelPlan(id, asker = store) {
      const cancelled = await cancelPlan(asker, id);
      if (cancelled) running.get(id)?.stop.abort(new Stopped('cancelled'));
      const plan = await loadPlan(asker, id);
      if (!plan) throw new ProductError('PLAN_UNKNOWN', { id });
      if (!cancelled) throw new ProductError('PLAN_ALREADY_ENDED', { state: plan.state });
      tell(plan);
      return plan;
    },

    async endSearch(id) {
      const plan = await loadPlan(store, id);
      if (!plan) throw new ProductError('PLAN_UNKNOWN', { id });
      if (hasEnded(plan)) throw new ProductError('PLAN_ALREADY_ENDED', { state: plan.state });
      const job = running.get(id);
      if (!job) throw new ProductError('PLAN_NOT_RUNNING', { state: plan.state });
      Atomics.store(job.enough, 0, 1);
      return job.plan;
    },

    whenDone(id) {
      return new Promise((resolve, reject) => {
        const stop = subscribe(listeners, id, (plan) => {
          if (!hasEnded(plan)) return;
          stop();
          resolve(plan);
        });
        // it may have ended before anybody listened
        loadPlan(store, id).then((plan) => {
          if (plan && !hasEnded(plan)) return;
          stop();
          if (plan) resolve(plan);
          else reject(new ProductError('PLAN_UNKNOWN', { id }));
        }, reject);
      });
    },

    current(plan) {
      const job = running.get(plan.id);
      return job && !hasEnded(plan) && job.plan.state === 'running'
        ? { ...plan, ...pickLive(job.plan) }
        : plan;
    },

    subscribe: (id, listener) => subscribe(listeners, id, listener),

    async resume() {
      // the embedded store has one server only, so whatever runs there was left by one that is gone
      const { failed } = await requeuePlans(store, store.kind === 'embedded' ? 'all' : 'expired');
      if (failed > 0) log.error({ failed }, 'plans were interrupted too often');
      pump();
      timer = setInterval(() => {
        look().catch((error) => log.warn({ err: error }, 'expired leases not seen'));
      }, LOOK_EVERY_MS);
      timer.unref();
    },

    async close() {
      closed = true;
      if (timer) clearInterval(timer);
      for (const { stop } of running.values()) stop.abort(new Stopped('the service stops'));
      await taking;
      for (const { stop } of running.values()) stop.abort(new Stopped('the service stops'));
      await Promise.allSettled(works);
      await workers.close();
    },
  };
}

const pickLive = ({ state, progress }: PlanJson) => ({ state, progress });

function subscribe(
  listeners: Map<string, Set<(plan: PlanJson) => void>>,
  id: string,
  listener: (plan: PlanJson) => void,
): () => void {
  const all = listeners.get(id) ?? new Set();
  listeners.set(id, all.add(listener));
  return () => {
    all.delete(listener);
    if (all.size === 0 && listeners.get(id) === all) listeners.delete(id);
  };
}
