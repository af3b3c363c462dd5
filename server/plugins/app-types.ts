// The types all plugins and routes share: the app, what they may use, and the access every route has to state.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { Config } from '../config.ts';
import type { PlanJobs } from '../jobs/plan-jobs.ts';
import { permissionWords } from '../permission/permission-table.ts';
import type { Store } from '../store/store.ts';

/** open: health, sign-in and pages · signed-in: anybody with a session or a token · a permission of the table. */
export const accessLevels = ['open', 'signed-in', ...permissionWords] as const;
export type Access = (typeof accessLevels)[number];

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
}

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** What routes work with. */
export interface Services {
  readonly store: Store;
  readonly config: Config;
  readonly jobs: PlanJobs;
}
