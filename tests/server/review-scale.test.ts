import { test } from 'vitest';
import { saveAreas } from '../../server/store/areas.ts';
import { scopedStore } from '../../server/store/scoped-store.ts';
import { openEmbeddedTestStore } from '../support/stores.ts';
import { aPrincipal, context, makeTwoDistricts } from './permission/two-districts.ts';

test('scale', async () => {
  const opened = await openEmbeddedTestStore({ deadlineMs: 120_000 });
  const { store } = opened;
  await makeTwoDistricts(store);
  await store.query("set session_replication_role = origin");
  const planner = scopedStore(store, aPrincipal('planner'), context);
  const n = 2000;
  const areas = (suffix: string) => Array.from({ length: n }, (_, i) => {
    const [w, s] = [121.001 + (i % 90) / 1000, 31.001 + Math.floor(i / 90) / 1000];
    const ring = Array.from({ length: 60 }, (_, k) => [w + 0.0004 * Math.cos((k / 60) * 6.2831), s + 0.0004 * Math.sin((k / 60) * 6.2831)] as [number, number]);
    ring.push(ring[0]!);
    return { id: `s${i}`, name: `n${i}${suffix}`, kind: '学校', geometry: { type: 'MultiPolygon' as const, coordinates: [[ring]] }, sourceFile: 'f' };
  });
  const timed = async (name: string, on: typeof store, suffix: string, importId: string) => {
    try {
      await on.transaction(async (tx) => {
        const t = performance.now();
        await saveAreas(tx, areas(suffix), importId);
        console.log(name, Math.round(performance.now() - t), 'ms');
        throw new Error('back');
      });
    } catch (e) { if ((e as Error).message !== 'back') console.log(name, String(e), 'ms'); }
  };
  await timed('insert planner', planner, '', 'i1');
  await timed('insert system', store, '', 'i1');
  await saveAreas(store, areas(''), null);
  await timed('renamed planner', planner, 'x', 'i2');
  await timed('renamed system', store, 'x', 'i2');
  for (const trigger of ['target_areas_checked', 'target_areas_moves', 'target_areas_told', 'target_areas_kept', 'target_areas_located']) {
    await store.query(`alter table target_areas disable trigger ${trigger}`);
    await timed(`renamed planner without ${trigger} too`, planner, 'x', 'i2');
  }
  await opened.close();
}, 300_000);
