// One preview worker from the page's side: starts it, asks it, ends it. Answers to tiles and explanations are matched by
// number; an ended worker answers all open questions with null. Answers about a plan that an older wish asked for stay unheard.
import type { CoverageLayer, LonLat, PlanChoice, PlanProgress, ScenarioAmounts } from '../../engine/index.ts';
import { afterPaint } from './after-paint.ts';
import type {
  FromPreview,
  PreviewExplanation,
  PreviewWish,
  TileRamp,
  ToPreview,
} from './preview-messages.ts';

type Message<Kind extends FromPreview['kind']> = Extract<FromPreview, { kind: Kind }>;
type Found = Readonly<Record<string, string | number>>;

export interface PreviewNews {
  readonly onProgress: (progress: PlanProgress) => void;
  /** The sites are chosen; comes before the result. */
  readonly onMoved: (message: Message<'moved'>) => void;
  readonly onResult: (message: Message<'result'>) => void;
  readonly onImproving: (news: Message<'improving'>['news']) => void;
  readonly onWeighing: (message: Message<'weighing'> | Message<'weighed'>) => void;
  /** A wish that cannot be; the plan stays. */
  readonly onRefusal: (code: string, found: Found) => void;
  /** The worker is of no more use. */
  readonly onFailure: (code: string, found: Found) => void;
}

export interface PreviewRunner {
  follow(wish: PreviewWish): void;
  /** Ends the long search with what it has. */
  enough(): void;
  /** null ends it. */
  weigh(amounts: ScenarioAmounts | null): void;
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
  let lastWish = 0;

  worker.addEventListener('message', ({ data: message }: MessageEvent<FromPreview>) => {
    if (ended) return;
    if ('wish' in message && message.wish !== lastWish) return;
    if (message.kind === 'progress') news.onProgress(message.progress);
    else if (message.kind === 'moved') {
      news.onMoved(message);
      afterPaint(() => post({ kind: 'seen', wish: message.wish }));
    } else if (message.kind === 'result') news.onResult(message);
    else if (message.kind === 'improving') news.onImproving(message.news);
    else if (message.kind === 'weighing' || message.kind === 'weighed') news.onWeighing(message);
    else if (message.kind === 'refused') news.onRefusal(message.code, message.found);
    else if (message.kind === 'failed') news.onFailure(message.code, message.found);
    else if (message.kind === 'tile') answer(tiles, message.id, message.rgba);
    else answer(questions, message.id, message.explanation);
  });
  worker.addEventListener('error', (event) => {
    news.onFailure('CLIENT_UNEXPECTED', { detail: event.message });
  });
  const post = (message: ToPreview) => worker.postMessage(message);
  worker.postMessage({ kind: 'start', input, choice } satisfies ToPreview, [input.buffer]);

  return {
    follow: (wish) => {
      lastWish += 1;
      post({ ...wish, wish: lastWish });
    },
    enough: () => post({ kind: 'enough' }),
    weigh: (amounts) => post({ kind: 'weigh', amounts }),
    paintTile: ({ z, x, y, layer, ramp }) =>
      new Promise((resolve) => {
        if (ended) {
          resolve(null);
          return;
        }
        lastId += 1;
        tiles.set(lastId, resolve);
        post({ kind: 'tile', id: lastId, z, x, y, layer, ramp });
      }),
    explain: (siteId, receiver) =>
      new Promise((resolve) => {
        if (ended) {
          resolve(null);
          return;
        }
        lastId += 1;
        questions.set(lastId, resolve);
        post({ kind: 'explain', id: lastId, siteId, receiver });
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
