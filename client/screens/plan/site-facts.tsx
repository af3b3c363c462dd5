// What the library knows of a site, and what people have decided about it so far.
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ChosenConfiguration } from '../../../engine/index.ts';
import type { ReviewJson } from '../../../server/contract/plans.ts';
import { formatPosition } from '../../format/coordinates.ts';
import { formatDateTime } from '../../format/dates.ts';
import { formatAzimuths, formatDegrees, formatHeight } from '../../format/measures.ts';
import { formatMoney } from '../../format/money.ts';
import type { ShownSite } from '../../state/shown-plan.ts';
import { useSiteWords } from '../sites/use-site-words.ts';
import { decisionTags } from './plan-status.ts';

/** Height, directions and price are those of the configuration where there is one; `costCny`: what the row costs then. */
export function Facts({
  site,
  configuration,
  costCny,
}: {
  readonly site: ShownSite;
  readonly configuration: ChosenConfiguration | null;
  readonly costCny: number;
}) {
  const { t } = useTranslation();
  const words = useSiteWords();
  const { language } = words;
  const tilt = (tiltDeg: number | null) =>
    tiltDeg === null ? t('plan.card.asEquipment') : formatDegrees(tiltDeg, language);
  const { heightM, azimuthsDeg } = configuration ?? site;
  const rows: readonly (readonly [string, string])[] = [
    ['code', site.code],
    ['type', words.resourceType(site.resourceType)],
    ['structure', words.term('structure', site.structure)],
    ['owner', site.owner || '—'],
    ['status', words.term('status', site.status)],
    ['height', formatHeight(heightM, language)],
    ['azimuths', azimuthsDeg ? formatAzimuths(azimuthsDeg) : t('plan.card.asEquipment')],
    ['electricalTilt', tilt(site.electricalTiltDeg)],
    ['mechanicalTilt', tilt(site.mechanicalTiltDeg)],
    ['price', formatMoney(costCny, language)],
    ['free', words.term('freeStatus', site.freeStatus)],
    ['power', words.term('powerMode', site.powerMode)],
    ['build', words.term('buildMode', site.buildMode)],
    ['district', words.district(site.districtCode) || '—'],
    ['position', formatPosition(site.position)],
  ];
  return (
    <>
      <h3>{t('plan.card.facts')}</h3>
      <dl className="facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`plan.card.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

export function History({ reviews }: { readonly reviews: readonly ReviewJson[] }) {
  const { t } = useTranslation();
  const words = useSiteWords();
  if (reviews.length === 0) return null;
  return (
    <>
      <h3>{t('plan.card.history')}</h3>
      <ul className="history">
        {reviews.map((review) => (
          <li key={`${review.at} ${review.reviewer}`}>
            <Tag color={decisionTags[review.decision]}>{words.term('decision', review.decision)}</Tag>
            <span>
              {review.reviewer} · {formatDateTime(review.at, words.language)}
            </span>
            {review.reasonCode === null && review.reasonText === '' ? null : (
              <small>
                {[
                  review.reasonCode === null ? '' : words.term('reason', review.reasonCode),
                  review.reasonText,
                ]
                  .filter((text) => text !== '')
                  .join('：')}
              </small>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
