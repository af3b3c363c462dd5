// Notices: mine, by account, role and place or organisation. Reading one tells my other open pages.
import {
  noticePageSchema,
  noticeQuerySchema,
  readNoticesResultSchema,
  readNoticesSchema,
} from '../contract/notices.ts';
import { ProductError } from '../errors.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import { countUnread, loadNoticePage, markAllRead, markRead } from '../store/notices.ts';
import { emptied, idParams, keptNowhere, replies } from './route-parts.ts';

const tags = ['notices'];
const mine = { access: 'signed-in' } as const;

export function noticeRoutes(app: App, { store }: Pick<Services, 'store'>): void {
  app.get(
    '/api/notices',
    {
      config: mine,
      schema: { tags, querystring: noticeQuerySchema, response: replies(noticePageSchema) },
    },
    async (request, reply) => {
      keptNowhere(reply);
      return loadNoticePage(storeOfRequest(request, store), request.query);
    },
  );

  app.post(
    '/api/notices/:id/read',
    { config: mine, schema: { tags, params: idParams, response: emptied } },
    async (request, reply) => {
      if (!(await markRead(storeOfRequest(request, store), request.params.id)))
        throw new ProductError('NOTICE_UNKNOWN');
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/notices/read',
    {
      config: mine,
      schema: { tags, body: readNoticesSchema, response: replies(readNoticesResultSchema) },
    },
    async (request) =>
      storeOfRequest(request, store).transaction(async (tx) => {
        await markAllRead(tx, request.body.upTo);
        return { unread: await countUnread(tx) };
      }),
  );
}
