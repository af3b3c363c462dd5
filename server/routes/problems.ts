// The problem list (问题清单): raised, found, given to units, worked on, closed with the consent of whoever raised it, reopened,
// escalated by hand, ranked. What creates or decides happens once for each key; a version nobody has any more answers 412.
import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { clockedStates, problemLevels, problemWaitsFor } from '../../engine/index.ts';
import {
  assignmentSchema,
  type BulkAssignmentResultJson,
  bulkAssignmentResultSchema,
  bulkAssignmentSchema,
  escalationSchema,
  newProblemSchema,
  problemCountsSchema,
  problemDetailSchema,
  problemExportQuerySchema,
  problemJsonSchema,
  problemMoveSchema,
  problemNoteSchema,
  problemPageSchema,
  problemQuerySchema,
  problemUrgeSchema,
  rankingQuerySchema,
  rankingSchema,
  staleProblemSchema,
} from '../contract/problems.ts';
import { describeCode, ProductError } from '../errors.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { type OnceOutcome, onceHeadersSchema, onceOnly, sendOnce } from '../plugins/once-only.ts';
import { signedInPerson } from '../plugins/sign-in.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import {
  type ActedProblem,
  addProblemNote,
  assignProblems,
  countProblemStates,
  countProblems,
  escalateProblem,
  loadActedProblems,
  loadLastUrge,
  loadProblemSteps,
  loadProblems,
  moveProblem,
  rankProblems,
  saveProblem,
  urgeProblem,
} from '../store/problems.ts';
import type { Queryable } from '../store/store.ts';
import {
  actedProblemOf,
  answeredProblem,
  filtersOfProblems,
  problemOf,
  refusalOfAssignment,
  refusalOfProblemMove,
  staleProblem,
} from './problem-parts.ts';
import { type MoveRefusal, versionOfRequest, versionsOf } from './resource-parts.ts';
import { created, idParams, replies } from './route-parts.ts';
import { refuseUrgedLately } from './urge-parts.ts';

const DEFAULT_PAGE_SIZE = 50;
const tags = ['problems'];
const read = { access: 'problem:read' } as const;
const changed = { ...replies(problemJsonSchema), 412: replies(staleProblemSchema)[200] };

