// A path profile in words: the reading of one sample, and the sentences that say what the drawing shows.
import type { TFunction } from 'i18next';
import type { LinkProfile } from '../../../engine/index.ts';
import type { Language } from '../../format/language.ts';
import { formatDistance, formatHeight } from '../../format/measures.ts';
import { formatNumber, realMinus } from '../../format/numbers.ts';

const CLEAR_SHARE = 0.6;
/** Less is shown as 0. */
const TERRAIN_WORTH_TELLING_DB = 0.05;

export function readingWords(
  { samples }: LinkProfile,
  sample: number | null,
  t: TFunction,
  language: Language,
): string {
  if (sample === null) return t('link.readingNone');
  const height = (value: number) => realMinus(formatHeight(value, language));
  return t('link.reading', {
    distance: formatDistance(samples.distanceM[sample]!, language),
    surface: t(samples.isRoof[sample] ? 'link.surface.roof' : 'link.surface.ground'),
    top: height(samples.topM[sample]!),
    ray: height(samples.rayM[sample]!),
    clearance: height(samples.rayM[sample]! - samples.topM[sample]!),
    fresnel: height(samples.fresnelM[sample]!),
  });
}

/** From what lies where to what it means; the first sentence always, the others where they apply. */
export function summaryWords(profile: LinkProfile, t: TFunction, language: Language): string[] {
  const { budget, obstacle, leastClearance } = profile;
  const sentences = [
    t('link.summary.ends', {
      distance: formatDistance(profile.distanceM, language),
      antenna: formatHeight(profile.antenna.heightM, language),
      receiver: formatHeight(profile.receiver.heightM, language),
      factor: '4/3',
    }),
    `${t(`link.summary.sight.${profile.sight}`)}${language === 'zh-CN' ? '；' : '; '}${t(`link.summary.map.${budget.state}`)}`,
  ];
  if (profile.isShadowEdge) sentences.push(t('link.summary.edge'));
  if (profile.receiverIndoor) sentences.push(t('link.summary.indoor'));
  if (obstacle === null) sentences.push(t('link.summary.noObstacle'));
  else {
    sentences.push(
      t(`link.summary.${obstacle.kind}`, {
        distance: formatDistance(obstacle.distanceM, language),
        top: realMinus(formatHeight(obstacle.topM, language)),
        relation: t(obstacle.aboveRayM > 0 ? 'link.summary.above' : 'link.summary.below', {
          height: formatHeight(Math.abs(obstacle.aboveRayM), language),
        }),
        nu: realMinus(formatNumber(obstacle.nu, language, 2)),
        loss: `${formatNumber(obstacle.knifeEdgeDb, language, 1)} dB`,
      }),
    );
  }
  const terrainDb = budget.lines.find((line) => line.key === 'terrainLoss')?.value ?? 0;
  if (terrainDb >= TERRAIN_WORTH_TELLING_DB)
    sentences.push(t('link.summary.terrainLoss', { loss: `${formatNumber(terrainDb, language, 1)} dB` }));
  // Below 0 the obstacle has said it already.
  if (leastClearance !== null && leastClearance.share >= 0) {
    sentences.push(
      t('link.summary.clearance', {
        share: realMinus(`${formatNumber(leastClearance.share * 100, language, 0)}%`),
        distance: formatDistance(leastClearance.distanceM, language),
        verdict: t(leastClearance.share >= CLEAR_SHARE ? 'link.summary.enough' : 'link.summary.short'),
      }),
    );
  }
  return sentences;
}
