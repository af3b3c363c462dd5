// The audit trail for those who may read it: newest first, by object, person, action and time.
import { auditPageSchema, auditQuerySchema } from '../contract/audit.ts';
import type { App, Services } from '../plugins/app-types.ts';
import { storeOfRequest } from '../plugins/store-of-request.ts';
import { loadAuditPage } from '../store/audit.ts';
import { replies } from './route-parts.ts';

export function auditRoutes(app: App, { store }: Pick<Services, 'store'>): void {
  app.get(
    '/api/audit',
    {
      config: { access: 'audit:read' },
      schema: { tags: ['audit'], querystring: auditQuerySchema, response: replies(auditPageSchema) },
    },
    async (request) => loadAuditPage(storeOfRequest(request, store), request.query),
  );
}
