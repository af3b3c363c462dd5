// What becomes of every call that changes something when it comes twice, and when it comes late: the whole list, kept like that of access
// (reliability reference, 4.7). Checked before a route's own work, told in the API description, and compared with the routes by
// tests/server/permission/write-rules.test.ts, so that no route is added without an answer to both.
import type { FastifyRequest } from 'fastify';
import { ProductError } from '../errors.ts';
import type { App } from './app-types.ts';
import { keyOf } from './once-only.ts';

/**
 * key: `Idempotency-Key` is demanded, the same key is the same act and the same answer · key to do: unless it is only looked at (dryRun,
 * mode=check) · otherwise why a second one does no harm.
 */
type Twice = 'key' | 'key to do' | `${string} ${string}`;
/**
 * if-match: the version of the row as it was looked at is demanded, another one is refused with the row as it is · rows: the body names
 * rows with theirs · otherwise why no version is asked for.
 */
type Late = 'if-match' | 'rows' | `${string} ${string}`;

export interface WriteRule {
  readonly twice: Twice;
  readonly late: Late;
}

const rule = (twice: Twice, late: Late): WriteRule => ({ twice, late });

const MAKES = 'makes a new row';
const ADDS = 'adds to the row and overwrites nothing';
const READS = 'only reads';
const GONE = 'the second finds nothing to remove';
const FIXED = 'never changes after it was made';
const LATE_SECOND = 'the second is late: its version is gone';
const ENDS = 'ends what there is, whatever it is by then';

const made = rule('key', MAKES);
const added = rule('key', ADDS);
const acted = rule('key', 'if-match');
const actedOnRows = rule('key', 'rows');
const looked = rule(READS, READS);
const changed = rule(LATE_SECOND, 'if-match');
const removed = rule(GONE, FIXED);
const removedAsSeen = rule(GONE, 'if-match');

