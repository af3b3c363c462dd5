// Who is signed in. Asked at the start; nobody gets the sign-in page. When a session ends in the middle of work, calls wait at a
// gate while somebody signs in over the screen. Another person, and signing out, begin with a fresh page: nothing of the one
// before stays in memory.
import type { MeJson, NewPasswordJson, SessionStateJson, TokenJson } from '../../server/contract/people.ts';
import { onSessionNeeded, type SessionNeed } from '../api/fetch-reply.ts';
import {
  fetchSession,
  providerAddress,
  sendPassword,
  sendSetup,
  sendSignIn,
  sendSignOut,
  sendSignOutEverywhere,
} from '../api/session.ts';
import { makeStore, useStore } from './make-store.ts';
import { forgetPerson, keepReturnPath, takeReturnPath } from './person-storage.ts';
import { makeSignInGate } from './sign-in-gate.ts';

export type Permission = TokenJson['scope'][number];

export interface Session {
  /** asking: not known yet · failed: nothing answers · out · in */
  readonly phase: 'asking' | 'failed' | 'out' | 'in';
  readonly me: MeJson | null;
  /** What the sign-in page offers. */
  readonly door: Omit<SessionStateJson, 'me'>;
  /** What is asked over the screen while calls wait. */
  readonly asks: null | 'sign-in' | 'password';
  /** Somebody else signed in in another window of this browser. */
  readonly other: string | null;
  /** Why nothing is known, when the phase is `failed`. */
  readonly failure: unknown;
}

const noDoor: Session['door'] = { demo: [], demoPassword: null, oidc: false, setup: false };

export const sessionStore = makeStore<Session>({
  phase: 'asking',
  me: null,
  door: noDoor,
  asks: null,
  other: null,
  failure: null,
});

const gate = makeSignInGate();

/** Call once, before the first screen; again after `failed`. */
export async function startSession(): Promise<void> {
  onSessionNeeded(askForPerson);
  sessionStore.set({ phase: 'asking', failure: null });
  try {
    const { me, ...door } = await fetchSession();
    sessionStore.set({ door });
    const returnPath = takeReturnPath();
    if (me !== null && returnPath !== null) window.location.replace(returnPath);
    else if (me !== null) welcome(me);
    else sessionStore.set({ phase: 'out' });
  } catch (failure) {
    sessionStore.set({ phase: 'failed', failure });
  }
}

/** Throws what the service refuses with. */
export async function signIn(login: string, password: string): Promise<void> {
  welcome(await sendSignIn(login, password));
}

export async function setUp(code: string, password: string): Promise<void> {
  welcome(await sendSetup(code, password));
}

export async function changePassword(change: NewPasswordJson): Promise<void> {
  welcome(await sendPassword(change));
}

/** Leaves the page for the identity provider; the way back ends where it began. */
export function goToProvider(): void {
  keepReturnPath(`${window.location.pathname}${window.location.search}`);
  window.location.assign(providerAddress);
}

/** The page begins anew for nobody. Throws when the service does not hear of it. */
export async function signOut(from: 'here' | 'everywhere' = 'here'): Promise<void> {
  if (from === 'here') await sendSignOut();
  else await sendSignOutEverywhere();
  gate.settle(false);
  forgetPerson();
  window.location.replace('/');
}

/** The calls that wait are refused; what was typed stays on the screen. */
export function signInLater(): void {
  sessionStore.set({ asks: null });
  gate.settle(false);
}

/** For a window that comes to the front again: somebody may have signed in or changed places in another one. */
export async function lookAgain(): Promise<void> {
  const { phase, me } = sessionStore.get();
  if (phase !== 'in' && phase !== 'out') return;
  const now = (await fetchSession().catch(() => null))?.me ?? null;
  if (now !== null && (me !== null || phase === 'out')) welcome(now);
}

/** May the person on the screen do this at all? For which rows is the service's business. */
export function mayDo({ me }: Pick<Session, 'me'>, permission: Permission): boolean {
  return me?.permissions[permission] !== undefined;
}

export const useMay = (permission: Permission): boolean =>
  useStore(sessionStore, (session) => mayDo(session, permission));

/** Only rows of one's own organisation are listed: the words say so. */
export const useOwnOnly = (permission: Permission): boolean =>
  useStore(sessionStore, ({ me }) => me?.permissions[permission] === 'own');

export const useMe = (): MeJson | null => useStore(sessionStore, ({ me }) => me);

function welcome(me: MeJson): void {
  const { me: before, asks } = sessionStore.get();
  if (before !== null && before.id !== me.id) {
    // not one call of the person before is sent in the name of another
    sessionStore.set({ other: me.name, asks: null });
    gate.settle(false);
    return;
  }
  const stillAsks = me.mustChangePassword && asks !== null ? 'password' : null;
  sessionStore.set({ phase: 'in', me, asks: stillAsks });
  if (!me.mustChangePassword) gate.settle(true);
}

/** For calls made elsewhere (tiles of the map) that were refused: true once the person is back and they are worth repeating. */
export const personIsBack = (): Promise<boolean> => askForPerson('SESSION_NEEDED');

/** For fetch-reply. */
async function askForPerson(need: SessionNeed): Promise<boolean> {
  const { me, other } = sessionStore.get();
  if (other !== null) return false;
  if (me === null) {
    sessionStore.set({ phase: 'out' });
    return false;
  }
  sessionStore.set({ asks: need === 'SESSION_NEEDED' ? 'sign-in' : 'password' });
  return gate.wait();
}
