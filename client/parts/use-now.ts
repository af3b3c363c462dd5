// The time for clocks on the screen, in milliseconds since 1970; draws again when a step of it has passed.
import { useEffect, useState } from 'react';

export function useNow(stepMs = 30_000): number {
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), stepMs);
    return () => clearInterval(timer);
  }, [stepMs]);
  return nowMs;
}
