// The plan job this person started last: its progress, and what happens on the screen when it ends. It is watched from
// the frame, so that it goes on while the person looks at another screen.
import type { PlanJson } from '../../server/contract/plans.ts';
import { usePlanEvents } from '../api/plan-events.ts';
import { focusPlan, focusSite } from './focus.ts';
import { makeStore, useStore } from './make-store.ts';
import { closePreview } from './preview.ts';
import { addToCourse, type CoursePoint } from './search-course.ts';
import { showBottom } from './view.ts';

interface Job {
  /** Running job, or null. */
  readonly planId: string | null;
  /** The last news of the running job or of the one that ended last. */
  readonly latest: PlanJson | null;
  /** Cost and bound of the running search, news by news. */
  readonly course: readonly CoursePoint[];
}

export const jobStore = makeStore<Job>({ planId: null, latest: null, course: [] });

/** Call with the answer of POST /api/plans: the plan is shown as soon as it is done. */
export function watchJob(plan: PlanJson): void {
  jobStore.set({ planId: plan.id, latest: plan, course: [] });
}

/** Puts the notice of an ended job away. */
export function forgetJob(): void {
  jobStore.set({ planId: null, latest: null, course: [] });
}

/** Belongs into the frame, once. */
export function useJobWatch(): void {
  const planId = useStore(jobStore, (job) => job.planId);
  usePlanEvents(planId, hearNews, endJob);
}

function hearNews(news: readonly PlanJson[]): void {
  const latest = news.at(-1);
  if (latest === undefined) return;
  jobStore.set(({ course }) => ({
    latest,
    course: news.reduce((known, { progress }) => addToCourse(known, progress), course),
  }));
}

function endJob(plan: PlanJson): void {
  jobStore.set({ planId: null, latest: plan });
  if (plan.state !== 'done') return;
  closePreview();
  focusSite(null);
  focusPlan(plan.id);
  showBottom('items');
}
