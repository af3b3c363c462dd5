// Legend of the painted coverage: the same classes as the painter's, the threshold marked, the ramp to choose.
// Predicted levels only; measured ones never share this legend.
import { DownOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { coverageClasses } from '../../../engine/index.ts';
import { formatLevel } from '../../format/measures.ts';
import { useLanguage } from '../../format/use-language.ts';
import { layersStore } from '../../state/layers.ts';
import { useStore } from '../../state/make-store.ts';
import { useShownPlan } from '../../state/shown-plan.ts';
import { type Ramp, viewStore } from '../../state/view.ts';
import { useNarrow } from './use-narrow.ts';

export function CoverageLegend() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { shown } = useShownPlan();
  const ramp = useStore(viewStore, (view) => view.ramp);
  const isVisible = useStore(layersStore, (layers) => layers.coverage.visible);
  const isNarrow = useNarrow(900);
  const [isOpen, setOpen] = useState<boolean | null>(null);
  if (shown === null || !isVisible) return null;
  if (!(isOpen ?? !isNarrow)) {
    return (
      <Button className="legend-open" size="small" onClick={() => setOpen(true)}>
        {t('coverage.legend.open')}
      </Button>
    );
  }
  const { thresholdDbm } = shown.summary;
  return (
    <section className="legend" aria-label={t('coverage.legend.title')} data-testid="legend">
      <header>
        <strong>{t('coverage.legend.title')}</strong>
        <Button
          type="text"
          size="small"
          icon={<DownOutlined />}
          aria-label={t('coverage.legend.fold')}
          onClick={() => setOpen(false)}
        />
      </header>
      <ul>
        {coverageClasses(thresholdDbm).map((row) => (
          <li key={row.fromDbm ?? 'lowest'} className={row.fromDbm === thresholdDbm ? 'at-threshold' : ''}>
            <i style={{ background: row.colours[ramp] }} />
            <span>
              {row.fromDbm === null
                ? `< ${formatLevel(row.toDbm, language)}`
                : `≥ ${formatLevel(row.fromDbm, language)}`}
            </span>
            {row.fromDbm === thresholdDbm ? <small>{t('coverage.legend.threshold')}</small> : null}
            {row.covered ? null : <small>{t('coverage.legend.below')}</small>}
          </li>
        ))}
      </ul>
      <Segmented<Ramp>
        size="small"
        block
        value={ramp}
        onChange={(value) => viewStore.set({ ramp: value })}
        options={[
          { value: 'green-red', label: t('coverage.legend.greenRed') },
          { value: 'colour-blind', label: t('coverage.legend.colourBlind') },
        ]}
        aria-label={t('coverage.legend.ramp')}
        data-testid="ramp"
      />
      <small className="soft">
        {shown.kind === 'preview' ? `${t('coverage.legend.preview')} · ` : ''}
        {t('coverage.legend.predicted')}
      </small>
    </section>
  );
}
