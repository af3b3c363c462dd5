// The office life of a plan: submitted, consulted on, approved, put in force, replaced. Who may take which step is asked for by its machine.
import { historySchema } from '../contract/audit.ts';
import {
  type PlanOfficeJson,
  planMoveSchema,
  planOfficeSchema,
  stalePlanOfficeSchema,
} from '../contract/plan-approval.ts';
import { describeCode, ProductError } from '../errors.ts';
import type { Principal } from '../permission/principal.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { replyOf } from '../plugins/error-replies.ts';
import { onceHeadersSchema, onceOnly, sendOnce } from '../plugins/once-only.ts';
import { signedInPerson } from '../plugins/sign-in.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import { loadHistory } from '../store/histories.ts';
import { movePlanOffice } from '../store/plan-approval.ts';
import type { Queryable } from '../store/store.ts';
import { detailOfOffice, planOfficeOf, refusalOfOfficeMove } from './plan-approval-parts.ts';
import { versionOfRequest } from './resource-parts.ts';
import { idParams, planOf, replies } from './route-parts.ts';

const tags = ['plans'];
// which permission a step needs depends on the step: the machine asks for it
const read = { access: 'plan:read' } as const;

export function planApprovalRoutes(app: App, { store }: Pick<Services, 'store'>): void {
  app.get(
    '/api/plans/:id/office',
    { config: read, schema: { tags, params: idParams, response: replies(planOfficeSchema) } },
    async (request, reply) => {
      const { principal } = signedInPerson(request);
      const office = await officeOf(storeOfRequest(request, store), principal, request.params.id);
      reply.header('etag', `"${office.version}"`);
      return office;
    },
  );

  app.get(
    '/api/plans/:id/timeline',
    { config: read, schema: { tags, params: idParams, response: replies(historySchema) } },
    async (request) => {
      const { id } = request.params;
      return storeOfRequest(request, store).transaction(async (tx) => {
        await planOf(tx, id);
        return { records: await loadHistory(tx, 'plan_history', id) };
      });
    },
  );

  app.post(
    '/api/plans/:id/moves',
    {
      config: read,
      schema: {
        tags,
        params: idParams,
        headers: onceHeadersSchema,
        body: planMoveSchema,
        response: { ...replies(planOfficeSchema), 412: replies(stalePlanOfficeSchema)[200] },
      },
    },
    async (request, reply) => {
      const version = versionOfRequest(request);
      const { id } = request.params;
      const { principal } = signedInPerson(request);
      const stale = (office: PlanOfficeJson) => ({
        status: 412,
        body: { ...replyOf(request.id, describeCode('PLAN_OFFICE_STALE')), office },
      });
      const outcome = await onceOnly(request, store, request.body.reason ?? '', async (tx) => {
        const found = await planOfficeOf(tx, id);
        if (found.version !== version) return stale(detailOfOffice(principal, found));
        const refusal = refusalOfOfficeMove(principal, found, request.body);
        if (refusal) throw new ProductError(refusal.code, refusal.values);
        const isDone = await movePlanOffice(tx, id, version, request.body);
        const office = await officeOf(tx, principal, id);
        if (isDone) return { status: 200, body: office };
        // seen with this version and not written: somebody was faster, or the database did not let this person
        if (office.version !== version) return stale(office);
        throw new ProductError('PERMISSION_DENIED');
      });
      return sendOnce(reply, outcome);
    },
  );
}

const officeOf = async (db: Queryable, principal: Principal, id: string): Promise<PlanOfficeJson> =>
  detailOfOffice(principal, await planOfficeOf(db, id));
