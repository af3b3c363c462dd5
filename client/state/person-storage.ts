// The little this browser keeps between pages for one person: where to go on after the identity provider and what has not reached the
// service yet, forgotten with signing out, and how each account likes its tables, under the account's id.

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
  attempt(() => {
    sessionStorage.removeItem(returnKey);
    for (const key of Object.keys(sessionStorage))
      if (key.startsWith(tabPrefix)) sessionStorage.removeItem(key);
  });
}

const tabPrefix = 'zhanzhi.tab.';

/** Until this tab is closed or the person signs out; survives a reload and the way over an identity provider. */
export function keepInTab(accountId: string, name: string, text: string): void {
  attempt(() => sessionStorage.setItem(`${tabPrefix}${accountId}.${name}`, text));
}

export function keptInTab(accountId: string, name: string): string | null {
  return attempt(() => sessionStorage.getItem(`${tabPrefix}${accountId}.${name}`)) ?? null;
}

export function keepForAccount(accountId: string, name: string, text: string): void {
  attempt(() => localStorage.setItem(accountKey(accountId, name), text));
}

export function keptForAccount(accountId: string, name: string): string | null {
  return attempt(() => localStorage.getItem(accountKey(accountId, name))) ?? null;
}

const accountKey = (accountId: string, name: string) => `zhanzhi.account.${accountId}.${name}`;

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
