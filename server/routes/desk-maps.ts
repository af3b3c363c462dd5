// The map beside the table of a desk: what the list would show within a window, as marks. The same permission, the same filters and the
// same views as the list, so nobody finds more here, or more exactly, than there.
import { caseMapQuerySchema } from '../contract/cases.ts';
import { claimMapQuerySchema } from '../contract/claims.ts';
import { demandMapQuerySchema } from '../contract/demands.ts';
import { deskMapSchema } from '../contract/desk-map.ts';
import { directoryMapQuerySchema } from '../contract/directories.ts';
import { problemMapQuerySchema } from '../contract/problems.ts';
import { relocationMapQuerySchema } from '../contract/relocations.ts';
import { resourceMapQuerySchema } from '../contract/resources.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { signedInPerson } from '../plugins/sign-in.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import { loadCaseMarks } from '../store/cases.ts';
import { loadClaimMarks } from '../store/claims.ts';
import { loadDemandMarks } from '../store/demands.ts';
import { loadDirectoryMarks } from '../store/directory-rows.ts';
import { loadProblemMarks } from '../store/problems.ts';
import { loadRelocationMarks } from '../store/relocations.ts';
import { loadResourceMarks } from '../store/resources.ts';
import { filtersOfCases } from './case-parts.ts';
import { claimFiltersOf } from './claim-parts.ts';
import { demandFiltersOf } from './demand-parts.ts';
import { directoryFiltersOf, openedDirectory } from './directory-parts.ts';
import { filtersOfProblems } from './problem-parts.ts';
import { filtersOfRelocations } from './relocation-parts.ts';
import { filtersOf } from './resource-parts.ts';
import { idParams, replies } from './route-parts.ts';

const response = replies(deskMapSchema);

export function deskMapRoutes(app: App, { store }: Pick<Services, 'store'>): void {
  app.get(
    '/api/resources/map',
    {
      config: { access: 'resource:read' },
      schema: { tags: ['resources'], querystring: resourceMapQuerySchema, response },
    },
    async (request) => {
      const { zoom, ...query } = request.query;
      return loadResourceMarks(storeOfRequest(request, store), filtersOf(query), zoom);
    },
  );

  app.get(
    '/api/demands/map',
    {
      config: { access: 'demand:read' },
      schema: { tags: ['demands'], querystring: demandMapQuerySchema, response },
    },
    async (request) => {
      const { zoom, ...query } = request.query;
      return loadDemandMarks(storeOfRequest(request, store), demandFiltersOf(query), zoom);
    },
  );

  app.get(
    '/api/claims/map',
    {
      config: { access: 'claim:read' },
      schema: { tags: ['claims'], querystring: claimMapQuerySchema, response },
    },
    async (request) => {
      const { zoom, ...query } = request.query;
      const filters = claimFiltersOf(query, signedInPerson(request).principal);
      return loadClaimMarks(storeOfRequest(request, store), filters, zoom);
    },
  );

  app.get(
    '/api/cases/map',
    {
      config: { access: 'case:read' },
      schema: { tags: ['cases'], querystring: caseMapQuerySchema, response },
    },
    async (request) => {
      const { zoom, ...query } = request.query;
      return loadCaseMarks(storeOfRequest(request, store), filtersOfCases(query), zoom);
    },
  );

  app.get(
    '/api/problems/map',
    {
      config: { access: 'problem:read' },
      schema: { tags: ['problems'], querystring: problemMapQuerySchema, response },
    },
    async (request) => {
      const { zoom, ...query } = request.query;
      return loadProblemMarks(storeOfRequest(request, store), filtersOfProblems(query), zoom);
    },
  );

  app.get(
    '/api/relocations/map',
    {
      config: { access: 'relocation:read' },
      schema: { tags: ['relocations'], querystring: relocationMapQuerySchema, response },
    },
    async (request) => {
      const { zoom, ...query } = request.query;
      return loadRelocationMarks(storeOfRequest(request, store), filtersOfRelocations(query), zoom);
    },
  );

  app.get(
    '/api/directories/:id/map',
    {
      config: { access: 'directory:read' },
      schema: { tags: ['directories'], params: idParams, querystring: directoryMapQuerySchema, response },
    },
    async (request) => {
      const { id } = request.params;
      const { zoom, ...query } = request.query;
      const filters = directoryFiltersOf(query);
      return storeOfRequest(request, store).transaction(async (tx) => {
        const { versions } = await openedDirectory(tx, id);
        return loadDirectoryMarks(tx, versions, filters, zoom);
      });
    },
  );
}
