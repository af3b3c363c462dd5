// The address of a table: what is read out of it is what was written, and what does not fit counts as not said.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pageSizes } from '../../client/parts/page-sizes.ts';
import {
  changedTable,
  readDays,
  readPage,
  readText,
  readWord,
  readWords,
  writeView,
} from '../../client/parts/table-address.ts';

const states = ['持有', '已到期', '未获'] as const;
interface View {
  readonly q: string | null;
  readonly state: string | null;
  readonly days: string | null;
  readonly sort: 'code' | 'name' | null;
  readonly page: number;
  readonly pageSize: number;
  readonly opened: string | null;
}
const plain: View = { q: null, state: null, days: null, sort: null, page: 1, pageSize: 200, opened: null };
const read = (params: URLSearchParams): View => ({
  q: readText(params, 'q'),
  state: readWords(params, 'state', states),
  days: readDays(params, 'days', 400),
  sort: readWord(params, 'sort', ['code', 'name']),
  ...readPage(params, plain),
  opened: readText(params, 'opened', 200),
});

test('what is written is read again, and a plain view has a plain address', () => {
  const maybe = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: null });
  const views: fc.Arbitrary<View> = fc.record({
    q: maybe(fc.string({ minLength: 1, maxLength: 100 })),
    state: maybe(fc.subarray([...states], { minLength: 1 }).map((some) => some.join())),
    days: maybe(fc.integer({ min: 0, max: 400 }).map(String)),
    sort: maybe(fc.constantFrom('code' as const, 'name' as const)),
    page: fc.integer({ min: 1, max: 200_000 }),
    pageSize: fc.constantFrom(...pageSizes),
    opened: maybe(fc.string({ minLength: 1, maxLength: 200 })),
  });
  fc.assert(
    fc.property(views, (view) => {
      expect(read(new URLSearchParams(writeView(view, plain).toString()))).toEqual(view);
    }),
    { seed: 21, numRuns: 300 },
  );
  expect(writeView(plain, plain).toString()).toBe('');
});

test.each([
  'q=',
  `q=${'a'.repeat(101)}`,
  'state=持有,别的',
  'state=,',
  'days=401',
  'days=-1',
  'days=1.5',
  'sort=owner',
  'page=0',
  'page=1e9',
  'page=x',
  'rows=7',
])('%s says nothing', (address) => {
  expect(read(new URLSearchParams(address))).toEqual(plain);
});

test('a filter, an order or a page size begins at the first page; a page turned, the map or a row opened does not', () => {
  const third: View = { ...plain, page: 3 };
  for (const change of [{ q: 'a' }, { sort: 'code' }, { pageSize: 500 }, { q: null, opened: 'x' }] as const)
    expect(changedTable(third, change, ['opened'])).toEqual({ ...third, ...change, page: 1 });
  expect(changedTable(third, { page: 4 }).page).toBe(4);
  expect(changedTable({ ...third, map: false }, { map: true }).page).toBe(3);
  expect(changedTable(third, { opened: 'x' }, ['opened']).page).toBe(3);
  expect(changedTable(third, { opened: 'x' }).page).toBe(1);
});