export function problemRoutes(app: App, { store }: Pick<Services, 'store'>): void {
  app.get(
    '/api/problems',
    { config: read, schema: { tags, querystring: problemQuerySchema, response: replies(problemPageSchema) } },
    async (request) => {
      const { page = 1, pageSize = DEFAULT_PAGE_SIZE, ...query } = request.query;
      const filters = filtersOfProblems(query);
      return storeOfRequest(request, store).transaction(async (tx) => ({
        problems: await loadProblems(tx, { ...filters, page, pageSize }),
        total: await countProblems(tx, filters),
        page,
        pageSize,
      }));
    },
  );

  app.get(
    '/api/problems/counts',
    {
      config: read,
      schema: { tags, querystring: problemExportQuerySchema, response: replies(problemCountsSchema) },
    },
    async (request) => countProblemStates(storeOfRequest(request, store), filtersOfProblems(request.query)),
  );

  app.get(
    '/api/problems/ranking',
    { config: read, schema: { tags, querystring: rankingQuerySchema, response: replies(rankingSchema) } },
    async (request) => {
      const { from, to, by = 'town', districtCode } = request.query;
      if (from > to) throw new ProductError('PROBLEM_PERIOD', { from, to });
      const asked = { from, to, by, ...(districtCode !== undefined && { districtCode }) };
      return { from, to, by, rows: await rankProblems(storeOfRequest(request, store), asked) };
    },
  );

  app.get(
    '/api/problems/:id',
    { config: read, schema: { tags, params: idParams, response: replies(problemDetailSchema) } },
    async (request, reply) =>
      storeOfRequest(request, store).transaction(async (tx) => ({
        problem: answeredProblem(reply, await problemOf(tx, request.params.id)),
        steps: await loadProblemSteps(tx, request.params.id),
      })),
  );

  app.post(
    '/api/problems',
    {
      config: { access: 'problem:create' },
      schema: {
        tags,
        headers: onceHeadersSchema,
        body: newProblemSchema,
        response: created(problemJsonSchema),
      },
    },
    async (request, reply) => {
      const outcome = await onceOnly(request, store, '', async (tx) => {
        const id = `problem-${randomUUID()}`;
        await saveProblem(tx, id, request.body);
        const problem = await problemOf(tx, id);
        if (problem.districtCode === '') throw new ProductError('PROBLEM_PLACE_MISSING');
        return { status: 201, body: problem };
      });
      return sendOnce(reply, outcome);
    },
  );

  /** Runs an act on one problem as it was looked at and answers the fresh row, 412 with it when somebody else was faster. */
  const act = (
    request: FastifyRequest<{ Params: { id: string } }>,
    reason: string,
    work: (tx: Queryable, problem: ActedProblem) => Promise<MoveRefusal | null>,
  ): Promise<OnceOutcome> => {
    const version = versionOfRequest(request);
    const { id } = request.params;
    return onceOnly(request, store, reason, async (tx) => {
      const problem = await actedProblemOf(tx, id);
      if (problem.version !== version)
        return { status: 412, body: staleProblem(request, await problemOf(tx, id)) };
      const refusal = await work(tx, problem);
      if (refusal) throw new ProductError(refusal.code, refusal.values);
      return { status: 200, body: await problemOf(tx, id) };
    });
  };
  const ofOne = { tags, params: idParams, headers: onceHeadersSchema };

  app.post(
    '/api/problems/:id/assignment',
    {
      config: { access: 'problem:manage' },
      schema: { ...ofOne, body: assignmentSchema, response: changed },
    },
    async (request, reply) => {
      const { reason = '', ...assignment } = request.body;
      const { principal } = signedInPerson(request);
      const outcome = await act(request, reason, async (tx, problem) => {
        const refusal = refusalOfAssignment(principal, problem, assignment.ownerUnit, reason);
        if (!refusal) await assignProblems(tx, [problem], assignment);
        return refusal;
      });
      return sendOnce(reply, outcome);
    },
  );

  app.post(
    '/api/problems/assignments',
    {
      config: { access: 'problem:manage' },
      schema: {
        tags,
        headers: onceHeadersSchema,
        body: bulkAssignmentSchema,
        response: replies(bulkAssignmentResultSchema),
      },
    },
    async (request, reply) => {
      const { rows, reason = '', dryRun, skipRefused = false, ...assignment } = request.body;
      const seen = versionsOf(rows);
      const { principal } = signedInPerson(request);
      const judge = async (tx: Queryable) => {
        const found = await loadActedProblems(tx, [...seen.keys()]);
        const known = new Map(found.map((problem) => [problem.id, problem]));
        const allowed: ActedProblem[] = [];
        const refused: BulkAssignmentResultJson['refused'] = [];
        for (const [id, version] of seen) {
          const problem = known.get(id);
          const refusal = problem
            ? problem.version === version
              ? refusalOfAssignment(principal, problem, assignment.ownerUnit, reason)
              : ({ code: 'PROBLEM_STALE', values: {} } as const)
            : ({ code: 'PROBLEM_UNKNOWN', values: { id } } as const);
          if (problem && !refusal) allowed.push(problem);
          if (refusal) refused.push(refusedRow(id, problem, refusal));
        }
        return { allowed, refused };
      };
      if (dryRun) {
        const { allowed, refused } = await judge(storeOfRequest(request, store));
        return { dryRun, assigned: allowed.length, refused };
      }
      const outcome = await onceOnly(request, store, reason, async (tx) => {
        const { allowed, refused } = await judge(tx);
        if (refused.length > 0 && !skipRefused)
          throw new ProductError('PROBLEM_ASSIGNMENTS_REFUSED', { refused: refused.length });
        await assignProblems(tx, allowed, assignment);
        return { status: 200, body: { dryRun, assigned: allowed.length, refused } };
      });
      return sendOnce(reply, outcome);
    },
  );

  app.post(
    '/api/problems/:id/moves',
    // which permission a move needs depends on the move and on who raised it: the machine asks for it
    { config: read, schema: { ...ofOne, body: problemMoveSchema, response: changed } },
    async (request, reply) => {
      const { to, reason = '', dueDate } = request.body;
      const { principal } = signedInPerson(request);
      const outcome = await act(request, reason, async (tx, problem) => {
        const refusal = refusalOfProblemMove(principal, problem, to, reason);
        if (!refusal) await moveProblem(tx, problem, to, dueDate);
        return refusal;
      });
      return sendOnce(reply, outcome);
    },
  );

  app.post(
    '/api/problems/:id/escalation',
    { config: { access: 'problem:manage' }, schema: { ...ofOne, body: escalationSchema, response: changed } },
    async (request, reply) => {
      const { level: to, reason } = request.body;
      const outcome = await act(request, reason, async (tx, problem) => {
        const { level } = await problemOf(tx, problem.id);
        const rises = problemLevels.indexOf(to) > problemLevels.indexOf(level);
        if (!rises || !clockedStates.includes(problem.state))
          return { code: 'PROBLEM_LEVEL', values: { level, to } };
        await escalateProblem(tx, problem, to);
        return null;
      });
      return sendOnce(reply, outcome);
    },
  );

  app.post(
    '/api/problems/:id/urges',
    // whoever raised it, or manages it: the row policy asks
    { config: read, schema: { ...ofOne, body: problemUrgeSchema, response: created(problemDetailSchema) } },
    async (request, reply) => {
      const { text = '' } = request.body;
      const { id } = request.params;
      const outcome = await onceOnly(request, store, '', async (tx) => {
        const to = problemWaitsFor(await actedProblemOf(tx, id));
        const last = to === null ? null : await loadLastUrge(tx, id, to);
        if (last !== null && last.againAt !== null) refuseUrgedLately([last]);
        await urgeProblem(tx, id, text.trim());
        return {
          status: 201,
          body: { problem: await problemOf(tx, id), steps: await loadProblemSteps(tx, id) },
        };
      });
      return sendOnce(reply, outcome);
    },
  );

  for (const kind of ['progress', 'evidence'] as const) {
    app.post(
      `/api/problems/:id/${kind}`,
      // whoever raised it may say how it goes, too: the row policy asks
      { config: read, schema: { ...ofOne, body: problemNoteSchema, response: created(problemDetailSchema) } },
      async (request, reply) => {
        const { words = '', photoIds = [] } = request.body;
        const { id } = request.params;
        const outcome = await onceOnly(request, store, '', async (tx) => {
          await actedProblemOf(tx, id);
          if (words.trim() === '' && photoIds.length === 0) throw new ProductError('PROBLEM_NOTE_EMPTY');
          await addProblemNote(tx, id, kind, words, photoIds);
          return {
            status: 201,
            body: { problem: await problemOf(tx, id), steps: await loadProblemSteps(tx, id) },
          };
        });
        return sendOnce(reply, outcome);
      },
    );
  }
}

function refusedRow(
  id: string,
  problem: ActedProblem | undefined,
  { code, values }: MoveRefusal,
): BulkAssignmentResultJson['refused'][number] {
  const { code: refusal, message, hint } = describeCode(code, values);
  const { number = null, title = null, state = null } = problem ?? {};
  return { id, number, title, state, refusal, message, hint };
}
