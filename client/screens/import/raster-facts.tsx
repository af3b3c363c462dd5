// What a raster file holds, in figures: size, coordinate system, heights, holes, people, classes.
import { useTranslation } from 'react-i18next';
import type { RasterFactsJson } from '../../../server/contract/imports.ts';
import { formatDistance, formatHeight } from '../../format/measures.ts';
import { formatCount, formatShare } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { type StatTile, StatTiles } from '../../parts/stat-tiles.tsx';

export function RasterFacts({ facts }: { readonly facts: RasterFactsJson }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { columns, rows, crs, resolutionM, cells, holes, lowestM, highestM, people, classes } = facts;
  const tile = (key: string, value: string, more: Partial<StatTile> = {}): StatTile => ({
    key: `raster-${key}`,
    label: t(`import.raster.${key}`),
    value,
    ...more,
  });
  return (
    <div data-testid="import-raster">
      <StatTiles
        tiles={[
          ...(lowestM === null || highestM === null
            ? []
            : [tile('heights', `${formatHeight(lowestM, language)} – ${formatHeight(highestM, language)}`)]),
          ...(people === null ? [] : [tile('people', formatCount(people, language))]),
          ...classes.slice(0, 4).map(({ name, share }) => ({
            key: `class-${name}`,
            label: t(`terms.clutter.${name}`),
            value: formatShare(share, language),
          })),
          tile('size', `${formatCount(columns, language)} × ${formatCount(rows, language)}`),
          tile('resolution', formatDistance(resolutionM, language)),
          tile('crs', crs),
          tile('holes', formatCount(holes, language), { note: formatShare(holes / cells, language) }),
        ]}
      />
    </div>
  );
}
