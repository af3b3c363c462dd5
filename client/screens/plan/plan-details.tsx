// What a share is a share of: bins, candidates, line of sight, projection; what is proved, phases and duties; radio quality,
// notes on the models, and the fingerprint of all inputs.
import { CopyOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { plainRadio } from '../../../engine/index.ts';
import { useAntennas } from '../../api/antennas.ts';
import { formatArea, formatDuration } from '../../format/measures.ts';
import { formatCount, formatShare } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import type { ShownPlan } from '../../state/shown-plan.ts';
import { PlanAreas } from '../areas/plan-areas.tsx';
import { PlanNotesList } from './plan-notes-list.tsx';
import { PlanProof } from './plan-proof.tsx';
import { PlanQuality } from './plan-quality.tsx';
import { PlanSharing } from './plan-sharing.tsx';

export function PlanDetails({ shown }: { readonly shown: ShownPlan }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const antennas = useAntennas();
  const { summary, radio, keyAreaFactor, fingerprint } = shown;
  const antenna = antennas.data?.find(({ id }) => id === radio.antennaId);
  const rows: readonly (readonly [string, string])[] = [
    ['candidates', formatCount(summary.candidates, language)],
    ['existingSites', formatCount(summary.existingSites, language)],
    ['bins', formatCount(summary.bins, language)],
    ['indoor', formatCount(summary.indoorBins, language)],
    ['area', formatArea(summary.areaKm2, language)],
    ['best', formatShare(summary.bestShare, language)],
    ['binary', formatShare(summary.coveredShareBinary, language)],
    ['weight', t(`coverage.rule.by.${summary.weightBy}`)],
    ['keyAreas', keyAreaFactor === 1 ? t('coverage.keyAreasOff') : `×${keyAreaFactor}`],
    ['lineOfSight', t(`plan.figures.los.${summary.lineOfSight}`)],
    ['macroModel', t(`coverage.radio.model.${radio.macroModel ?? plainRadio.macroModel}`)],
    ['poleModel', t(`coverage.radio.model.${radio.poleModel ?? plainRadio.poleModel}`)],
    ['antenna', antenna?.name ?? t('coverage.radio.antennaOwn')],
    ['ground', t(`plan.figures.grounds.${summary.ground}`)],
    ['zone', `EPSG:${summary.epsg}`],
    ['seconds', formatDuration(shown.seconds, language)],
  ];
  return (
    <div className="plan-details">
      <dl className="facts in-columns">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`plan.figures.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {shown.plan === null ? null : <PlanAreas planId={shown.plan.id} />}
      <PlanSharing shown={shown} />
      <PlanProof shown={shown} />
      <PlanQuality quality={summary.quality} />
      <PlanNotesList summary={summary} />
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
