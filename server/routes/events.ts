// Live news for open pages as server-sent events (HTML standard, 9.2): what kind of thing changed, and how many notices are unread. A
// stream counts as nobody being there, and ends with the session it came by.
import type { ServerResponse } from 'node:http';
import { type EventJson, eventsQuerySchema } from '../contract/events.ts';
import { ProductError } from '../errors.ts';
import { type LiveFeed, type LiveNews, makeLiveFeed } from '../jobs/live-feed.ts';
import { mayHearOf } from '../permission/may-hear-of.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { contextOf, signedInAgain, signedInPerson } from '../plugins/sign-in.ts';
import { loadChangedObjects, loadPulse } from '../store/live.ts';
import { countUnread } from '../store/notices.ts';
import { scopedStore } from '../store/scoped-store.ts';
import { bytes } from './route-parts.ts';

const HEARTBEAT_MS = 15_000;
/** More pages than anybody looks at. */
const MOST_PER_ACCOUNT = 12;
/** A page that was away longer fetches everything again. */
const MOST_MISSED = 5_000;

export function eventRoutes(app: App, { store, config }: Pick<Services, 'store' | 'config'>): void {
  const feed: LiveFeed = makeLiveFeed(store, (line) => app.log.warn(line));
  const streams = new Set<ServerResponse>();
  app.addHook('preClose', async () => {
    for (const stream of streams) stream.end();
    await feed.end();
  });

  app.get(
    '/api/events',
    {
      config: { access: 'signed-in', isBackground: true, rateLimit: false },
      exposeHeadRoute: false,
      schema: {
        tags: ['events'],
        querystring: eventsQuerySchema,
        produces: ['text/event-stream'],
        response: bytes,
      },
    },
    async (request, reply) => {
      if (!request.headers.accept?.includes('text/event-stream')) throw new ProductError('EVENTS_ACCEPT');
      let { principal } = signedInPerson(request);
      if (feed.countOf(principal.accountId) >= MOST_PER_ACCOUNT)
        throw new ProductError('EVENTS_TOO_MANY', { limit: MOST_PER_ACCOUNT });
      reply.hijack();
      const stream = reply.raw;
      streams.add(stream);
      stream.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      let unread = -1;
      const send = (event: EventJson, seq?: number): void => {
        const id = seq === undefined ? '' : `id: ${seq}\n`;
        if (!stream.writableEnded) stream.write(`${id}data: ${JSON.stringify(event)}\n\n`);
      };
      const sendUnread = async (): Promise<void> => {
        const now = await countUnread(scopedStore(store, principal, contextOf(request)));
        if (now !== unread) send({ unread: now });
        unread = now;
      };
      const askWhoItIs = async (): Promise<void> => {
        const person = await signedInAgain(request, { store, config });
        if (person?.principal.accountId !== principal.accountId) stream.end();
        else principal = person.principal;
      };
      const tell = (objects: readonly string[], seq: number): void => {
        const heard = objects.filter((object) => mayHearOf(principal, object));
        if (heard.length > 0) send({ objects: heard }, seq);
      };
      const hear = ({ seq, objects, isUnreadStale, isPersonStale }: LiveNews): void => {
        tell(objects, seq);
        if (isPersonStale) askWhoItIs().catch(() => stream.end());
        if (isUnreadStale) sendUnread().catch(() => undefined);
      };
      const stop = feed.listen({ principal: () => principal, hear });
      const heartbeat = setInterval(() => {
        stream.write(': still here\n\n');
        // a store that does not answer for a moment says nothing about the person
        askWhoItIs().catch(() => undefined);
      }, HEARTBEAT_MS);
      stream.once('close', () => {
        stop();
        clearInterval(heartbeat);
        streams.delete(stream);
      });
      await sendUnread().catch(() => undefined);
      await tellMissed(request.query.since).catch(() => undefined);

      async function tellMissed(since: number | undefined): Promise<void> {
        const { seq } = await loadPulse(store);
        const isLong = since !== undefined && seq - since > MOST_MISSED;
        const missed = since === undefined || isLong ? [] : await loadChangedObjects(store, since, seq);
        const objects = missed.map(({ object }) => object).filter((object) => mayHearOf(principal, object));
        // said also when nothing was missed: the page then knows where it stands
        send({ objects: isLong ? ['*'] : objects }, seq);
      }
    },
  );
}
