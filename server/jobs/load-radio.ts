// Radio options of a request as the engine takes them. Requests of earlier versions have none: they get the defaults they were
// computed with.
import { plainRadio, type RadioOptions } from '../../engine/index.ts';
import type { RadioJson } from '../contract/antennas.ts';
import { ProductError } from '../errors.ts';
import { loadAntennaPattern } from '../store/antennas.ts';
import type { Queryable } from '../store/store.ts';

/** Throws ANTENNA_UNKNOWN. */
export async function loadRadio(db: Queryable, request: RadioJson | undefined): Promise<RadioOptions> {
  const { antennaId = null, ...options } = request ?? {};
  if (antennaId === null) return { ...plainRadio, ...options };
  const macroAntenna = await loadAntennaPattern(db, antennaId);
  if (!macroAntenna) throw new ProductError('ANTENNA_UNKNOWN', { id: antennaId });
  return { ...plainRadio, ...options, macroAntenna };
}
