// One try of a form: busy while it runs, the refusal until the next one. Nothing of what was typed is kept anywhere.
import { useState } from 'react';

export interface Attempt {
  readonly isBusy: boolean;
  readonly error: unknown;
  attempt(work: () => Promise<void>): void;
}

export function useAttempt(): Attempt {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const attempt = (work: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    work()
      .catch(setError)
      .finally(() => setBusy(false));
  };
  return { isBusy, error, attempt };
}
