// Why a candidate is not in the plan: the reason, who covers its ground, which rule is in its way, and at what price it would be chosen.
import { useTranslation } from 'react-i18next';
import { formatMoney, formatMoneyDifference } from '../../format/money.ts';
import { formatShare, formatSharePoints } from '../../format/numbers.ts';
import { focusSite } from '../../state/focus.ts';
import type { ShownSite } from '../../state/shown-plan.ts';
import { useSiteWords } from '../sites/use-site-words.ts';
import { SiteLink } from './site-link.tsx';
import type { RuleBlock, WhyNotView } from './why-not-view.ts';

/** `isListed`: the figures are of the site as it is listed, so its listed price is what they compare with. */
export function SiteWhyNot({
  whyNot,
  site,
  isListed,
}: {
  readonly whyNot: WhyNotView;
  readonly site: ShownSite;
  readonly isListed: boolean;
}) {
  const { t } = useTranslation();
  const { language } = useSiteWords();
  const { blockedBy, coveredBy, insteadOf, extraCostCny, breakEvenCny } = whyNot;
  return (
    <>
      <h3>{t('plan.card.whyNot')}</h3>
      <p data-testid="why-not" data-cause={whyNot.cause}>
        {t(`plan.card.whyNotReason.${whyNot.cause}`)}
      </p>
      {blockedBy.length === 0 ? null : (
        <ul className="site-links" data-testid="blocked-by">
          {blockedBy.map((block) => (
            <li key={`${block.rule} ${block.with ?? ''}`}>
              <Block block={block} />
            </li>
          ))}
        </ul>
      )}
      <dl className="gains">
        <div>
          <dt>{t('plan.card.remaining')}</dt>
          <dd>{formatSharePoints(whyNot.gainShare, language, 4)}</dd>
        </div>
        {breakEvenCny === null ? null : (
          <div data-testid="break-even">
            <dt>{t(whyNot.isEstimate ? 'plan.card.worth' : 'plan.card.breakEven')}</dt>
            <dd>{formatMoney(breakEvenCny, language)}</dd>
            {isListed ? (
              <small>{t('plan.card.breakEvenNow', { money: formatMoney(site.costCny, language) })}</small>
            ) : null}
          </div>
        )}
        {extraCostCny === null ? null : (
          <div>
            <dt>{t('plan.card.insist')}</dt>
            <dd>{formatMoneyDifference(extraCostCny, language)}</dd>
          </div>
        )}
      </dl>
      {insteadOf.length === 0 ? null : (
        <>
          <h3>{t('plan.card.insteadOf')}</h3>
          <ul className="site-links" data-testid="instead-of">
            {insteadOf.map((one) => (
              <li key={one.siteId}>
                <SiteLink siteId={one.siteId} onOpen={focusSite} />
                <small>
                  {t('plan.card.instead', { money: formatMoneyDifference(one.extraCostCny, language) })}
                </small>
              </li>
            ))}
          </ul>
        </>
      )}
      {coveredBy.length === 0 ? null : (
        <>
          <h3>{t('plan.card.coveredBy')}</h3>
          <ul className="site-links" data-testid="covered-by">
            {coveredBy.map(({ siteId, part }) => (
              <li key={siteId}>
                <SiteLink siteId={siteId} onOpen={focusSite} />
                {part === null ? null : (
                  <small>{t('plan.card.reachesPart', { share: formatShare(part, language, 0) })}</small>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Block({ block }: { readonly block: RuleBlock }) {
  const { t } = useTranslation();
  const words = useSiteWords();
  if (block.rule === 'spacing' && block.with !== null) {
    return (
      <>
        {t('plan.card.blocked.spacing')} <SiteLink siteId={block.with} onOpen={focusSite} />
      </>
    );
  }
  const [by = '', value = ''] = (block.with ?? '').split('=');
  return <>{t(`plan.card.blocked.${block.rule}`, { group: groupName(words, by, value) })}</>;
}

function groupName(words: ReturnType<typeof useSiteWords>, by: string, value: string): string {
  if (by === 'district') return words.district(value) || value;
  if (by === 'structure' || by === 'buildMode') return words.term(by, value);
  return by === 'resourceType' ? words.resourceType(value) : value;
}
