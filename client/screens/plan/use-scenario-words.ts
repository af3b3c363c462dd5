// What a scenario moves, in the reader's language: `门限 +3 dB · 楼面造价 +20%`. A name that somebody gave goes before.
import { useTranslation } from 'react-i18next';
import type { PlanScenario, PriceFactor } from '../../../engine/index.ts';
import { formatNumber, realMinus } from '../../format/numbers.ts';
import { type SiteWords, useSiteWords } from '../sites/use-site-words.ts';

export function useScenarioWords(): (scenario: PlanScenario) => string {
  const { t } = useTranslation();
  const words = useSiteWords();
  const signed = (value: number) =>
    `${value > 0 ? '+' : ''}${realMinus(formatNumber(value, words.language, 1))}`;
  return ({ id, name, thresholdDeltaDb, shadowSigmaDeltaDb, weightBy, priceFactors }) => {
    if (name !== '') return name;
    const moves = [
      ...(thresholdDeltaDb === 0
        ? []
        : [t('scenarios.moves.threshold', { change: signed(thresholdDeltaDb) })]),
      ...(shadowSigmaDeltaDb === 0
        ? []
        : [t('scenarios.moves.sigma', { change: signed(shadowSigmaDeltaDb) })]),
      ...(weightBy === null
        ? []
        : [t('scenarios.moves.weight', { weight: t(`scenarios.weights.${weightBy}`) })]),
      ...(priceFactors ?? []).map((factor) =>
        t('scenarios.moves.price', {
          what: pricedWhat(words, factor),
          change: `${signed(Math.round(1000 * (factor.factor - 1)) / 10)}%`,
        }),
      ),
    ];
    return moves.length === 0 ? id : moves.join(' · ');
  };
}

function pricedWhat(words: SiteWords, { by, value }: PriceFactor): string {
  return by === 'resourceType' ? words.resourceType(value) : words.term(by, value);
}
