// A crew of threads against one thread: the same footprints, whoever gets which blocks and whoever answers first.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type BuildingSet,
  type CoverageModel,
  computeFootprints,
  computeFootprintsWith,
  type StationForm,
  type StationPlace,
} from '../../../engine/index.ts';
import { makeEchoCrew } from '../../support/echo-crew.ts';
import { buildingsOf } from '../../support/flat-ground.ts';
import { footprintDigest } from '../../support/footprint-digest.ts';
import { modelOf, n78, place } from './a-model.ts';

const SEED = 20260101;

interface SmallTown {
  readonly model: CoverageModel;
  readonly places: readonly StationPlace[];
}

const shortPole: StationForm = { ...n78.pole, serviceRadiusM: 150 };
const metres = fc.double({ min: 0, max: 1000, noNaN: true });
const aHouse = fc
  .tuple(metres, metres, fc.integer({ min: 8, max: 60 }), fc.integer({ min: 3, max: 60 }))
  .map(([west, south, side, heightM]): [number, number, number, number, number] => [
    west,
    south,
    west + side,
    south + side,
    heightM,
  ]);
const buildings = fc.oneof(
  fc.constant<BuildingSet | null>(null),
  fc.array(aHouse, { minLength: 1, maxLength: 30 }).map((list) => buildingsOf(...list)),
);
const aPlace = fc
  .tuple(metres, metres, fc.boolean(), fc.integer({ min: 3, max: 40 }))
  .map(([eastM, northM, isMacro, heightM]) => place(eastM, northM, isMacro ? n78.macro : shortPole, heightM));
const aTown: fc.Arbitrary<SmallTown> = fc
  .tuple(buildings, fc.array(aPlace, { maxLength: 700 }), fc.constantFrom(20, 40))
  .map(([set, places, binSizeM]) => ({
    model: modelOf({ buildings: set, thresholdDbm: -90, binSizeM }),
    places,
  }));

test('any number of threads that answer in any order give the footprints of one thread', async () => {
  await fc.assert(
    fc.asyncProperty(
      aTown,
      fc.integer({ min: 1, max: 5 }),
      fc.integer(),
      async ({ model, places }, size, seed) => {
        const alone = computeFootprints(model, places);
        const { threads } = makeEchoCrew(size, seed);
        const together = await computeFootprintsWith(threads, model, places);
        expect(footprintDigest(together)).toBe(footprintDigest(alone));
        // A crew may be asked again: its counts start anew.
        const again = await computeFootprintsWith(threads, model, places);
        expect(footprintDigest(again)).toBe(footprintDigest(alone));
      },
    ),
    { seed: SEED, numRuns: 25 },
  );
});

/** More than a few turns for every thread. */
const manyPlaces = Array.from({ length: 2000 }, (_, index) =>
  place(13 + ((index * 37) % 980), 11 + ((index * 53) % 980), shortPole, 8),
);

test('progress only grows, ends at all places, and what is thrown in it ends the run with nothing handed out later', async () => {
  const model = modelOf({ buildings: null });
  const told: number[] = [];
  await computeFootprintsWith(makeEchoCrew(3, 1).threads, model, manyPlaces, (done, total) => {
    expect(total).toBe(manyPlaces.length);
    told.push(done);
  });
  expect(told.at(-1)).toBe(manyPlaces.length);
  expect(told).toEqual([...told].sort((a, b) => a - b));

  const { threads, posted } = makeEchoCrew(2, 2);
  let reports = 0;
  const stopped = computeFootprintsWith(threads, model, manyPlaces, () => {
    reports += 1;
    if (reports === 2) throw new Error('cancelled');
  });
  await expect(stopped).rejects.toThrow('cancelled');
  const handedOut = posted.length;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(posted.length).toBe(handedOut);
  expect(reports).toBe(2);
});

test('a lost thread ends the run, whenever it is lost', async () => {
  const model = modelOf({ buildings: null });
  for (const losesAt of [1, 3, 6]) {
    const { threads } = makeEchoCrew(2, 3, losesAt);
    await expect(computeFootprintsWith(threads, model, manyPlaces)).rejects.toThrow('the thread is gone');
  }
});

test('threads are told nothing of weights, people and areas', async () => {
  const model = modelOf();
  const keys: string[] = [];
  const [thread] = makeEchoCrew(1, 4).threads;
  const listening = {
    ...thread!,
    post: (message: Parameters<(typeof thread & object)['post']>[0]) => {
      if (message.kind === 'ground') keys.push(...Object.keys(message.ground.grid));
      thread!.post(message);
    },
  };
  await computeFootprintsWith([listening], model, manyPlaces.slice(0, 3));
  expect(keys).toContain('receiverEastM');
  for (const unread of ['weight', 'people', 'areaM2', 'binColumn', 'binRow'])
    expect(keys).not.toContain(unread);
});

test('a crew of nobody is a wrong call', () => {
  expect(() => computeFootprintsWith([], modelOf(), [])).toThrow(RangeError);
});
