// How far a plan can be from the best one, in three words beside the figure it belongs to; the sentence of the proof behind it.
import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CertificateJson, PlanSummaryJson } from '../../../server/contract/plans.ts';
import { useLanguage } from '../../format/use-language.ts';
import { gapBadge, proofSentences } from './certificate-words.ts';

/** Draws nothing unless the certificate is about this figure. */
export function GapTag({
  summary,
  figure,
}: {
  readonly summary: PlanSummaryJson;
  readonly figure: CertificateJson['kind'];
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const badge = gapBadge(summary.certificate, language);
  if (badge === null || badge.figure !== figure) return null;
  const sentences = proofSentences(summary, language)
    .map(({ key, values }) => t(`proof.certificate.${key}`, values))
    .join(language === 'en' ? ' ' : '');
  return (
    <Tooltip title={sentences} placement="bottom">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the sentence behind it has to be within reach of the keyboard */}
      <span className="gap-tag" tabIndex={0} data-optimal={badge.key === 'optimal'} data-testid="gap-tag">
        {t(`proof.badge.${badge.key}`, { gap: badge.gap })}
      </span>
    </Tooltip>
  );
}
