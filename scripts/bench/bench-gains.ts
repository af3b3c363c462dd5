// All gains of a city in two ways: sums per strip row, as the selection has them, and words of bits with population counts, which
// equal weights would allow. JavaScript has no instruction for the latter; where it is faster it should replace the former.
import { makeCoverState, type RunCover } from '../../engine/index.ts';
import { type BenchRow, measureBest } from './bench-row.ts';
import { makeSelectionCity, selectionCities } from './selection-city.ts';

const WORD_BITS = 32;

export function benchGains(): BenchRow[] {
  const problem = makeSelectionCity(selectionCities.city);
  const { cover } = problem;
  if (cover.kind !== 'runs') throw new Error(`expected runs, got ${cover.kind}`);
  const state = makeCoverState(problem);
  const covered = new Uint32Array(Math.ceil(cover.binCount / WORD_BITS));
  for (let site = 0; site < cover.siteCount; site += 100) {
    state.openSite(site);
    eachWord(cover, site, (word, mask) => {
      covered[word] = covered[word]! | mask;
    });
  }
  const words = wordsOf(cover);
  const bySums = new Float64Array(cover.siteCount);
  const byBits = new Float64Array(cover.siteCount);
  const sums = measureBest(() => {
    for (let site = 0; site < cover.siteCount; site++) bySums[site] = state.gain(site);
  });
  const bits = measureBest(() => gainsByBits(words, covered, byBits));
  const differ = bySums.findIndex((gain, site) => gain !== byBits[site]);
  if (differ >= 0)
    throw new Error(`site ${differ} gains ${bySums[differ]} by sums, ${byBits[differ]} by bits`);
  return [
    {
      step: 'all gains of a city',
      seconds: sums.seconds,
      note: `${cover.siteCount} candidates, ${cover.runFirst.length} runs, ${words.index.length} words`,
      peer: { name: 'words of bits', times: bits.seconds / sums.seconds },
    },
  ];
}

interface Words {
  readonly starts: Uint32Array;
  readonly index: Uint32Array;
  readonly mask: Uint32Array;
}

function wordsOf(cover: RunCover): Words {
  const index: number[] = [];
  const mask: number[] = [];
  const starts = new Uint32Array(cover.siteCount + 1);
  for (let site = 0; site < cover.siteCount; site++) {
    eachWord(cover, site, (word, bits) => {
      if (index.length > starts[site]! && index.at(-1) === word) mask[mask.length - 1]! |= bits;
      else {
        index.push(word);
        mask.push(bits);
      }
    });
    starts[site + 1] = index.length;
  }
  return { starts, index: Uint32Array.from(index), mask: Uint32Array.from(mask, (bits) => bits >>> 0) };
}

function eachWord(
  { runStarts, runFirst, runLength }: RunCover,
  site: number,
  told: (word: number, mask: number) => void,
): void {
  for (let run = runStarts[site]!; run < runStarts[site + 1]!; run++) {
    const end = runFirst[run]! + runLength[run]!;
    for (let bin = runFirst[run]!; bin < end; ) {
      const from = bin % WORD_BITS;
      const length = Math.min(WORD_BITS - from, end - bin);
      told(bin >>> 5, ((length === WORD_BITS ? 0xffffffff : 2 ** length - 1) << from) >>> 0);
      bin += length;
    }
  }
}

function gainsByBits({ starts, index, mask }: Words, covered: Uint32Array, into: Float64Array): void {
  for (let site = 0; site < into.length; site++) {
    let sum = 0;
    for (let at = starts[site]!; at < starts[site + 1]!; at++) {
      let bits = mask[at]! & ~covered[index[at]!]!;
      bits -= (bits >>> 1) & 0x55555555;
      bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
      bits = (bits + (bits >>> 4)) & 0x0f0f0f0f;
      sum += Math.imul(bits, 0x01010101) >>> 24;
    }
    into[site] = sum;
  }
}
