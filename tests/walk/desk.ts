// A person at a desk, over HTTP: what the walk tests say to a running service.
import { randomUUID } from 'node:crypto';
import type { AreaListJson } from '../../server/contract/areas.ts';
import type { ImportReportJson } from '../../server/contract/imports.ts';
import type {
  NewPlanJson,
  PlanDetailJson,
  PlanItemPageJson,
  PlanJson,
  ReviewListJson,
  SiteCardJson,
} from '../../server/contract/plans.ts';
import type { TownFile } from '../support/a-town.ts';
import { cookieFor, type People } from '../support/sign-in.ts';

export interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

export interface Desk {
  get<T>(path: string): Promise<Answer<T>>;
  post<T>(path: string, body: unknown): Promise<Answer<T>>;
  bytes(path: string): Promise<{ status: number; type: string; bytes: Uint8Array }>;
  importFile(kind: string, file: TownFile, query?: Record<string, string>): Promise<Answer<ImportReportJson>>;
  areas(): Promise<AreaListJson['areas']>;
  /** Starts a plan and follows its events until it ends. */
  plan(request: NewPlanJson): Promise<{ plan: PlanJson; steps: string[] }>;
  detail(planId: string): Promise<PlanDetailJson>;
  items(planId: string, query?: string): Promise<PlanItemPageJson>;
  card(planId: string, siteId: string): Promise<SiteCardJson>;
  review(planId: string, body: unknown): Promise<Answer<ReviewListJson>>;
}

/** What the people at the desk say to a service; each request by whoever may make it. */
export function deskAt(url: string, people: People): Desk {
  const headersOf = (method: string, path: string) => ({ cookie: cookieFor(people, method, path) });
  const read = async <T>(response: Response): Promise<Answer<T>> => ({
    status: response.status,
    body: (await response.json()) as T,
  });
  const get = async <T>(path: string) =>
    read<T>(await fetch(url + path, { headers: headersOf('GET', path) }));
  const post = async <T>(path: string, body: unknown) =>
    read<T>(
      await fetch(url + path, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': randomUUID(),
          ...headersOf('POST', path),
        },
        body: JSON.stringify(body),
      }),
    );
  return {
    get,
    post,
    async bytes(path) {
      const response = await fetch(url + path, { headers: headersOf('GET', path) });
      return {
        status: response.status,
        type: response.headers.get('content-type') ?? '',
        bytes: new Uint8Array(await response.arrayBuffer()),
      };
    },
    async importFile(kind, file, query = {}) {
      const form = new FormData();
      form.append('file', new Blob([file.text]), file.fileName);
      const search = new URLSearchParams({ kind, mode: 'usable', ...query });
      return read<ImportReportJson>(
        await fetch(`${url}/api/imports?${search}`, {
          method: 'POST',
          body: form,
          headers: { 'idempotency-key': randomUUID(), ...headersOf('POST', '/api/imports') },
        }),
      );
    },
    areas: async () => (await get<AreaListJson>('/api/areas')).body.areas,
    async plan(request) {
      const started = await post<{ plan: PlanJson }>('/api/plans', request);
      if (started.status !== 202) throw new Error(`plan refused: ${JSON.stringify(started.body)}`);
      const { plan, steps } = await followPlan(url, started.body.plan.id, people.planner);
      return { plan, steps };
    },
    detail: async (planId) => (await get<PlanDetailJson>(`/api/plans/${planId}`)).body,
    items: async (planId, query = 'pageSize=5000') =>
      (await get<PlanItemPageJson>(`/api/plans/${planId}/items?${query}`)).body,
    card: async (planId, siteId) => (await get<SiteCardJson>(`/api/plans/${planId}/sites/${siteId}`)).body,
    review: (planId, body) => post<ReviewListJson>(`/api/plans/${planId}/reviews`, body),
  };
}

/** Reads the server-sent events of a plan until it ends; gives the last plan and the steps in the order they came. */
export async function followPlan(
  url: string,
  planId: string,
  cookie: string,
): Promise<{ plan: PlanJson; steps: string[] }> {
  const response = await fetch(`${url}/api/plans/${planId}/events`, {
    headers: { accept: 'text/event-stream', cookie },
  });
  if (!response.ok || !response.body) throw new Error(`no events: ${response.status}`);
  const steps: string[] = [];
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const message = text.slice(0, end);
      text = text.slice(end + 2);
      const event = /^event: (.*)$/m.exec(message)?.[1];
      const data = /^data: (.*)$/m.exec(message)?.[1];
      if (!event || !data) continue;
      const plan = JSON.parse(data) as PlanJson;
      const step = plan.progress?.step;
      if (step && steps.at(-1) !== step) steps.push(step);
      if (event !== 'progress') return { plan, steps };
    }
  }
  throw new Error('the event stream ended before the plan did');
}
