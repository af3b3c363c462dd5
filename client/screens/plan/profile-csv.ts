// A path profile as a table: one row per sample, centimetres kept.
import type { TFunction } from 'i18next';
import type { LinkProfile } from '../../../engine/index.ts';
import { makeCsv } from '../../format/make-csv.ts';

export function profileCsv({ samples }: LinkProfile, t: TFunction): string {
  const columns = ['distance', 'ground', 'top', 'roof', 'ray', 'fresnel', 'clearance', 'share'] as const;
  const rows = samples.distanceM.map((distanceM, index) => {
    const clearanceM = samples.rayM[index]! - samples.topM[index]!;
    const radiusM = samples.fresnelM[index]!;
    return [
      centimetres(distanceM),
      centimetres(samples.groundM[index]!),
      centimetres(samples.topM[index]!),
      samples.isRoof[index] ? 1 : 0,
      centimetres(samples.rayM[index]!),
      centimetres(radiusM),
      centimetres(clearanceM),
      // The zone has no width at the ends.
      radiusM > 0 ? centimetres(clearanceM / radiusM) : null,
    ];
  });
  return makeCsv(
    columns.map((column) => t(`link.column.${column}`)),
    rows,
  );
}

function centimetres(value: number): number {
  return Math.round(value * 100) / 100;
}
