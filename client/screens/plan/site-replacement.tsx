// What would come in the stead of a chosen site: the price of doing without it, and its nearest substitutes with theirs.
import { useTranslation } from 'react-i18next';
import type { SiteReplacement } from '../../../engine/index.ts';
import { formatMoneyDifference } from '../../format/money.ts';
import { formatCount, formatShare } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { focusSite } from '../../state/focus.ts';
import { SiteLink } from './site-link.tsx';

export function SiteReplacementList({ replacement }: { readonly replacement: SiteReplacement }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { extraCostCny, substitutes } = replacement;
  return (
    <>
      <h3>{t('plan.card.substitutes')}</h3>
      <p className="soft" data-testid="cost-without">
        {extraCostCny === null
          ? t('plan.card.irreplaceable')
          : t('plan.card.costWithout', { money: formatMoneyDifference(extraCostCny, language) })}
      </p>
      {substitutes.length === 0 ? null : (
        <ul className="site-links" data-testid="substitutes">
          {substitutes.map((one) => {
            const also = [
              one.alsoOpened.length > 0
                ? t('plan.card.alsoOpened', { total: formatCount(one.alsoOpened.length, language) })
                : '',
              one.alsoClosed.length > 0
                ? t('plan.card.alsoClosed', { total: formatCount(one.alsoClosed.length, language) })
                : '',
            ].filter((text) => text !== '');
            return (
              <li key={one.siteId}>
                <SiteLink siteId={one.siteId} onOpen={focusSite} />
                <small>
                  {[
                    t('plan.card.endsShare', { share: formatShare(one.endsShare, language, 0) }),
                    one.extraCostCny === null
                      ? t('plan.card.noPrice')
                      : t('plan.card.instead', { money: formatMoneyDifference(one.extraCostCny, language) }),
                    ...also,
                  ].join(' · ')}
                </small>
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}
