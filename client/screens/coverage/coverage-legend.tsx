// Legend of the painted coverage: which layer, the same classes as the painter's, what their limits mean, the ramp to choose.
// Predicted values only; measured ones never share this legend.
import { DownOutlined } from '@ant-design/icons';
import { Button, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type CoverageClass,
  type CoverageLayer,
  coverageClasses,
  coverageLayers,
} from '../../../engine/index.ts';
import { useLanguage } from '../../format/use-language.ts';
import { useNarrow } from '../../parts/use-narrow.ts';
import { holdsLayer, layerHeld } from '../../state/layer-held.ts';
import { layersStore } from '../../state/layers.ts';
import { useStore } from '../../state/make-store.ts';
import { useShownPlan } from '../../state/shown-plan.ts';
import { type Ramp, viewStore } from '../../state/view.ts';
import { classLabel } from './class-label.ts';
import { OperatorLegend } from './operator-legend.tsx';

export function CoverageLegend() {
  const { t } = useTranslation();
  const { shown } = useShownPlan();
  const { ramp, coverageLayer } = useStore(viewStore, (view) => view);
  const { visible: isVisible, opacity } = useStore(layersStore, (layers) => layers.coverage);
  const isNarrow = useNarrow(900);
  const [isOpen, setOpen] = useState<boolean | null>(null);
  if (shown === null || !isVisible) return null;
  if (!(isOpen ?? !isNarrow)) {
    return (
      <Button className="legend-open" size="small" onClick={() => setOpen(true)} data-testid="legend-open">
        {t('coverage.legend.open')}
      </Button>
    );
  }
  const { summary } = shown;
  const layer = layerHeld(summary, coverageLayer);
  const classes = coverageClasses(layer, summary.thresholdDbm);
  const hasRamps = classes.some(({ colours }) => colours['green-red'] !== colours['colour-blind']);
  return (
    <section
      className="legend"
      aria-label={t('coverage.legend.title')}
      data-testid="legend"
      data-layer={layer}
    >
      <header>
        <Select<CoverageLayer>
          size="small"
          className="legend-layer"
          value={layer}
          onChange={(value) => viewStore.set({ coverageLayer: value })}
          options={coverageLayers.map((value) => ({
            value,
            label: t(`coverage.coverageLayers.${value}`),
            disabled: !holdsLayer(summary, value),
          }))}
          listHeight={300}
          aria-label={t('coverage.legend.layer')}
          data-testid="coverage-layer"
        />
        <Button
          type="text"
          size="small"
          icon={<DownOutlined />}
          aria-label={t('coverage.legend.fold')}
          onClick={() => setOpen(false)}
        />
      </header>
      <OperatorLegend shown={shown} />
      <small className="soft">{t(`coverage.legend.notes.${layer}`)}</small>
      <Classes layer={layer} classes={classes} ramp={ramp} opacity={opacity} />
      {hasRamps ? (
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
      ) : null}
      <small className="soft">
        {shown.kind === 'preview' ? `${t('coverage.legend.preview')} · ` : ''}
        {t('coverage.legend.predicted')}
        {summary.quality === null ? ` · ${t('coverage.legend.noQuality')}` : ''}
      </small>
    </section>
  );
}

interface ClassesProps {
  readonly layer: CoverageLayer;
  readonly classes: readonly CoverageClass[];
  readonly ramp: Ramp;
  /** Of the layer on the map, so that a class looks here as it looks there. */
  readonly opacity: number;
}

function Classes({ layer, classes, ramp, opacity }: ClassesProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <ul>
      {classes.map((row) => (
        <li key={row.from ?? 'lowest'} className={row.mark === null ? '' : 'at-mark'}>
          <i style={{ background: row.colours[ramp], opacity }} />
          <span>{classLabel(row, layer, language)}</span>
          {row.mark === null ? null : <small>{t(`coverage.legend.marks.${row.mark}`)}</small>}
          {row.meets === false && row.mark === null ? <small>{t('coverage.legend.notMet')}</small> : null}
        </li>
      ))}
    </ul>
  );
}
