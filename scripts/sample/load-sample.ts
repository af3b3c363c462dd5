// Puts the made-up district into a store through the same save functions an import uses, all or nothing.
import { saveAreas } from '../../server/store/areas.ts';
import { saveBuildings } from '../../server/store/buildings.ts';
import { saveDemand } from '../../server/store/demand.ts';
import { saveDistricts, saveTowns } from '../../server/store/districts.ts';
import { vacuumAnalyze } from '../../server/store/maintenance.ts';
import { savePipes } from '../../server/store/pipes.ts';
import { saveRoads } from '../../server/store/roads.ts';
import { makeSampleDemands } from '../../server/store/sample-demands.ts';
import { openSampleLibrary } from '../../server/store/sample-library.ts';
import { saveSetting } from '../../server/store/settings.ts';
import { saveSites } from '../../server/store/sites.ts';
import type { Store } from '../../server/store/store.ts';
import type { Sample } from './make-sample.ts';

const DEADLINE_MS = 600_000;

export async function loadSample(store: Store, sample: Sample): Promise<void> {
  await store.transaction(
    async (tx) => {
      await saveDistricts(tx, sample.districts, null);
      await saveTowns(tx, sample.towns);
      await saveAreas(
        tx,
        sample.areas.map((area) => ({ ...area, sourceFile: null })),
        null,
      );
      await saveBuildings(tx, sample.buildings, null);
      await saveRoads(tx, sample.roads, null);
      await savePipes(tx, sample.pipes, null);
      await saveDemand(tx, sample.demand, null);
      await saveSites(tx, sample.sites, null);
      await openSampleLibrary(tx);
      await makeSampleDemands(tx);
      await saveSetting(tx, 'sample', true);
    },
    { deadlineMs: DEADLINE_MS },
  );
  await vacuumAnalyze(store);
}
