// Comments: towns on resources, tower companies, operators and towns on plans; answered by planners, the district and the city. Nothing
// said is taken back: it is part of how a plan was agreed on.
import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { commentNeedsReason } from '../../engine/index.ts';
import {
  type CommentExportQueryJson,
  type CommentJson,
  commentAnswerSchema,
  commentExportQuerySchema,
  commentJsonSchema,
  commentPageSchema,
  commentQuerySchema,
  newPlanCommentSchema,
  newResourceCommentSchema,
  staleCommentSchema,
} from '../contract/comments.ts';
import { describeCode, ProductError } from '../errors.ts';
import { commentSheet } from '../export/comment-files.ts';
import { encodeInWorker } from '../export/encode-in-worker.ts';
import { permissionsOnRow } from '../permission/reaches-row.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { replyOf } from '../plugins/error-replies.ts';
import { makeGate } from '../plugins/gate.ts';
import { type OnceOutcome, onceHeadersSchema, onceOnly, sendOnce } from '../plugins/once-only.ts';
import { signedInPerson } from '../plugins/sign-in.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import { writeAudit } from '../store/audit.ts';
import {
  answerComment,
  type CommentQuery,
  loadComment,
  loadCommentPage,
  type NewComment,
  saveComment,
} from '../store/comments.ts';
import type { Queryable } from '../store/store.ts';
import { resourceOf, versionOfRequest } from './resource-parts.ts';
import { attachment, bytes, created, idParams, planOf, replies, workbookType } from './route-parts.ts';

const DEFAULT_PAGE_SIZE = 50;
const MOST_ROWS = 20_000;
const WORKBOOKS_WAITING = 8;
const tags = ['comments'];
const read = { access: 'comment:read' } as const;
const making = { tags, params: idParams, headers: onceHeadersSchema, response: created(commentJsonSchema) };

export function commentRoutes(app: App, { store }: Pick<Services, 'store'>): void {
  const gate = makeGate(1, WORKBOOKS_WAITING);

  app.get(
    '/api/comments',
    { config: read, schema: { tags, querystring: commentQuerySchema, response: replies(commentPageSchema) } },
    async (request) => {
      const { page = 1, pageSize = DEFAULT_PAGE_SIZE, ...query } = request.query;
      const filters = { ...filtersOf(query), page, pageSize };
      return { ...(await loadCommentPage(storeOfRequest(request, store), filters)), page, pageSize };
    },
  );

  app.get(
    '/api/comments/export.xlsx',
    { config: read, schema: { tags, querystring: commentExportQuerySchema, response: bytes } },
    async (request, reply) => {
      const filters = { ...filtersOf(request.query), page: 1, pageSize: MOST_ROWS };
      const file = await gate(async () => {
        const rows = await storeOfRequest(request, store).transaction(async (tx) => {
          const { total, comments } = await loadCommentPage(tx, filters);
          if (total > MOST_ROWS)
            throw new ProductError('COMMENT_EXPORT_SIZE', { found: total, limit: MOST_ROWS });
          const after = { format: 'xlsx', rows: comments.length, filters: request.query };
          await writeAudit(tx, { action: 'export', object: 'comment', objectId: null, after });
          return comments;
        });
        return encodeInWorker({ kind: 'workbook', sheets: [commentSheet(rows)] });
      });
      reply.type(workbookType).header('content-disposition', attachment('意见采纳情况表', 'xlsx'));
      return reply.send(Buffer.from(file));
    },
  );

  const make = (
    request: FastifyRequest<{ Params: { id: string } }>,
    about: (tx: Queryable) => Promise<Omit<NewComment, 'id' | 'body'>>,
    body: string,
  ): Promise<OnceOutcome> =>
    onceOnly(request, store, '', async (tx) => {
      const comment = { id: `comment-${randomUUID()}`, body, ...(await about(tx)) };
      await saveComment(tx, comment);
      return { status: 201, body: await commentOf(tx, comment.id) };
    });

  app.post(
    '/api/resources/:id/comments',
    { config: { access: 'resource:comment' }, schema: { ...making, body: newResourceCommentSchema } },
    async (request, reply) => {
      const { id } = request.params;
      const { principal } = signedInPerson(request);
      const outcome = await make(
        request,
        async (tx) => {
          const resource = await resourceOf(tx, id);
          if (!permissionsOnRow(principal, resource).has('resource:comment'))
            throw new ProductError('PERMISSION_DENIED');
          return { resourceId: id, planId: null, siteId: null };
        },
        request.body.body,
      );
      return sendOnce(reply, outcome);
    },
  );

  app.post(
    '/api/plans/:id/comments',
    { config: { access: 'plan:comment' }, schema: { ...making, body: newPlanCommentSchema } },
    async (request, reply) => {
      const { id } = request.params;
      const { body, siteId = null } = request.body;
      const outcome = await make(
        request,
        async (tx) => {
          await planOf(tx, id);
          return { resourceId: null, planId: id, siteId };
        },
        body,
      );
      return sendOnce(reply, outcome);
    },
  );

  app.post(
    '/api/comments/:id/answers',
    {
      config: { access: 'comment:answer' },
      schema: {
        tags,
        params: idParams,
        headers: onceHeadersSchema,
        body: commentAnswerSchema,
        response: { ...replies(commentJsonSchema), 412: replies(staleCommentSchema)[200] },
      },
    },
    async (request, reply) => {
      const version = versionOfRequest(request);
      const { id } = request.params;
      const { outcome, text = '' } = request.body;
      const answered = await onceOnly(request, store, '', async (tx) => {
        const comment = await commentOf(tx, id);
        if (comment.version !== version)
          return {
            status: 412,
            body: { ...replyOf(request.id, describeCode('COMMENT_STALE')), comment },
          };
        if (commentNeedsReason(outcome) && text.trim() === '')
          throw new ProductError('COMMENT_REASON', { outcome });
        // it was seen with this version, and still it was not written: the database did not let this person
        if (!(await answerComment(tx, id, version, request.body)))
          throw new ProductError('PERMISSION_DENIED');
        return { status: 200, body: await commentOf(tx, id) };
      });
      return sendOnce(reply, answered);
    },
  );
}

const filtersOf = ({ answered, mine, answerable, ...rest }: CommentExportQueryJson): CommentQuery => ({
  ...rest,
  ...(answered !== undefined && { answered: answered === 'true' }),
  ...(mine !== undefined && { mine: true }),
  ...(answerable !== undefined && { answerable: true }),
});

async function commentOf(db: Queryable, id: string): Promise<CommentJson> {
  const comment = await loadComment(db, id);
  if (!comment) throw new ProductError('COMMENT_UNKNOWN', { id });
  return comment;
}
