// One line to the service for as long as the page is looked at: server-sent events, opened again after growing pauses with the number of
// the last news, so that nothing in between is lost. A page in the background hangs up, because a browser has six lines to a host over
// plain HTTP and twelve open pages would leave none for work.
import type { EventJson } from '../../server/contract/events.ts';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
const HANG_UP_AFTER_MS = 15_000;

/** What a stream of events tells. */
export interface StreamEars {
  onOpen(): void;
  onMessage(data: string, lastEventId: string): void;
  onError(): void;
}

export interface LiveLineParts {
  /** Opens a stream; it is not opened again by itself. */
  readonly open: (path: string, ears: StreamEars) => { close(): void };
  readonly hear: (event: EventJson) => void;
  readonly tellConnected: (isConnected: boolean) => void;
}

export interface LiveLine {
  /** Call when the page comes into view or goes out of it. */
  look(isSeen: boolean): void;
  close(): void;
}

export function openLiveLine({ open, hear, tellConnected }: LiveLineParts): LiveLine {
  let source: { close(): void } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let since: string | null = null;
  let pauseMs = FIRST_PAUSE_MS;
  let isSeen = false;

  const hangUp = () => {
    clearTimeout(timer);
    source?.close();
    source = null;
    tellConnected(false);
  };
  const ring = () => {
    hangUp();
    source = open(`/api/events${since === null ? '' : `?since=${since}`}`, {
      onOpen: () => {
        pauseMs = FIRST_PAUSE_MS;
        tellConnected(true);
      },
      onMessage: (data, lastEventId) => {
        if (lastEventId !== '') since = lastEventId;
        hear(JSON.parse(data) as EventJson);
      },
      onError: () => {
        hangUp();
        // a page in the background rings when it is looked at again
        if (isSeen) timer = setTimeout(ring, pauseMs);
        pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
      },
    });
  };
  return {
    look: (seen) => {
      if (seen === isSeen) return;
      isSeen = seen;
      clearTimeout(timer);
      if (!seen) timer = setTimeout(hangUp, HANG_UP_AFTER_MS);
      else if (source === null) ring();
    },
    close: hangUp,
  };
}

/** For `open`: an EventSource of the browser. */
export function openEventSource(path: string, { onOpen, onMessage, onError }: StreamEars): { close(): void } {
  const source = new EventSource(path);
  source.onopen = onOpen;
  source.onmessage = ({ data, lastEventId }: MessageEvent<string>) => onMessage(data, lastEventId);
  source.onerror = onError;
  return source;
}
