// The long search of a preview, in a worker of its own: the preview worker goes on answering, and ending this one is the way to end it.
// A complete search follows where it was asked for and can be done; what was found before stands without it.
import {
  type ChosenSites,
  chooseExactly,
  chooseSites,
  mayChooseExactly,
  type Watch,
  weighScenario,
  weighSites,
} from '../../engine/index.ts';
import { makeHighsSolver } from './highs-solver.ts';
import type { FromImprover, ToImprover } from './improver-messages.ts';

const NEWS_EVERY_MS = 200;

self.addEventListener('message', ({ data }: MessageEvent<ToImprover>) => {
  answer(data).catch((error: unknown) => say({ kind: 'failed', detail: String(error) }));
});

async function answer(message: ToImprover): Promise<void> {
  if (message.kind === 'improve') await improve(message);
  else if (message.kind === 'weigh-scenario') {
    const { scenario, request, plan } = message;
    say({ kind: 'outcome', outcome: weighScenario(scenario, request, plan) });
  } else {
    const sites = weighSites(message, message.outcomes, (done, total) =>
      say({ kind: 'weighing', done, total }),
    );
    say({ kind: 'weighed', sites });
  }
}

async function improve({
  request,
  efforts,
  enough,
}: Extract<ToImprover, { kind: 'improve' }>): Promise<void> {
  const isEnough = () => enough !== null && Atomics.load(enough, 0) !== 0;
  let chosen: ChosenSites | null = null;
  for (const [round, effort] of efforts.entries()) {
    chosen = chooseSites(request, watchOf(round, isEnough), effort);
    const isDone = chosen.selection.certificate.optimal || isEnough();
    const isLast = isDone || (round === efforts.length - 1 && !mayChooseExactly(request));
    tell(chosen, isLast);
    if (isLast) return;
  }
  if (chosen === null) throw new RangeError('improve: no effort, expected one at the least');
  tell(await chooseExactly(chosen, makeHighsSolver(), watchOf(efforts.length - 1, isEnough)), true);
}

function watchOf(round: number, shouldStop: () => boolean): Watch {
  let lastMs = 0;
  return {
    shouldStop,
    onNews: (news) => {
      const nowMs = performance.now();
      if (nowMs - lastMs < NEWS_EVERY_MS) return;
      lastMs = nowMs;
      say({ kind: 'news', news, round });
    },
  };
}

function tell({ request: _known, ...found }: ChosenSites, isLast: boolean): void {
  say({ kind: 'found', found, isLast });
}

function say(message: FromImprover): void {
  self.postMessage(message);
}
