// The OpenAPI description of every route (/api/openapi.json) and its page at /api/docs. All assets come from this service.
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { App } from './app-types.ts';

/** Before the routes: it collects them as they are registered. */
export async function registerApiDescription(app: App, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: '站址 Zhanzhi',
        description: '5G 基站站址规划服务接口。Site planning for 5G base stations.',
        version,
      },
      servers: [{ url: '/' }],
    },
    // who may call it: a word of the permission table, or open, or signed-in; what becomes of it when it comes twice, and when late
    transform: ({ schema, url, route }) => {
      const { access, writeRule } = route.config ?? {};
      const told = {
        'x-access': access,
        ...(writeRule && { 'x-twice': writeRule.twice, 'x-late': writeRule.late }),
      };
      return { schema: { ...schema, ...told }, url };
    },
  });
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    uiConfig: { deepLinking: true, validatorUrl: null },
    theme: { title: '站址 API' },
  });
  app.get('/api/openapi.json', { config: { access: 'open' }, schema: { hide: true } }, (_request, reply) =>
    // as bytes: the framework would rewrite this content type, and clients that look for it would turn away
    reply
      .type('application/vnd.oai.openapi+json;version=3.1')
      .send(Buffer.from(JSON.stringify(app.swagger()))),
  );
}
