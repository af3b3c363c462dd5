// The whole service in plain sight: what all routes share, then every route. Tests build the same app and inject requests;
// startService puts it on its port, takes up interrupted plans and ends cleanly.

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import fastify, { LogController } from 'fastify';
import { type Config, isLoopback, projectDir } from './config.ts';
import { ProductError } from './errors.ts';
import { dismissReader } from './import/reader-process.ts';
import { keepTimers } from './jobs/keep-timers.ts';
import { makePlanJobs, type PlanJobs } from './jobs/plan-jobs.ts';
import { keepPosting } from './jobs/post-webhooks.ts';
import { firstStart } from './people/first-start.ts';
import {
  makePasswords,
  PASSWORDS_AT_ONCE,
  PASSWORDS_WAITING,
  type Passwords,
} from './people/make-passwords.ts';
import { tellFirstStart } from './people/tell-first-start.ts';
import { registerAccess } from './plugins/access.ts';
import { registerActs } from './plugins/acts.ts';
import { registerApiDescription } from './plugins/api-description.ts';
import type { App, Services } from './plugins/app-types.ts';
import { registerClientFiles } from './plugins/client-files.ts';
import { registerErrorReplies, sendConnectionError, sendFrameworkError } from './plugins/error-replies.ts';
import { makeGate } from './plugins/gate.ts';
import { registerLimits } from './plugins/limits.ts';
import { registerSecurityHeaders } from './plugins/security-headers.ts';
import { registerSignIn } from './plugins/sign-in.ts';
import { registerValidation } from './plugins/validation.ts';
import { registerWriteRules } from './plugins/write-rules.ts';
import { accountRoutes } from './routes/accounts.ts';
import { antennaRoutes } from './routes/antennas.ts';
import { areaMoveRoutes } from './routes/area-moves.ts';
import { areaRoutes } from './routes/areas.ts';
import { attachmentRoutes } from './routes/attachments.ts';
import { auditRoutes } from './routes/audit.ts';
import { batchActRoutes } from './routes/batch-acts.ts';
import { batchExportRoutes } from './routes/batch-exports.ts';
import { batchVerbRoutes } from './routes/batch-verbs.ts';
import { batchRoutes } from './routes/batches.ts';
import { caseExportRoutes } from './routes/case-exports.ts';
import { caseMoveRoutes } from './routes/case-moves.ts';
import { caseRoutes } from './routes/cases.ts';
import { catalogueRoutes } from './routes/catalogue.ts';
import { claimActRoutes } from './routes/claim-acts.ts';
import { claimExportRoutes } from './routes/claim-exports.ts';
import { claimRoutes } from './routes/claims.ts';
import { commentRoutes } from './routes/comments.ts';
import { demandMatchRoutes } from './routes/demand-matches.ts';
import { demandRoutes } from './routes/demands.ts';
import { deskMapRoutes } from './routes/desk-maps.ts';
import { directoryRoutes } from './routes/directories.ts';
import { districtRoutes } from './routes/districts.ts';
import { eventRoutes } from './routes/events.ts';
import { exportRequestRoutes } from './routes/export-requests.ts';
import { healthRoutes } from './routes/health.ts';
import { homeRoutes } from './routes/home.ts';
import { importRoutes } from './routes/imports.ts';
import { noticeRoutes } from './routes/notices.ts';
import { oidcRoutes } from './routes/oidc.ts';
import { permissionRoutes } from './routes/permissions.ts';
import { photoRoutes } from './routes/photos.ts';
import { planApprovalRoutes } from './routes/plan-approval.ts';
import { planExportRoutes } from './routes/plan-exports.ts';
import { planRoutes } from './routes/plans.ts';
import { problemExportRoutes } from './routes/problem-exports.ts';
import { problemRoutes } from './routes/problems.ts';
import { progressRoutes } from './routes/progress.ts';
import { rasterRoutes } from './routes/rasters.ts';
import { relocationExportRoutes } from './routes/relocation-exports.ts';
import { relocationRoutes } from './routes/relocations.ts';
import { resourceExportRoutes } from './routes/resource-exports.ts';
import { resourceMoveRoutes } from './routes/resource-moves.ts';
import { resourcePhotoRoutes } from './routes/resource-photos.ts';
import { resourceRoutes } from './routes/resources.ts';
import { reviewRoutes } from './routes/reviews.ts';
import { roadRoutes } from './routes/roads.ts';
import { ruleProposalRoutes } from './routes/rule-proposals.ts';
import { ruleRoutes } from './routes/rules.ts';
import { searchRoutes } from './routes/search.ts';
import { sessionRoutes } from './routes/session.ts';
import { siteRoutes } from './routes/sites.ts';
import { surveyRoutes } from './routes/surveys.ts';
import { tileRoutes } from './routes/tiles.ts';
import { tokenRoutes } from './routes/tokens.ts';
import { underWayRoutes } from './routes/under-way.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import { actStore } from './store/act-store.ts';
import { anchorPlace, keepAnchors } from './store/audit-anchors.ts';
import type { Store } from './store/store.ts';

const JSON_BODY_BYTES = 4 * 1024 * 1024;
const KEEP_ALIVE_MS = 72_000;
const REQUESTS_PER_SOCKET = 10_000;
const CLOSE_WITHIN_MS = 10_000;

export const productVersion: string = (
  JSON.parse(readFileSync(join(projectDir, 'package.json'), 'utf8')) as { version: string }
).version;

export interface BuiltApp {
  readonly app: App;
  readonly jobs: PlanJobs;
}

