// How many rows the list behind an address of the client has, as the client asks for them: its own readers of the address, then HTTP.
import { queryText } from '../../client/api/fetch-reply.ts';
import {
  pageQueryOf as batchPageQueryOf,
  readBatchesView,
} from '../../client/screens/batches/batches-query.ts';
import { casePageQueryOf, readCasesView } from '../../client/screens/cases/cases-query.ts';
import { claimPageQueryOf, readClaimsView } from '../../client/screens/claims/claims-query.ts';
import { commentPageQueryOf, readCommentsView } from '../../client/screens/comments/comments-query.ts';
import { demandPageQueryOf, readDemandsView } from '../../client/screens/demands/demands-query.ts';
import { exportRequestQueryOf, readExportsView } from '../../client/screens/exports/exports-query.ts';
import {
  readLibraryView,
  pageQueryOf as resourcePageQueryOf,
} from '../../client/screens/library/library-query.ts';
import {
  pageQueryOf as accountPageQueryOf,
  readPeopleView,
} from '../../client/screens/people/people-query.ts';
import { problemPageQueryOf, readProblemView } from '../../client/screens/problems/problem-query.ts';
import {
  readRelocationsView,
  relocationPageQueryOf,
} from '../../client/screens/relocations/relocations-query.ts';
import { proposalQueryOf, readProposalsView } from '../../client/screens/settings/proposals-query.ts';
import { readSiteFilters, siteQueryOf } from '../../client/state/filters.ts';
import type { Browser } from '../server/people/people-app.ts';

type Query = Parameters<typeof queryText>[0];

const lists: Readonly<Record<string, readonly [api: string, query: (params: URLSearchParams) => Query]>> = {
  '/': ['/api/sites', (params) => ({ ...siteQueryOf(readSiteFilters(params.get('sites') ?? ''), null) })],
  '/batches': ['/api/batches', (params) => batchPageQueryOf(readBatchesView(params))],
  '/cases': ['/api/cases', (params) => casePageQueryOf(readCasesView(params))],
  '/claims': ['/api/claims', (params) => claimPageQueryOf(readClaimsView(params, 'all'))],
  '/comments': ['/api/comments', (params) => commentPageQueryOf(readCommentsView(params))],
  '/demands': ['/api/demands', (params) => demandPageQueryOf(readDemandsView(params))],
  '/exports': ['/api/export-requests', (params) => exportRequestQueryOf(readExportsView(params))],
  '/library': ['/api/resources', (params) => resourcePageQueryOf(readLibraryView(params))],
  '/problems': ['/api/problems', (params) => problemPageQueryOf(readProblemView(params))],
  '/relocations': ['/api/relocations', (params) => relocationPageQueryOf(readRelocationsView(params))],
  '/people': ['/api/accounts', (params) => accountPageQueryOf(readPeopleView(params))],
  '/people/rules': ['/api/rule-proposals', (params) => proposalQueryOf(readProposalsView(params))],
};

/** Throws RangeError for an address without a list. */
export async function totalOfPath(browser: Browser, path: string): Promise<number> {
  const { pathname, searchParams } = new URL(path, 'http://house');
  const list = lists[pathname];
  if (!list) throw new RangeError(`totalOfPath: expected the address of a list, got ${path}`);
  const [api, queryOf] = list;
  const reply = await browser.ask('GET', `${api}${queryText(queryOf(searchParams))}`);
  if (reply.statusCode !== 200) throw new RangeError(`${path}: ${reply.statusCode} ${reply.payload}`);
  return reply.json<{ total: number }>().total;
}
