// One preview worker from the page's side: starts it, asks it, ends it. Answers to tiles and explanations are matched by
// number; an ended worker answers all open questions with null.
import type { CoverageLayer, LonLat, PlanChoice, PlanProgress, Site } from '../../engine/index.ts';
import type {
  FromPreview,
  PreviewExplanation,
  PreviewResult,
  TileRamp,
  ToPreview,
} from './preview-messages.ts';

export interface PreviewNews {
  readonly onProgress: (progress: PlanProgress) => void;
  readonly onResult: (result: PreviewResult, sites: readonly Site[], seconds: number) => void;
  readonly onFailure: (code: string, found: Readonly<Record<string, string | number>>) => void;
}

export interface PreviewRunner {
  choose(choice: PlanChoice): void;
  /** RGBA of 256 × 256 pixels, or null when there is nothing to paint. */
  paintTile(tile: {
    z: number;
    x: number;
    y: number;
    layer: CoverageLayer;
    ramp: TileRamp;
  }): Promise<Uint8ClampedArray<ArrayBuffer> | null>;
  explain(siteId: string, receiver: LonLat | null): Promise<PreviewExplanation | null>;
  end(): void;
}

/** Takes the input bytes over (they are transferred). */
export function startPreview(
  input: Uint8Array<ArrayBuffer>,
  choice: PlanChoice,
  news: PreviewNews,
): PreviewRunner {
  const worker = new Worker(new URL('./plan-worker.ts', import.meta.url), {
    type: 'module',
    name: 'preview',
  });
  const tiles = new Map<number, (rgba: Uint8ClampedArray<ArrayBuffer> | null) => void>();
  const questions = new Map<number, (explanation: PreviewExplanation | null) => void>();
  let ended = false;
  let lastId = 0;

  worker.addEventListener('message', (event: MessageEvent<FromPreview>) => {
    const message = event.data;
    if (message.kind === 'progress') news.onProgress(message.progress);
    else if (message.kind === 'result') news.onResult(message.result, message.sites, message.seconds);
    else if (message.kind === 'failed') news.onFailure(message.code, message.found);
    else if (message.kind === 'tile') answer(tiles, message.id, message.rgba);
    else answer(questions, message.id, message.explanation);
  });
  worker.addEventListener('error', (event) => {
    news.onFailure('CLIENT_UNEXPECTED', { detail: event.message });
  });
  worker.postMessage({ kind: 'start', input, choice } satisfies ToPreview, [input.buffer]);

  return {
    choose: (next) => worker.postMessage({ kind: 'choose', choice: next } satisfies ToPreview),
    paintTile: ({ z, x, y, layer, ramp }) =>
      new Promise((resolve) => {
        if (ended) {
          resolve(null);
          return;
        }
        lastId += 1;
        tiles.set(lastId, resolve);
        worker.postMessage({ kind: 'tile', id: lastId, z, x, y, layer, ramp } satisfies ToPreview);
      }),
    explain: (siteId, receiver) =>
      new Promise((resolve) => {
        if (ended) {
          resolve(null);
          return;
        }
        lastId += 1;
        questions.set(lastId, resolve);
        worker.postMessage({ kind: 'explain', id: lastId, siteId, receiver } satisfies ToPreview);
      }),
    end() {
      ended = true;
      worker.terminate();
      for (const id of [...tiles.keys()]) answer(tiles, id, null);
      for (const id of [...questions.keys()]) answer(questions, id, null);
    },
  };
}

function answer<Reply>(waiting: Map<number, (reply: Reply) => void>, id: number, reply: Reply): void {
  waiting.get(id)?.(reply);
  waiting.delete(id);
}
