// A plan is computed from what the person who asked for it may read, also when a job is taken up again long after the request.
import type { Principal } from '../permission/principal.ts';
import { scopedStore } from './scoped-store.ts';
import type { Store } from './store.ts';

/** The store as the maker of the plan sees it now; the whole store for plans of the system, such as the sample's. */
export async function storeOfPlan(store: Store, planId: string): Promise<Store> {
  const { rows } = await store.query<{ maker: Principal | null }>(
    `select json_build_object('accountId', a.id, 'name', a.name, 'role', a.role, 'organisation', a.organisation,
              'territory', json_build_object('everywhere', a.everywhere, 'districtCodes', a.district_codes,
                                             'townCodes', a.town_codes), 'tokenScope', null) as maker
       from plans p join accounts a on a.id = p.created_by where p.id = $1`,
    [planId],
  );
  const maker = rows[0]?.maker;
  return maker ? scopedStore(store, maker, { address: '', requestId: planId, reason: '' }) : store;
}
