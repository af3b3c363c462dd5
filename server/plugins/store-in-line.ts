// The store through the door of the request's route: acts do not wait behind everybody's reading (acts.ts).
import type { FastifyRequest } from 'fastify';
import { actStore } from '../store/act-store.ts';
import type { Store } from '../store/store.ts';

export const storeInLine = (request: FastifyRequest, store: Store): Store =>
  request.routeOptions.config.isAct === true ? actStore(store) : store;
