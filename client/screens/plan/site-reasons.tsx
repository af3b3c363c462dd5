// Why a site is in the plan: the rule, what it added in its turn, what would go with it now, and what it displaced.
import { useTranslation } from 'react-i18next';
import type { SiteReplacement } from '../../../engine/index.ts';
import { formatMoneyDifference } from '../../format/money.ts';
import { formatCount, formatShare, formatSharePoints } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { focusSite } from '../../state/focus.ts';
import type { ShownItem } from '../../state/shown-plan.ts';
import { SiteLink } from './site-link.tsx';
import { SiteReplacementList } from './site-replacement.tsx';

export interface ReasonsProps {
  readonly item: ShownItem;
  /** null: not known, or not yet. */
  readonly replacement: SiteReplacement | null;
  /** Of the phase it is built in; null without phases. */
  readonly phaseName: string | null;
}

export function Reasons({ item, replacement, phaseName }: ReasonsProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const isNew = item.status === 'new';
  const lossWords = ({ uniqueBins, uniquePeople }: ShownItem) =>
    [
      uniqueBins === null ? '' : t('plan.card.gainBins', { bins: formatCount(uniqueBins, language) }),
      uniquePeople === null ? '' : t('plan.card.gainPeople', { people: formatCount(uniquePeople, language) }),
    ]
      .filter((text) => text !== '')
      .join(' · ');
  return (
    <>
      <h3>{t('plan.card.why')}</h3>
      <p data-testid="placed-by">
        {t(`plan.card.placed.${item.placedBy}`)}
        {phaseName === null ? '' : ` · ${t('plan.card.inPhase', { name: phaseName })}`}
      </p>
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
          <small>{item.uniqueWeightShare < 0.00005 ? t('plan.card.uniqueNothing') : lossWords(item)}</small>
        </div>
      </dl>
      {isNew && replacement !== null ? <SiteReplacementList replacement={replacement} /> : null}
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
