// One account per role for the made-up district, with a password everybody may read. On this machine only: who opens the
// service to others has no such accounts, and those made before do not work.
import { randomUUID } from 'node:crypto';
import { type Role, roles } from '../permission/permission-table.ts';
import type { Territory } from '../permission/principal.ts';
import { hasAccounts, saveAccount } from '../store/accounts.ts';
import { type DemoTerritory, loadDemoTerritory } from '../store/demo-territory.ts';
import type { Store } from '../store/store.ts';
import type { Passwords } from './make-passwords.ts';

export const DEMO_PASSWORD = 'Zhanzhi-demo-1';

interface DemoPlace {
  readonly name: string;
  readonly organisation: string;
  readonly territory: Territory;
}

const everywhere: Territory = { everywhere: true, districtCodes: [], townCodes: [] };

/** Logins of the accounts made; none when the sample is not there or somebody has an account already. */
export async function makeDemoAccounts(store: Store, passwords: Passwords): Promise<string[]> {
  const sample = await loadDemoTerritory(store);
  if (!sample) return [];
  const places = demoPlaces(sample);
  // the password breaks no secret, so one hash does for all
  const passwordHash = await passwords.hash(DEMO_PASSWORD);
  return store.transaction(async (tx) => {
    if (await hasAccounts(tx)) return [];
    for (const role of roles) {
      await saveAccount(tx, {
        id: randomUUID(),
        login: role,
        role,
        ...places[role],
        passwordHash,
        mustChangePassword: false,
        oidcLinkAllowed: false,
        isDemo: true,
      });
    }
    return [...roles];
  });
}

function demoPlaces(sample: DemoTerritory): Readonly<Record<Role, DemoPlace>> {
  const office = (name: string, organisation: string, territory = everywhere): DemoPlace => ({
    name,
    organisation,
    territory,
  });
  const district = { everywhere: false, districtCodes: [sample.districtCode], townCodes: [] };
  const town = { everywhere: false, districtCodes: [], townCodes: [sample.townCode] };
  return {
    planner: office('演示规划员', '规划设计院'),
    tower: office('演示铁塔人员', sample.towerCompany),
    operator: office('演示运营商', '示范运营商'),
    owner: office('演示产权单位', sample.owner),
    town: office('演示街镇联络员', '街镇办事处', town),
    district: office('演示区级审查', '区科委', district),
    city: office('演示市级主管', '市主管部门'),
    admin: office('演示数据管理员', '数据中心'),
  };
}