/** Builds the app on an open, migrated store. `app.close()` stops jobs and streams; the store stays the caller's. */
export async function buildApp({ store, config }: { store: Store; config: Config }): Promise<BuiltApp> {
  const requestMs = config.requestSeconds * 1000;
  const app: App = fastify({
    logger: { level: config.logLevel, redact: ['req.headers.cookie', 'req.headers.authorization'] },
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    bodyLimit: JSON_BODY_BYTES,
    requestTimeout: requestMs,
    connectionTimeout: 0,
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxRequestsPerSocket: REQUESTS_PER_SOCKET,
    http: { headersTimeout: Math.min(requestMs, 60_000) },
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: sendFrameworkError,
    clientErrorHandler: sendConnectionError,
  }).withTypeProvider<TypeBoxTypeProvider>();
  const jobs = makePlanJobs({ store, config, log: app.log });
  const services: Services = { store, config, jobs };
  const passwords = newPasswords();

  registerAccess(app, config);
  registerActs(app);
  registerWriteRules(app);
  registerErrorReplies(app);
  registerValidation(app);
  await registerSecurityHeaders(app, config);
  await registerLimits(app, config);
  await registerSignIn(app, { store, config });
  await registerApiDescription(app, productVersion);
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });

  healthRoutes(app, services, productVersion);
  areaRoutes(app, services);
  areaMoveRoutes(app, services);
  districtRoutes(app);
  roadRoutes(app);
  siteRoutes(app);
  searchRoutes(app);
  importRoutes(app, services);
  rasterRoutes(app);
  antennaRoutes(app, services);
  catalogueRoutes(app);
  planRoutes(app, services);
  planApprovalRoutes(app, services);
  planExportRoutes(app, services);
  reviewRoutes(app, services);
  tileRoutes(app, services);
  sessionRoutes(app, { ...services, store: actStore(store) }, passwords);
  oidcRoutes(app, services);
  tokenRoutes(app, services);
  accountRoutes(app, services, passwords);
  permissionRoutes(app);
  auditRoutes(app, services);
  resourceRoutes(app, services);
  resourceMoveRoutes(app, services);
  resourceExportRoutes(app, services);
  resourcePhotoRoutes(app, services);
  directoryRoutes(app, services);
  caseRoutes(app, services);
  caseMoveRoutes(app, services);
  caseExportRoutes(app, services);
  surveyRoutes(app, services);
  photoRoutes(app, services);
  attachmentRoutes(app, services);
  underWayRoutes(app);
  relocationRoutes(app, services);
  progressRoutes(app, services);
  claimRoutes(app, services);
  claimActRoutes(app, services);
  claimExportRoutes(app, services);
  noticeRoutes(app, services);
  webhookRoutes(app, services);
  ruleRoutes(app, services);
  eventRoutes(app, services);
  homeRoutes(app, services);
  problemRoutes(app, services);
  batchRoutes(app, services);
  batchActRoutes(app, services);
  batchVerbRoutes(app, services);
  batchExportRoutes(app, services);
  problemExportRoutes(app, services);
  relocationExportRoutes(app, services);
  demandRoutes(app, services);
  commentRoutes(app, services);
  exportRequestRoutes(app, services);
  ruleProposalRoutes(app, services);
  demandMatchRoutes(app, services);
  deskMapRoutes(app, services);
  await registerClientFiles(app, config);

  app.addHook('preClose', async () => {
    dismissReader();
    await jobs.close();
  });
  return { app, jobs };
}

/** Sees to it that somebody can sign in. Answers what the command prints; a one-time code may be in it. */
export async function prepareAccounts(parts: { store: Store; config: Config }): Promise<string[]> {
  const { store, config } = parts;
  return tellFirstStart(await firstStart(store, config, newPasswords()));
}

const newPasswords = (): Passwords => makePasswords(makeGate(PASSWORDS_AT_ONCE, PASSWORDS_WAITING));

export interface Service {
  readonly app: App;
  readonly jobs: PlanJobs;
  /** http://host:port as printed; the real port when PORT=0. */
  readonly url: string;
  /** Stops accepting, ends streams and jobs, closes the store. Safe to call twice. */
  close(): Promise<void>;
}

/** Listens on config.host and config.port with an open, migrated store. Throws CONFIG_PORT_TAKEN. */
export async function startService({ store, config }: { store: Store; config: Config }): Promise<Service> {
  const { app, jobs } = await buildApp({ store, config });
  try {
    await app.listen({ port: config.port, host: config.host });
  } catch (error) {
    await app.close();
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    throw taken ? new ProductError('CONFIG_PORT_TAKEN', { port: config.port }) : error;
  }
  await jobs.resume();
  const timers = keepTimers(store, (line) => app.log.error(line));
  const posting = keepPosting(store, config, (line) => app.log.error(line));
  const anchors = keepAnchors(store, anchorPlace(config), (line) => app.log.error(line));
  let closing: Promise<void> | null = null;
  return {
    app,
    jobs,
    url: urlOf(app, config),
    close: () => {
      closing ??= app
        .close()
        .then(() => Promise.all([timers.end(), posting.end()]))
        .then(() => anchors.end())
        .then(() => store.close());
      return closing;
    },
  };
}

/** Ctrl-C and SIGTERM close the service; a second signal or ten seconds end the process. */
export function closeOnSignals(service: Service, onClosed: () => void = () => process.exit(0)): void {
  let asked = false;
  const close = (): void => {
    if (asked) process.exit(1);
    asked = true;
    setTimeout(() => process.exit(1), CLOSE_WITHIN_MS).unref();
    service.close().then(onClosed, () => process.exit(1));
  };
  process.on('SIGINT', close);
  process.on('SIGTERM', close);
}

function urlOf(app: App, { host, port }: Config): string {
  const address = app.server.address();
  const realPort = typeof address === 'object' && address ? address.port : port;
  const name = isLoopback(host) ? host.replace(/^::1$/, '[::1]') : 'localhost';
  return `http://${name}:${realPort}`;
}
