// The first page of a day: what waits for me, what is due, what I asked for. Every figure is a count of rows the asker may read.
import { homeSchema } from '../contract/home.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { signedInPerson } from '../plugins/sign-in.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import { loadNow, wholeAgenda } from '../store/agenda/whole-agenda.ts';
import { keptNowhere, replies } from './route-parts.ts';

export function homeRoutes(app: App, { store }: Pick<Services, 'store'>): void {
  app.get(
    '/api/home',
    { config: { access: 'signed-in' }, schema: { tags: ['home'], response: replies(homeSchema) } },
    async (request, reply) => {
      keptNowhere(reply);
      const { principal } = signedInPerson(request);
      const mine = storeOfRequest(request, store);
      const found = await wholeAgenda(mine, principal, (desk, error) =>
        request.log.error({ err: error, desk }, 'a desk was not counted'),
      );
      return { now: await loadNow(mine), ...found };
    },
  );
}
