// What each operator would pay by the sharing discounts (domain reference, 8.3, rule 4), and what all of them pay together.
import { useTranslation } from 'react-i18next';
import type { ClaimPriceJson } from '../../../server/contract/claims.ts';
import { formatMoney } from '../../format/money.ts';
import desk from '../shell/desk.module.css';
import styles from './claims.module.css';
import type { ClaimWords } from './use-claim-words.ts';

export interface PriceTableProps {
  readonly price: ClaimPriceJson;
  readonly words: ClaimWords;
}

export function PriceTable({ price, words }: PriceTableProps) {
  const { t } = useTranslation();
  if (price.baseCny === null) return <p className={desk.soft}>{t('claims.price.unknown')}</p>;
  const money = (cny: number | null) => formatMoney(cny, words.language);
  return (
    <table className={styles.price} data-testid="claim-price">
      <caption>{t('claims.price.caption', { base: money(price.baseCny) })}</caption>
      <tbody>
        {price.shares.map(({ operator, isAnchor, discountPercent, cny }) => (
          <tr key={operator}>
            <th scope="row">{operator.startsWith('*') ? t('claims.price.other') : operator}</th>
            <td>{isAnchor ? t('claims.price.anchor') : ''}</td>
            <td>
              {discountPercent === 0 ? t('claims.price.full') : t('claims.price.off', { discountPercent })}
            </td>
            <td className={styles.number}>{money(cny)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={3}>
            {t('claims.price.total')}
          </th>
          <td className={styles.number}>{money(price.totalCny)}</td>
        </tr>
      </tfoot>
    </table>
  );
}
