// Radio quality of a plan with all its sites on air, as shares of the outdoor weight, and what they were computed with.
import { useTranslation } from 'react-i18next';
import type { PlanSummaryJson } from '../../../server/contract/plans.ts';
import { formatInUnit } from '../../format/measures.ts';
import { formatShare } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';

export function PlanQuality({ quality }: Pick<PlanSummaryJson, 'quality'>) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (quality === null) return <p className="soft">{t('plan.quality.none')}</p>;
  const rows: readonly (readonly [string, string])[] = [
    ['sinr', formatShare(quality.ssSinrShare, language)],
    ['sinrStrict', formatShare(quality.ssSinrStrictShare, language)],
    ['rate', formatInUnit(Math.round(quality.meanDownlinkMbps), 'Mbps', language)],
    ['uplink', formatShare(quality.uplinkShare, language)],
    ['indoor', formatShare(quality.indoorShare, language)],
    ['overlap', formatShare(quality.overlapShare, language)],
  ];
  return (
    <section className="plan-quality" data-testid="plan-quality">
      <h4>{t('plan.quality.title')}</h4>
      <dl className="facts in-columns">
        {rows.map(([name, value]) => (
          <div key={name} data-testid={`quality-${name}`}>
            <dt>{t(`plan.quality.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="soft">
        {t('plan.quality.basis', {
          load: formatShare(quality.load, language, 0),
          building: t(`plan.quality.building.${quality.indoorBuilding}`),
        })}
      </p>
    </section>
  );
}
