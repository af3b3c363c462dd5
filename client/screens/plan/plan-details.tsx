// What a share is a share of: bins, candidates, line of sight, projection, and the fingerprint of all inputs.
import { CopyOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { formatArea } from '../../format/measures.ts';
import { formatCount, formatShare } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import type { ShownPlan } from '../../state/shown-plan.ts';

export function PlanDetails({ shown }: { readonly shown: ShownPlan }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const { summary, fingerprint } = shown;
  const rows: readonly (readonly [string, string])[] = [
    ['candidates', formatCount(summary.candidates, language)],
    ['existingSites', formatCount(summary.existingSites, language)],
    ['bins', formatCount(summary.bins, language)],
    ['indoor', formatCount(summary.indoorBins, language)],
    ['area', formatArea(summary.areaKm2, language)],
    ['best', formatShare(summary.bestShare, language)],
    ['binary', formatShare(summary.coveredShareBinary, language)],
    ['lineOfSight', t(`plan.figures.los.${summary.lineOfSight}`)],
    ['zone', `EPSG:${summary.epsg}`],
  ];
  return (
    <div className="plan-details">
      <dl className="facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`plan.figures.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {summary.assumedHeights > 0 ? (
        <p className="soft">{t('plan.figures.assumed', { count: summary.assumedHeights })}</p>
      ) : null}
      {fingerprint === null ? null : (
        <p className="fingerprint">
          <span className="soft">{t('plan.figures.fingerprint')}</span>
          <code data-testid="fingerprint">{fingerprint}</code>
          <Button
            type="text"
            size="small"
            icon={<CopyOutlined />}
            aria-label={t('plan.copyFingerprint')}
            onClick={() => {
              void navigator.clipboard?.writeText(fingerprint).then(() => message.success(t('plan.copied')));
            }}
          />
        </p>
      )}
    </div>
  );
}
