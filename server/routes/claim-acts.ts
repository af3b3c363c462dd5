// What people do with a claim that is there: extend, release, agree to share, take an operator's request up, set a rule aside, take it
// back. The resource is locked first, as everywhere, and what has run out on it ends before anybody decides anything.
import { type ClaimRule, compareClaims, judgeClaim, type StandingClaim } from '../../engine/index.ts';
import {
  claimConfirmSchema,
  claimExtendSchema,
  claimJsonSchema,
  claimMoveSchema,
  claimReasonSchema,
  claimTakeSchema,
  staleClaimSchema,
} from '../contract/claims.ts';
import { ProductError } from '../errors.ts';
import type { Principal } from '../permission/principal.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { onceHeadersSchema, onceOnly, sendOnce } from '../plugins/once-only.ts';
import { signedInPerson } from '../plugins/sign-in.ts';
import {
  type ClaimChange,
  type ClaimGrounds,
  type ClaimRow,
  changeClaim,
  confirmClaim,
  displaceClaims,
  loadClaimGrounds,
  lockResourceOfClaim,
  withdrawClaim,
} from '../store/claims.ts';
import type { Queryable } from '../store/store.ts';
import { claimRowOf, claimSeenBy, demandAction, refusalOf, staleClaim } from './claim-parts.ts';
import { explainClaim } from './claim-words.ts';
import { answeredRequests, demandPromiseAhead } from './make-claim.ts';
import { versionOfRequest } from './resource-parts.ts';
import { idParams, replies } from './route-parts.ts';

const ofOne = {
  tags: ['claims'],
  params: idParams,
  headers: onceHeadersSchema,
  response: { ...replies(claimJsonSchema), 412: replies(staleClaimSchema)[200] },
};

interface Act {
  readonly tx: Queryable;
  readonly principal: Principal;
  readonly row: ClaimRow;
}

export function claimActRoutes(app: App, { store }: Pick<Services, 'store'>): void {
  /** Once for its key, under the lock; 412 when the claim is not as it was looked at. */
  const act = async (
    request: Parameters<typeof onceOnly>[0],
    id: string,
    reason: string,
    work: (act: Act) => Promise<void>,
  ) => {
    const { principal } = signedInPerson(request);
    const version = versionOfRequest(request);
    return onceOnly(request, store, reason, async (tx) => {
      if ((await lockResourceOfClaim(tx, id)) === null) throw new ProductError('CLAIM_UNKNOWN', { id });
      const row = await claimRowOf(tx, id);
      // what has run out just now is told by its state: nobody changed it
      if (version !== row.version && row.state !== '已到期')
        return { status: 412, body: staleClaim(request, claimSeenBy(principal, row)) };
      await work({ tx, principal, row });
      return { status: 200, body: claimSeenBy(principal, await claimRowOf(tx, id)) };
    });
  };

  app.post(
    '/api/claims/:id/extend',
    { config: { access: 'claim:create' }, schema: { ...ofOne, body: claimExtendSchema } },
    async (request, reply) =>
      sendOnce(
        reply,
        await act(request, request.params.id, request.body.reason ?? '', async ({ tx, principal, row }) => {
          demandAction(principal, row, 'extend');
          await changed(tx, row, { extended: true });
        }),
      ),
  );

  app.post(
    '/api/claims/:id/release',
    { config: { access: 'claim:release' }, schema: { ...ofOne, body: claimReasonSchema } },
    async (request, reply) =>
      sendOnce(
        reply,
        await act(request, request.params.id, request.body.reason, async ({ tx, principal, row }) => {
          demandAction(principal, row, 'release', 'force-release');
          await changed(tx, row, { state: '已释放' });
        }),
      ),
  );

  app.post(
    '/api/claims/:id/confirm',
    { config: { access: 'claim:request' }, schema: { ...ofOne, body: claimConfirmSchema } },
    async (request, reply) => {
      const { agrees, note = '' } = request.body;
      return sendOnce(
        reply,
        await act(request, request.params.id, note, async ({ tx, principal, row }) => {
          demandAction(principal, row, 'confirm');
          if (!(await confirmClaim(tx, row.id, principal.organisation, agrees, note)))
            throw new ProductError('PERMISSION_DENIED');
        }),
      );
    },
  );

  app.post(
    '/api/claims/:id/take',
    { config: { access: 'claim:create' }, schema: { ...ofOne, body: claimTakeSchema } },
    async (request, reply) => {
      const { reason = '', onAirBy } = request.body;
      return sendOnce(
        reply,
        await act(request, request.params.id, reason, async (given) => {
          demandAction(given.principal, given.row, 'take');
          demandPromiseAhead(onAirBy);
          await takeUp(given, onAirBy, reason);
        }),
      );
    },
  );

  app.post(
    '/api/claims/:id/override',
    { config: { access: 'claim:override' }, schema: { ...ofOne, body: claimReasonSchema } },
    async (request, reply) =>
      sendOnce(
        reply,
        await act(request, request.params.id, request.body.reason, async (given) => {
          demandAction(given.principal, given.row, 'override');
          await setAside(given, request.body.reason);
        }),
      ),
  );

  app.post(
    '/api/claims/:id/moves',
    // the machine asks for the permission of the move
    { config: { access: 'claim:read' }, schema: { ...ofOne, body: claimMoveSchema } },
    async (request, reply) => {
      const { to, reason = '' } = request.body;
      return sendOnce(
        reply,
        await act(request, request.params.id, reason, async ({ tx, principal, row }) => {
          if (to !== '已撤回') {
            const possible = '已撤回';
            throw new ProductError('STATE_MOVE_UNKNOWN', { from: row.state, to, possible });
          }
          demandAction(principal, row, 'withdraw');
          if (!(await withdrawClaim(tx, row.id))) throw new ProductError('PERMISSION_DENIED');
        }),
      );
    },
  );
}

