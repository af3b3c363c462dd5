// The long search of a preview, in a worker of its own: the preview worker goes on answering, and ending this one is the way to end it.
import { chooseSites, priceSensitivity } from '../../engine/index.ts';
import type { FromImprover, ToImprover } from './improver-messages.ts';

const NEWS_EVERY_MS = 200;

self.addEventListener('message', ({ data }: MessageEvent<ToImprover>) => {
  try {
    if (data.kind === 'improve') improve(data);
    else weigh(data);
  } catch (error) {
    say({ kind: 'failed', detail: String(error) });
  }
});

function improve({ request, efforts, enough }: Extract<ToImprover, { kind: 'improve' }>): void {
  let lastMs = 0;
  const isEnough = () => enough !== null && Atomics.load(enough, 0) !== 0;
  for (const [round, effort] of efforts.entries()) {
    const { request: _own, ...found } = chooseSites(
      request,
      {
        shouldStop: isEnough,
        onNews: (news) => {
          const nowMs = performance.now();
          if (nowMs - lastMs < NEWS_EVERY_MS) return;
          lastMs = nowMs;
          say({ kind: 'news', news, round });
        },
      },
      effort,
    );
    const isLast = round === efforts.length - 1 || found.selection.certificate.optimal || isEnough();
    say({ kind: 'found', found, isLast });
    if (isLast) return;
  }
}

function weigh({ request, selection, classes }: Extract<ToImprover, { kind: 'weigh' }>): void {
  const sensitivity = priceSensitivity(request.problem, request.choice, selection, classes, (done, total) =>
    say({ kind: 'weighing', done, total }),
  );
  say({ kind: 'weighed', sensitivity });
}

function say(message: FromImprover): void {
  self.postMessage(message);
}
