// Why a site is in the plan and what it displaced, or why a candidate is not in it.
import { useTranslation } from 'react-i18next';
import type { SiteCardJson } from '../../../server/contract/plans.ts';
import { formatMoney, formatMoneyDifference } from '../../format/money.ts';
import { formatCount, formatShare, formatSharePoints } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { focusSite } from '../../state/focus.ts';
import type { ShownItem } from '../../state/shown-plan.ts';
import { SiteLink } from './site-link.tsx';

export function Reasons({ item }: { readonly item: ShownItem }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const isNew = item.status === 'new';
  return (
    <>
      <h3>{t('plan.card.why')}</h3>
      <p data-testid="placed-by">{t(`plan.card.placed.${item.placedBy}`)}</p>
      <dl className="gains">
        <div data-testid="gain">
          <dt>{t('plan.card.gain')}</dt>
          <dd>{formatSharePoints(item.gainWeightShare, language)}</dd>
          <small>
            {t('plan.card.gainBins', { bins: formatCount(item.gainBins, language) })}
            {item.gainPeople === null
              ? ''
              : ` · ${t('plan.card.gainPeople', { people: formatCount(item.gainPeople, language) })}`}
          </small>
        </div>
        <div>
          <dt>{t('plan.card.shareAfter')}</dt>
          <dd>{formatShare(item.shareAfter, language)}</dd>
        </div>
        <div data-testid="unique">
          <dt>{t('plan.card.unique')}</dt>
          <dd>{formatSharePoints(-item.uniqueWeightShare, language)}</dd>
          <small>
            {item.uniqueWeightShare < 0.00005
              ? t('plan.card.uniqueNothing')
              : item.uniquePeople === null
                ? ''
                : t('plan.card.gainPeople', { people: formatCount(item.uniquePeople, language) })}
          </small>
        </div>
      </dl>
      {isNew ? (
        <>
          <h3>{t('plan.card.displaced')}</h3>
          {item.displaced.length === 0 ? (
            <p className="soft">{t('plan.card.noneDisplaced')}</p>
          ) : (
            <>
              <p className="soft">{t('plan.card.displacedNote')}</p>
              <ul className="site-links" data-testid="displaced">
                {item.displaced.map((one) => (
                  <li key={one.siteId}>
                    <SiteLink siteId={one.siteId} onOpen={focusSite} />
                    <small>
                      {t('plan.card.overlap', { share: formatShare(one.overlapShare, language, 0) })}
                      {' · '}
                      {t('plan.card.extraCost', { money: formatMoneyDifference(one.extraCostCny, language) })}
                    </small>
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      ) : null}
    </>
  );
}

export function NotChosen({ whyNot }: { readonly whyNot: NonNullable<SiteCardJson['whyNot']> }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <>
      <h3>{t('plan.card.whyNot')}</h3>
      <p data-testid="why-not">{t(`plan.card.whyNotReason.${whyNot.reason}`)}</p>
      <dl className="gains">
        <div>
          <dt>{t('plan.card.remaining')}</dt>
          <dd>{formatSharePoints(whyNot.remainingGainShare, language, 4)}</dd>
          {whyNot.costPerPointCny === null ? null : (
            <small>{t('plan.card.perPoint', { money: formatMoney(whyNot.costPerPointCny, language) })}</small>
          )}
        </div>
      </dl>
      {whyNot.coveredBySiteIds.length === 0 ? null : (
        <>
          <h3>{t('plan.card.coveredBy')}</h3>
          <ul className="site-links">
            {whyNot.coveredBySiteIds.map((siteId) => (
              <li key={siteId}>
                <SiteLink siteId={siteId} onOpen={focusSite} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
