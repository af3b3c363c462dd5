// What a solver thread and its starter say to each other.
import type { MipAnswer, MipNews, MipOptions } from '../../engine/index.ts';

export interface ToHighs {
  readonly model: string;
  readonly options: Omit<MipOptions, 'onNews'>;
}

export type FromHighs =
  /** `chosen` only with a new best answer. */
  | { readonly kind: 'news'; readonly news: MipNews; readonly chosen: readonly number[] | null }
  | { readonly kind: 'done'; readonly answer: MipAnswer };
