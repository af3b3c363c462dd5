// Work a service does by itself as long as it runs: again and again, never twice at once, and its end is waited for.

export interface Kept {
  /** Resolves when nothing is under way any more; nothing begins after it was called. */
  end(): Promise<void>;
}

/** Runs `work` now and then `everyMs` after each end. What it throws goes to `report`, and it runs again. */
export function keepDoing(
  everyMs: number,
  work: () => Promise<unknown>,
  report: (why: string) => void,
): Kept {
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  const once = async (): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!isOver) report(error instanceof Error ? error.message : String(error));
    }
    if (isOver) return;
    timer = setTimeout(() => {
      busy = once();
    }, everyMs);
    timer.unref();
  };
  let busy = once();
  return {
    end: () => {
      isOver = true;
      clearTimeout(timer);
      return busy;
    },
  };
}
