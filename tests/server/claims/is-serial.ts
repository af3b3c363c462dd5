// Whether steps on a resource with one place can have happened one after the other: each somewhere between its call and its answer,
// each with the outcome it told. Search in the manner of Wing and Gong (1993), with what has been tried kept.

export interface Step {
  readonly what: 'claim' | 'extend' | 'release' | 'end';
  readonly claim: string;
  /** False: it was refused, or found nothing to do. */
  readonly done: boolean;
  /** Ticks of a common clock at the call and at the answer. */
  readonly from: number;
  readonly to: number;
}

interface Place {
  readonly holder: string | null;
  readonly extended: boolean;
}

/** The place after a step, or null when the step could not have ended like this. */
function after({ holder, extended }: Place, { what, claim, done }: Step): Place | null {
  const isHolder = holder === claim;
  const could = what === 'claim' ? holder === null : what === 'extend' ? isHolder && !extended : isHolder;
  if (could !== done) return null;
  if (!done) return { holder, extended };
  if (what === 'claim') return { holder: claim, extended: false };
  return what === 'extend' ? { holder, extended: true } : { holder: null, extended: false };
}

export function isSerial(steps: readonly Step[]): boolean {
  const tried = new Set<string>();
  const search = (left: readonly Step[], place: Place): boolean => {
    if (left.length === 0) return true;
    const key = JSON.stringify([left.map(({ from }) => from), place]);
    if (tried.has(key)) return false;
    tried.add(key);
    const soonest = Math.min(...left.map(({ to }) => to));
    // what was called after another had been answered came after it
    return left
      .filter(({ from }) => from < soonest)
      .some((step) => {
        const next = after(place, step);
        return (
          next !== null &&
          search(
            left.filter((other) => other !== step),
            next,
          )
        );
      });
  };
  return search(steps, { holder: null, extended: false });
}
