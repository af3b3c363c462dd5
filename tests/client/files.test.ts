// Files from the service: their names, and the words and addresses of requests for them.
import { expect, test } from 'vitest';
import { fileNameOf } from '../../client/api/fetch-reply.ts';
import { messages } from '../../client/format/messages/zh/exports.ts';
import {
  changedExports,
  exportRequestQueryOf,
  isExportsFiltered,
  readExportsView,
  writeExportsView,
} from '../../client/screens/exports/exports-query.ts';
import { fileWords } from '../../client/screens/exports/request-words.ts';
import { caseExportQuerySchema } from '../../server/contract/cases.ts';
import { demandExportQuerySchema } from '../../server/contract/demands.ts';
import { resourceExportQuerySchema } from '../../server/contract/resources.ts';
import { siteQuerySchema } from '../../server/contract/sites.ts';

test.each([
  [`attachment; filename="x.xlsx"; filename*=UTF-8''%E8%B5%84%E6%BA%90%E5%BA%93.xlsx`, '资源库.xlsx'],
  ['attachment; filename="plain.csv"', 'plain.csv'],
  [`attachment; filename="plain.csv"; filename*=UTF-8''%E8%B5%8`, 'plain.csv'],
  ['inline', null],
  [null, null],
])('a file is called as its header says: %s', (header, name) => {
  expect(fileNameOf(header)).toBe(name);
});

test('an address of a file is said in words, unknown parts as they stand', () => {
  const t = ((key: string, options?: Record<string, string>) =>
    key === 'exports.filterIs'
      ? `${options?.key}=${options?.value}`
      : ({ 'exports.noun.resources': '资源库', 'exports.key.state': '状态' }[key] ??
        options?.defaultValue ??
        key)) as never;
  expect(
    fileWords(t, '/api/resources/export.xlsx?order=asc&sort=code&state=%E5%B7%B2%E5%BC%80%E6%94%BE&x=1'),
  ).toEqual({
    title: '资源库 · Excel',
    filters: ['状态=已开放', 'x=1'],
  });
  expect(fileWords(t, '/api/rooms/7/export.kml')).toEqual({ title: 'rooms · kml', filters: [] });
});

test('every filter of a file that may be asked for has its words', () => {
  const filters = [
    resourceExportQuerySchema,
    demandExportQuerySchema,
    caseExportQuerySchema,
    siteQuerySchema,
  ].flatMap(({ properties }) => Object.keys(properties));
  const silent = ['sort', 'order', 'page', 'pageSize'];
  expect(filters.filter((key) => !silent.includes(key) && !Object.hasOwn(messages.key, key))).toEqual([]);
});

test('the table of requests comes back from its address, and asks for what it says', () => {
  const address = 'q=%E7%94%B2&state=%E5%BE%85%E6%89%B9&show=mine&request=export-1';
  const view = readExportsView(new URLSearchParams(address));
  expect(writeExportsView(view).toString()).toBe(address);
  expect(exportRequestQueryOf(view)).toEqual({
    q: '甲',
    state: '待批',
    show: 'mine',
    page: 1,
    pageSize: 200,
  });
  expect(isExportsFiltered(readExportsView(new URLSearchParams('state=?&show=all&page=x')))).toBe(false);
  expect(readExportsView(new URLSearchParams('page=10001')).page).toBe(1);
  expect(changedExports({ ...view, page: 4 }, { request: null }).page).toBe(4);
});