/** By method and path as the API description has them. */
export const writeRules: Readonly<Record<string, WriteRule>> = {
  // doors and people
  'POST /api/session': rule('each is a session of its own, the oldest beyond twenty ends', MAKES),
  'DELETE /api/session': rule(GONE, ENDS),
  'POST /api/session/password': rule(
    'the second knows the password no longer that was current',
    'asks for the current password',
  ),
  'DELETE /api/sessions': rule(GONE, ENDS),
  'DELETE /api/sessions/{id}': rule(GONE, ENDS),
  'POST /api/setup': rule('the code works once', 'asks for the code'),
  'POST /api/tokens': made,
  'DELETE /api/tokens/{id}': rule(GONE, ENDS),
  'POST /api/accounts': made,
  'POST /api/accounts/bulk': rule('key to do', 'rows'),
  'PATCH /api/accounts/{id}': changed,
  'POST /api/accounts/{id}/password': rule('the second is refused as a password used before', ENDS),
  'POST /api/accounts/{id}/sign-out': rule(GONE, ENDS),
  'POST /api/webhooks': made,
  'PATCH /api/webhooks/{id}': changed,
  'DELETE /api/webhooks/{id}': removedAsSeen,
  'POST /api/webhooks/{id}/secret': acted,
  'POST /api/webhooks/{id}/test': added,
  'POST /api/webhooks/{id}/deliveries/{deliveryId}/again': rule('key', 'sends the same words again'),
  'PATCH /api/rules/{name}': changed,
  'PUT /api/calendar/days': changed,
  'POST /api/rule-proposals': made,
  'POST /api/rule-proposals/{id}/moves': acted,
  'POST /api/notices/read': rule('what is read stays read', 'what is read stays read'),
  'POST /api/notices/{id}/read': rule('what is read stays read', 'what is read stays read'),
  'POST /api/export-requests': made,
  'POST /api/export-requests/{id}/decisions': acted,

  // ground and plans
  'POST /api/areas': made,
  'PATCH /api/areas/{id}': acted,
  'POST /api/areas/moves': actedOnRows,
  'POST /api/areas/{id}/moves': acted,
  'DELETE /api/areas/{id}': removedAsSeen,
  'POST /api/antennas': rule('the same file is the same antenna', MAKES),
  'DELETE /api/antennas/{id}': removed,
  'DELETE /api/rasters/{id}': removed,
  'POST /api/imports': rule('key to do', MAKES),
  'POST /api/sites/derive': rule('what is derived already is left out', MAKES),
  'POST /api/plan-inputs': looked,
  'POST /api/plan-requests': looked,
  'POST /api/plans': made,
  'DELETE /api/plans/{id}': rule(GONE, 'refused while it is computed, and fixed afterwards'),
  'POST /api/plans/{id}/cancel': rule('the second is refused: it has ended', ENDS),
  'POST /api/plans/{id}/enough': rule('the search ends once', ENDS),
  'POST /api/plans/{id}/moves': acted,
  'POST /api/plans/{id}/reviews': added,
  'POST /api/plans/{id}/comments': added,

  // resources
  'POST /api/resources': made,
  'PATCH /api/resources/{id}': changed,
  'PUT /api/resources/{id}/position': changed,
  'PUT /api/resources/{id}/whitelist': changed,
  'PUT /api/resources/{id}/contacts': changed,
  'POST /api/resources/{id}/confirmation': acted,
  'POST /api/resources/{id}/moves': acted,
  'POST /api/resources/moves': rule('key to do', 'rows'),
  'POST /api/resources/confirmations': rule('key to do', 'rows'),
  'POST /api/resources/take-over': rule(
    'key to do',
    'makes new rows of candidates that are in the library not yet',
  ),
  'POST /api/resources/{id}/comments': added,
  'POST /api/comments/{id}/answers': acted,
  'POST /api/resources/{id}/photos': added,
  'DELETE /api/resources/{id}/photos/{photoId}': removed,
  'POST /api/resources/{id}/attachments': added,
  'DELETE /api/resources/{id}/attachments/{attachmentId}': removed,
  'POST /api/directories': rule('key', 'the number of rows that was looked at goes along'),

  // demands and claims
  'POST /api/demands': made,
  'PATCH /api/demands/{id}': changed,
  'POST /api/demands/{id}/moves': acted,
  'POST /api/demands/{id}/match': acted,
  'POST /api/demands/matches': rule('key to do', 'takes those that are new by then, under the filters'),
  'POST /api/demands/merge': actedOnRows,
  'POST /api/claims': made,
  'POST /api/claims/bulk': rule('key to do', MAKES),
  'POST /api/claims/requests': made,
  'POST /api/claims/{id}/confirm': acted,
  'POST /api/claims/{id}/extend': acted,
  'POST /api/claims/{id}/moves': acted,
  'POST /api/claims/{id}/override': acted,
  'POST /api/claims/{id}/release': acted,
  'POST /api/claims/{id}/take': acted,

  // batches
  'POST /api/batches/preview': looked,
  'POST /api/batches': made,
  'PATCH /api/batches/{id}': changed,
  'DELETE /api/batches/{id}': removedAsSeen,
  'PATCH /api/batches/{id}/rows/{rowId}': changed,
  'DELETE /api/batches/{id}/rows/{rowId}': removedAsSeen,
  'POST /api/batches/{id}/rows/{rowId}/resubmit': acted,
  'POST /api/batches/{id}/submit': acted,
  'POST /api/batches/{id}/withdraw': acted,
  'POST /api/batches/{id}/close': acted,
  'POST /api/batches/{id}/decisions': actedOnRows,
  'POST /api/batches/{id}/town-opinions': actedOnRows,
  'POST /api/batches/{id}/department-opinions': actedOnRows,
  'POST /api/batches/{id}/countersigns': actedOnRows,
  'POST /api/batches/{id}/countersigns/withdraw': actedOnRows,
  'POST /api/batches/{id}/undo': rule('key', 'takes back the act it names, or the last one'),
  'POST /api/batches/{id}/urges': added,
  'POST /api/batches/{id}/handovers': acted,

  // cases
  'POST /api/cases': made,
  'POST /api/cases/from-plan': rule('key to do', MAKES),
  'POST /api/cases/moves': rule('key to do', 'rows'),
  'PATCH /api/cases/{id}': changed,
  'POST /api/cases/{id}/moves': acted,
  'POST /api/cases/{id}/delivery': acted,
  'PUT /api/cases/{id}/survey': changed,
  'POST /api/photos': rule('the same bytes are the same photo', ADDS),
  'DELETE /api/photos/{id}': removed,
  'POST /api/cases/{id}/attachments': added,
  'DELETE /api/cases/{id}/attachments/{attachmentId}': removed,

  // problems
  'POST /api/problems': made,
  'POST /api/problems/assignments': rule('key to do', 'rows'),
  'POST /api/problems/{id}/assignment': acted,
  'POST /api/problems/{id}/moves': acted,
  'POST /api/problems/{id}/escalation': acted,
  'POST /api/problems/{id}/urges': added,
  'POST /api/problems/{id}/progress': added,
  'POST /api/problems/{id}/evidence': added,
  'POST /api/problems/{id}/attachments': added,
  'DELETE /api/problems/{id}/attachments/{attachmentId}': removed,

  // relocations
  'POST /api/relocations': made,
  'PATCH /api/relocations/{id}': acted,
  'POST /api/relocations/{id}/moves': acted,
  'POST /api/relocations/{id}/override': acted,
  'PUT /api/relocations/{id}/transmission': acted,
  'POST /api/relocations/{id}/attachments': added,
  'DELETE /api/relocations/{id}/attachments/{attachmentId}': removed,
};

/** `url` as a route states it. */
export const writeRuleOf = (method: string, url: string): WriteRule | undefined =>
  writeRules[`${method.toUpperCase()} ${url.replace(/:(\w+)/g, '{$1}')}`];

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Set for the route, never by it. */
    writeRule?: WriteRule;
  }
}

export function registerWriteRules(app: App): void {
  app.addHook('onRoute', (route) => {
    const stated = writeRuleOf(String(route.method), route.url);
    if (stated) route.config = { ...route.config, writeRule: stated };
  });
  // after the schemas: whether it is only looked at stands in the body or the query
  app.addHook('preHandler', async (request) => {
    const { writeRule } = request.routeOptions.config;
    if (!writeRule) return;
    const { twice, late } = writeRule;
    if (twice === 'key' || (twice === 'key to do' && !isOnlyLooking(request))) keyOf(request);
    if (late === 'if-match' && request.headers['if-match'] === undefined)
      throw new ProductError('REQUEST_VERSION_MISSING');
  });
}

function isOnlyLooking({ body, query }: FastifyRequest): boolean {
  const { dryRun } = (body ?? {}) as { readonly dryRun?: unknown };
  const { mode } = (query ?? {}) as { readonly mode?: unknown };
  return dryRun === true || mode === 'check';
}
