// The made-up town as the engine takes it: its files read as the plan command reads a person's files.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PlanInput } from '../../engine/index.ts';
import { readPlanOptions } from '../../scripts/cli/plan-options.ts';
import { readPlanFiles } from '../../scripts/cli/read-plan-files.ts';
import { aTown } from './a-town.ts';

export async function townPlanInput(): Promise<PlanInput> {
  const town = aTown();
  const folder = mkdtempSync(join(tmpdir(), 'zhanzhi-town-'));
  const option = (name: 'sites' | 'area' | 'buildings' | 'demand'): string[] => {
    const path = join(folder, town[name].fileName);
    writeFileSync(path, town[name].text);
    return [`--${name}`, path];
  };
  try {
    const options = readPlanOptions([
      ...option('sites'),
      ...option('area'),
      ...option('buildings'),
      ...option('demand'),
      '--out',
      folder,
    ]);
    if (!options) throw new Error('the town did not make plan options');
    return (await readPlanFiles(options)).input;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
