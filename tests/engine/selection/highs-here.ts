// HiGHS in the thread of the test itself: hundreds of tiny models need no thread each.
import loadHighs from 'highs';
import type { MipSolver } from '../../../engine/selection/exact/mip-solver.ts';
import { runMip } from '../../../engine/selection/exact/run-mip.ts';

export async function highsHere(): Promise<MipSolver> {
  const highs = await loadHighs();
  return async (model, { onNews, ...options }) => runMip(highs, model, options, (news) => onNews?.(news));
}