async function changed(tx: Queryable, { id }: ClaimRow, change: ClaimChange): Promise<void> {
  if (!(await changeClaim(tx, id, change))) throw new ProductError('PERMISSION_DENIED');
}

/** An operator's request becomes a claim. One that goes before it may be passed over with a reason, which the other is told. */
async function takeUp(
  { tx, principal, row }: Act,
  onAirBy: string | undefined,
  reason: string,
): Promise<void> {
  const { organisation } = principal;
  const grounds = await groundsOf(tx, row);
  const claim = asNewClaim(row, organisation, onAirBy);
  const rivals = grounds.standing.filter(({ company, id }) => company === '' && id !== row.id);
  const first = rivals
    .map((rival) => ({ rival, ...compareClaims(rival, claim) }))
    .filter(({ order, rival }) => order < 0 && !fitsBoth(grounds, claim, rival))
    .sort((a, b) => compareClaims(a.rival, b.rival).order)[0];
  if (first && reason.trim() === '') throw passedOver(first.rival, claim, first.rule);

  const verdict = judgeClaim(grounds.ground, runningOf(grounds, row), claim, grounds.values);
  if (verdict.outcome === 'refused') throw refusalOf(verdict.reason);
  await displaceClaims(tx, row.resource.id, [
    ...verdict.displaced,
    ...answeredRequests(grounds.standing, claim, organisation),
  ]);
  const waits = verdict.outcome === 'share' ? verdict.reason : null;
  await changed(tx, row, {
    company: organisation,
    state: waits ? '申请' : '持有',
    rule: first ? 'CLAIM-OVERRIDE' : (waits?.rule ?? null),
    facts: first
      ? { setAside: first.rule, passedOver: first.rival.operators.join('、') }
      : (waits?.facts ?? {}),
    ...(first && { overrideReason: reason }),
    ...(onAirBy !== undefined && { onAirBy }),
  });
}

/** The sharing office records why rule 3 does not hold here; the rest is judged again. */
async function setAside({ tx, row }: Act, reason: string): Promise<void> {
  const grounds = await groundsOf(tx, row);
  const claim = asNewClaim(row, row.company, undefined);
  const verdict = judgeClaim(grounds.ground, runningOf(grounds, row), claim, grounds.values, true);
  if (verdict.outcome === 'refused') throw refusalOf(verdict.reason);
  await displaceClaims(tx, row.resource.id, verdict.displaced);
  await changed(tx, row, {
    state: verdict.outcome === 'share' ? '申请' : '持有',
    rule: 'CLAIM-OVERRIDE',
    facts: { ...row.facts, setAside: row.rule },
    overrideReason: reason,
  });
}

type Ready = ClaimGrounds & { readonly ground: NonNullable<ClaimGrounds['ground']> };

async function groundsOf(tx: Queryable, { resource }: ClaimRow): Promise<Ready> {
  const grounds = await loadClaimGrounds(tx, {
    resourceId: resource.id,
    planId: null,
    siteId: null,
    demandIds: [],
  });
  const { ground } = grounds;
  if (!ground) throw new ProductError('RESOURCE_UNKNOWN', { id: resource.id });
  return { ...grounds, ground };
}

const runningOf = ({ standing }: Ready, { id }: ClaimRow): StandingClaim[] =>
  standing.filter((other) => other.company !== '' && other.id !== id);

const asNewClaim = (row: ClaimRow, company: string, onAirBy: string | undefined) => ({
  id: row.id,
  company,
  operators: row.operators,
  slots: row.slots,
  loadKg: row.loadKg,
  powerKva: row.powerKva,
  keyAreaDeadline: row.keyAreaDeadline,
  demandsServed: row.demandIds.length,
  onAirBy: onAirBy ?? row.onAirBy,
  submittedAt: row.submittedAt,
});

/** Neither takes the other's place. */
function fitsBoth(grounds: Ready, claim: StandingLike, rival: StandingClaim): boolean {
  const running = grounds.standing.filter(({ company }) => company !== '');
  const beside = [...running, { ...rival, state: '持有' as const, company: '—' }];
  return judgeClaim(grounds.ground, beside, claim, grounds.values, true).outcome !== 'refused';
}
type StandingLike = ReturnType<typeof asNewClaim>;

function passedOver(rival: StandingClaim, claim: StandingLike, rule: ClaimRule): ProductError {
  const operators = rival.operators.join('、');
  const words = explainClaim(rule, {
    winner: operators,
    winnerKeyArea: rival.keyAreaDeadline,
    loserKeyArea: claim.keyAreaDeadline,
    winnerDemands: rival.demandsServed,
    loserDemands: claim.demandsServed,
    winnerOnAir: rival.onAirBy,
    loserOnAir: claim.onAirBy,
    winnerSubmitted: rival.submittedAt,
    loserSubmitted: claim.submittedAt,
  });
  const why = { zh: words?.zh ?? rule, en: words?.en ?? rule };
  return new ProductError('CLAIM_PASSED_OVER', { operators, rule, why });
}
