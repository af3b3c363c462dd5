// What the routes of the problem list share: filters from an address, verdicts in words, one changed row or why not.
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  filledOfProblem,
  type ProblemState,
  problemMoveAllowed,
  readRankedProblems,
} from '../../engine/index.ts';
import type { ProblemExportQueryJson, ProblemJson, StaleProblemJson } from '../contract/problems.ts';
import { describeCode, ProductError, type Sentence } from '../errors.ts';
import type { Principal } from '../permission/principal.ts';
import { permissionsOnRow } from '../permission/reaches-row.ts';
import { rowScopeOf } from '../permission/row-scope-of.ts';
import { replyOf } from '../plugins/error-replies.ts';
import { type ActedProblem, loadActedProblems, loadProblem, type ProblemQuery } from '../store/problems.ts';
import type { Queryable } from '../store/store.ts';
import type { MoveRefusal } from './resource-parts.ts';
import { parseBox } from './route-parts.ts';

/** Throws PROBLEM_PERIOD for a figure of no period. */
export function filtersOfProblems({
  bbox,
  state,
  level,
  category,
  overdue,
  noun,
  objectId,
  ranked: figure,
  ...rest
}: ProblemExportQueryJson): ProblemQuery {
  const ranked = figure === undefined ? undefined : readRankedProblems(figure);
  if (ranked === null) {
    const [, from = '', to = ''] = figure?.split(',') ?? [];
    throw new ProductError('PROBLEM_PERIOD', { from, to });
  }
  return {
    ...rest,
    ...(bbox !== undefined && { box: parseBox(bbox) }),
    ...(state !== undefined && { states: state.split(',') }),
    ...(level !== undefined && { levels: level.split(',') }),
    ...(category !== undefined && { categories: category.split(',') }),
    ...(overdue !== undefined && { overdue: overdue === 'true' }),
    ...(noun !== undefined && objectId !== undefined && { about: { noun, id: objectId } }),
    ...(ranked !== undefined && { ranked }),
  };
}

export async function problemOf(db: Queryable, id: string): Promise<ProblemJson> {
  const problem = await loadProblem(db, id);
  if (!problem) throw new ProductError('PROBLEM_UNKNOWN', { id });
  return problem;
}

export async function actedProblemOf(db: Queryable, id: string): Promise<ActedProblem> {
  const [problem] = await loadActedProblems(db, [id]);
  if (!problem) throw new ProductError('PROBLEM_UNKNOWN', { id });
  return problem;
}

/** 412: the refusal and the problem as it is now. */
export function staleProblem(request: Pick<FastifyRequest, 'id'>, problem: ProblemJson): StaleProblemJson {
  return { ...replyOf(request.id, describeCode('PROBLEM_STALE')), problem };
}

export function answeredProblem(reply: Pick<FastifyReply, 'header'>, problem: ProblemJson): ProblemJson {
  reply.header('etag', `"${problem.version}"`);
  return problem;
}

const needWords: Readonly<Record<string, Sentence>> = {
  ownerUnit: { zh: '责任单位', en: 'the unit in charge' },
  dueAt: { zh: '时限', en: 'a due date' },
  evidence: { zh: '销号依据', en: 'evidence' },
};

/** A town's own are those it is in charge of, helps with or raised, which the row itself does not tell by one owner. */
function permissionsOnProblem(principal: Principal, problem: ActedProblem): Set<string> {
  const held = permissionsOnRow(principal, problem);
  if (rowScopeOf(principal, 'problem:update') === 'own' && problem.isHandled) held.add('problem:update');
  return held;
}

/** Null: the person may move it. */
export function refusalOfProblemMove(
  principal: Principal,
  problem: ActedProblem,
  to: ProblemState,
  reason: string,
): MoveRefusal | null {
  const { state, ownerUnit, evidence, evidenceFiles, isRaiser } = problem;
  const verdict = problemMoveAllowed(state, to, {
    isRaiser,
    permissions: permissionsOnProblem(principal, problem),
    // every problem has a due date from its first moment
    filled: filledOfProblem({ ownerUnit, evidence, evidenceFiles, dueAt: '' }),
    reason,
  });
  if (verdict.ok) return null;
  switch (verdict.code) {
    case 'STATE_MOVE_UNKNOWN':
      return {
        code: verdict.code,
        values: { from: state, to, possible: verdict.possible.join('、') || '—' },
      };
    case 'STATE_MOVE_FORBIDDEN':
      return { code: 'PERMISSION_DENIED', values: {} };
    case 'STATE_FIELDS_MISSING': {
      const words = verdict.missing.map((field) => needWords[field] ?? { zh: field, en: field });
      const missing = { zh: words.map(({ zh }) => zh).join('、'), en: words.map(({ en }) => en).join(', ') };
      return { code: verdict.code, values: { to, missing } };
    }
    case 'STATE_REASON_MISSING':
      return { code: verdict.code, values: {} };
  }
}

/** Null: the person may give it to this unit. One that is given already may be given again. */
export function refusalOfAssignment(
  principal: Principal,
  problem: ActedProblem,
  ownerUnit: string,
  reason: string,
): MoveRefusal | null {
  const stays =
    problem.state === '分派' || (problem.state === '处理中' && problem.ownerUnit === ownerUnit.trim());
  if (!stays) return refusalOfProblemMove(principal, { ...problem, ownerUnit }, '分派', reason);
  return permissionsOnRow(principal, problem).has('problem:manage')
    ? null
    : { code: 'PERMISSION_DENIED', values: {} };
}
