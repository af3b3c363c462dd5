// On the card of a site of a plan for several operators: who moves in and for how much, who stands there already.
import { useTranslation } from 'react-i18next';
import type { ItemSharingJson } from '../../../server/contract/plans.ts';
import { formatMoney } from '../../format/money.ts';
import { operatorColour } from '../../format/operator-colours.ts';
import { useLanguage } from '../../format/use-language.ts';
import type { ShownItem } from '../../state/shown-plan.ts';
import { useOperatorName } from './use-operator-name.ts';

export function SiteSharing({
  sharing: { operatorIds, besideIds, paymentsCny, listPriceCny },
  status,
}: Pick<ShownItem, 'status'> & { readonly sharing: ItemSharingJson }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const nameOf = useOperatorName();
  const rows = [
    ...besideIds.map((id) => ({ id, told: t('operators.card.stands') })),
    ...operatorIds.map((id, at) => ({
      id,
      told:
        status === 'existing'
          ? t('operators.card.stands')
          : t('operators.card.pays', { cost: formatMoney(paymentsCny[at] ?? 0, language) }),
    })),
  ];
  const count = rows.length;
  return (
    <section data-testid="card-sharing">
      <h3>
        {t('operators.card.title')}{' '}
        <small className="soft">
          {count > 1 ? t('operators.card.joint', { count }) : t('operators.card.alone')}
          {status === 'new' && count > 1
            ? ` · ${t('operators.card.list', { cost: formatMoney(listPriceCny, language) })}`
            : ''}
        </small>
      </h3>
      <ul className="card-operators">
        {rows.map(({ id, told }) => (
          <li key={id}>
            <span>
              <i className="dot" style={{ background: operatorColour(id) }} /> {nameOf(id)}
            </span>
            <span>{told}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
