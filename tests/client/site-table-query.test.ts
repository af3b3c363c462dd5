// Pages, order and keys of the site table.
import { Check } from 'typebox/value';
import { expect, test } from 'vitest';
import { rowAfterKey } from '../../client/parts/row-after-key.ts';
import {
  clampPage,
  firstPage,
  nextPage,
  sitePageQuery,
} from '../../client/screens/sites/site-table-query.ts';
import { noFilters, siteQueryOf } from '../../client/state/filters.ts';
import { siteQuerySchema } from '../../server/contract/sites.ts';

const onPage5 = { ...firstPage, page: 5 };
const same = { page: 5, pageSize: 200, field: 'code', order: 'ascend' } as const;

test('turning a page keeps the order', () => {
  expect(nextPage(onPage5, { ...same, page: 6 })).toEqual({ ...firstPage, page: 6 });
});

test('another order or page size starts at the first page', () => {
  expect(nextPage(onPage5, { ...same, field: 'costCny', order: 'descend' })).toEqual({
    page: 1,
    pageSize: 200,
    sort: 'costCny',
    order: 'desc',
  });
  expect(nextPage(onPage5, { ...same, pageSize: 500 }).page).toBe(1);
});

test('a column the server cannot sort by leaves the order of codes', () => {
  expect(nextPage(onPage5, { ...same, field: 'owner', order: 'descend' })).toEqual(onPage5);
  expect(nextPage(onPage5, { ...same, field: undefined, order: null }).sort).toBe('code');
});

test('a page beyond the end falls back to the last one', () => {
  expect(clampPage(onPage5, 401).page).toBe(3);
  expect(clampPage(onPage5, 0).page).toBe(1);
  expect(clampPage(onPage5, 5000)).toBe(onPage5);
});

test('arrow keys walk through the rows and stop at the ends', () => {
  const ids = ['a', 'b', 'c'];
  expect(rowAfterKey(ids, null, 'ArrowDown')).toBe('a');
  expect(rowAfterKey(ids, 'a', 'ArrowDown')).toBe('b');
  expect(rowAfterKey(ids, 'c', 'ArrowDown')).toBe('c');
  expect(rowAfterKey(ids, 'a', 'ArrowUp')).toBe('a');
  expect([rowAfterKey(ids, 'a', 'j'), rowAfterKey(ids, 'c', 'K')]).toEqual(['b', 'b']);
  expect(rowAfterKey(ids, 'b', 'End')).toBe('c');
  expect(rowAfterKey(ids, 'b', 'x')).toBeNull();
  expect(rowAfterKey([], 'b', 'Home')).toBeNull();
});

test('what the table asks for fits the contract', () => {
  const filters = siteQueryOf(
    { ...noFilters, q: ' 路灯 ', status: 'candidate', inView: true },
    [121, 31, 122, 32],
  );
  const query = sitePageQuery(filters, firstPage);
  expect(query).toMatchObject({
    q: '路灯',
    status: 'candidate',
    bbox: '121.000000,31.000000,122.000000,32.000000',
  });
  expect(Check(siteQuerySchema, query)).toBe(true);
});
