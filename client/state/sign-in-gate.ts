// Where refused calls wait for a person: all are let through together once somebody is signed in, or sent away together.

export interface SignInGate {
  /** True when the call is worth sending again. */
  wait(): Promise<boolean>;
  settle(isWorthIt: boolean): void;
}

export function makeSignInGate(): SignInGate {
  let waiting: ((isWorthIt: boolean) => void)[] = [];
  return {
    wait: () => new Promise((resolve) => waiting.push(resolve)),
    settle(isWorthIt) {
      const those = waiting;
      waiting = [];
      for (const resolve of those) resolve(isWorthIt);
    },
  };
}
