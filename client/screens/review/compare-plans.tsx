// Two plans beside each other: figures before and after, the sites that left (and why), the sites that came.
import { Alert, Modal, Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PlanItemJson } from '../../../server/contract/plans.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { usePlan, usePlanItems } from '../../api/plans.ts';
import { formatMoney, formatMoneyDifference } from '../../format/money.ts';
import { formatCount, formatCountDifference, formatShare, formatSharePoints } from '../../format/numbers.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { type SiteWords, useSiteWords } from '../sites/use-site-words.ts';
import { comparePlans, type PlanSide } from './plan-difference.ts';
import styles from './review.module.css';
import { newSitesQuery } from './review-decisions.ts';

export interface ComparePlansProps {
  readonly beforeId: string;
  readonly afterId: string;
}

export function CompareDialog({ onClose, ...plans }: ComparePlansProps & { readonly onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal open title={t('review.compare.title')} onCancel={onClose} footer={null} width={760}>
      <ComparePlans {...plans} />
    </Modal>
  );
}

export function ComparePlans({ beforeId, afterId }: ComparePlansProps) {
  const words = useSiteWords();
  const before = usePlanSide(beforeId);
  const after = usePlanSide(afterId);
  const error = before.error ?? after.error;
  if (error) return <ErrorNote {...describeError(error, words.language)} />;
  if (!before.side || !after.side) return <Spin />;
  return <Difference before={before.side} after={after.side} words={words} />;
}

function usePlanSide(planId: string): { readonly side: PlanSide | null; readonly error: unknown } {
  const detail = usePlan(planId);
  const items = usePlanItems(planId, newSitesQuery);
  const summary = detail.data?.plan.summary;
  const side = summary && items.data ? { summary, items: items.data.items } : null;
  return { side, error: detail.error ?? items.error };
}

interface DifferenceProps {
  readonly before: PlanSide;
  readonly after: PlanSide;
  readonly words: SiteWords;
}

function Difference({ before, after, words }: DifferenceProps) {
  const { t } = useTranslation();
  const { language } = words;
  const difference = comparePlans(before, after);
  const isSame = difference.left.length === 0 && difference.came.length === 0;
  const isShort = after.summary.status !== 'reached';
  return (
    <div className={styles.dialog} data-testid="plan-difference">
      <Figures before={before} after={after} words={words} />
      {isShort ? (
        <Alert
          type="warning"
          showIcon
          title={t('review.compare.notReached', { target: formatShare(after.summary.targetShare, language) })}
        />
      ) : null}
      {isSame ? <Alert type="info" showIcon title={t('review.compare.same')} /> : null}
      <p style={{ margin: 0 }}>
        {t('review.compare.kept', { total: formatCount(difference.kept, language) })}
      </p>
      {isSame ? null : (
        <div className={styles.moved}>
          <Moved kind="left" items={difference.left} words={words} />
          <Moved kind="came" items={difference.came} words={words} />
        </div>
      )}
    </div>
  );
}

function Figures({ before, after, words }: DifferenceProps) {
  const { t } = useTranslation();
  const { language } = words;
  const change = comparePlans(before, after);
  const lines = [
    {
      key: 'sites',
      before: formatCount(before.summary.sites, language),
      after: formatCount(after.summary.sites, language),
      change: formatCountDifference(change.sites, language),
    },
    {
      key: 'cost',
      before: formatMoney(before.summary.costCny, language),
      after: formatMoney(after.summary.costCny, language),
      change: formatMoneyDifference(change.costCny, language),
    },
    {
      key: 'share',
      before: formatShare(before.summary.coveredShare, language, 2),
      after: formatShare(after.summary.coveredShare, language, 2),
      change: formatSharePoints(change.coveredShare, language),
    },
  ];
  return (
    <table className={styles.compare}>
      <thead>
        <tr>
          <th aria-label={t('review.compare.title')} />
          <th scope="col">{t('review.compare.before')}</th>
          <th scope="col">{t('review.compare.after')}</th>
          <th scope="col">{t('review.compare.change')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.key} data-testid={`difference-${line.key}`}>
            <th scope="row">{t(`review.compare.${line.key}`)}</th>
            <td>{line.before}</td>
            <td>{line.after}</td>
            <td>{line.change}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface MovedProps {
  readonly kind: 'left' | 'came';
  readonly items: readonly PlanItemJson[];
  readonly words: SiteWords;
}

function Moved({ kind, items, words }: MovedProps) {
  const { t } = useTranslation();
  return (
    <section data-testid={`difference-${kind}`}>
      <h3>{t(`review.compare.${kind}`, { total: formatCount(items.length, words.language) })}</h3>
      {items.length === 0 ? <small>{t('review.compare.none')}</small> : null}
      <ul>
        {items.map((item) => (
          <li key={item.site.id}>
            <div>
              {item.site.name || item.site.code}
              <small>
                {item.site.code} · {words.resourceType(item.site.resourceType)}
                {item.review?.decision === '不同意'
                  ? ` · ${t('review.compare.refusedBecause', { reason: words.term('reason', item.review.reasonCode) })}`
                  : null}
              </small>
            </div>
            <b>{formatMoney(item.costCny, words.language)}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}
