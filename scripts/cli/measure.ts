// What a run took: memory at its highest, and the steps as they end. For people, on standard error.

/** Highest memory of this process so far, megabytes. */
export function peakMb(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}

/** A progress callback that prints each step with its time when the next one begins. */
export function reportSteps<Step extends string>(): (progress: {
  step: Step;
  done: number;
  total: number;
}) => void {
  let current: { step: Step; from: number } | null = null;
  let last = 0;
  return ({ step, done, total }) => {
    const now = performance.now();
    if (current?.step !== step) {
      current = { step, from: now };
      last = now;
      console.error(`${step} …`);
    }
    const isEnd = total > 0 && done >= total;
    if (!isEnd && now - last < 2000) return;
    last = now;
    const percent = total > 0 ? Math.floor((100 * done) / total) : 0;
    console.error(`${step} ${percent} % (${((now - current.from) / 1000).toFixed(1)} s)`);
  };
}
