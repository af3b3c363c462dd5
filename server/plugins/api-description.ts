// The OpenAPI description of every route and its page at /api/docs. All assets come from this service.
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { App } from './app-types.ts';

/** Before the routes: it collects them as they are registered. */
export async function registerApiDescription(app: App, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.0.3',
      info: {
        title: '站址 Zhanzhi',
        description: '5G 基站站址规划服务接口。Site planning for 5G base stations.',
        version,
      },
      servers: [{ url: '/' }],
    },
    hideUntagged: false,
  });
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    uiConfig: { deepLinking: true, validatorUrl: null },
    theme: { title: '站址 API' },
  });
}
