// What the legend writes beside a class of a coverage layer: its lower limit, or its upper one for the lowest class.
import type { CoverageClass, CoverageLayer } from '../../../engine/index.ts';
import { layerUnits } from '../../../engine/index.ts';
import type { Language } from '../../format/language.ts';
import { formatInUnit } from '../../format/measures.ts';

/** `≥ −3 dB`, `< −5 dB`; whole servers as `2 站`, the highest class as `≥ 4 站`, none as `0 站`. */
export function classLabel({ from, to }: CoverageClass, layer: CoverageLayer, language: Language): string {
  const unit = layerUnits[layer];
  if (unit === 'sites' && from === null) return formatInUnit(0, unit, language);
  if (unit === 'sites' && to !== null) return formatInUnit(from ?? 0, unit, language);
  if (from !== null) return `≥ ${formatInUnit(from, unit, language)}`;
  return to === null ? '' : `< ${formatInUnit(to, unit, language)}`;
}
