// The little this browser keeps between pages for one person: where to go on after the identity provider, and nothing else.
// Signing out forgets it.

const returnKey = 'zhanzhi.return';

export function keepReturnPath(path: string): void {
  attempt(() => sessionStorage.setItem(returnKey, path));
}

/** The kept path, once; null when there is none or it leads anywhere but to a screen of ours. */
export function takeReturnPath(): string | null {
  const path = attempt(() => sessionStorage.getItem(returnKey)) ?? null;
  attempt(() => sessionStorage.removeItem(returnKey));
  return isScreenPath(path) ? path : null;
}

export function forgetPerson(): void {
  attempt(() => sessionStorage.removeItem(returnKey));
}

/** `//host` and `/\host` are addresses of other hosts; the sign-in page itself is nowhere to go back to. */
export function isScreenPath(path: string | null): path is string {
  return path !== null && /^\/(?![/\\])/.test(path) && !/^\/(sign-in|api)\b/.test(path);
}

/** Browsers that keep nothing throw. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
