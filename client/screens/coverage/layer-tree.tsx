// The layers from top to bottom as they lie on the map, each with its mark, an eye and its opacity.
import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons';
import { Button, Slider } from 'antd';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { useStatus } from '../../api/catalogue.ts';
import { useRasters } from '../../api/rasters.ts';
import { markColours } from '../../format/map-colours.ts';
import { formatCount } from '../../format/numbers.ts';
import { phaseColour } from '../../format/phase-colours.ts';
import { reasonColours } from '../../format/reason-colours.ts';
import { useLanguage } from '../../format/use-language.ts';
import {
  initialLayers,
  type LayerId,
  layersStore,
  setLayerOpacity,
  toggleLayer,
} from '../../state/layers.ts';
import { useStore } from '../../state/make-store.ts';
import { useMay } from '../../state/session.ts';
import { useShownPlan } from '../../state/shown-plan.ts';
import { LayerMark, SiteMark } from './layer-mark.tsx';

const groups = {
  plan: ['plan', 'uncovered', 'coverage'],
  sites: ['sites-existing', 'sites-candidate', 'sites-other'],
  ground: ['areas', 'districts', 'pipes', 'roads', 'buildings', 'water', 'clutter', 'relief', 'basemap'],
} as const satisfies Record<string, readonly LayerId[]>;

export function LayerTree() {
  const { t } = useTranslation();
  const language = useLanguage();
  const status = useStatus().data;
  const counts = status?.counts;
  const mayReadAreas = useMay('area:read');
  const rasters = useRasters().data ?? [];
  const countOfKind = (kind: 'terrain' | 'clutter') =>
    rasters.filter((raster) => raster.kind === kind).length;
  // rows of what is not there would only be in the way
  const missing: Partial<Record<LayerId, boolean>> = {
    areas: !mayReadAreas,
    basemap: status?.basemap == null,
    relief: countOfKind('terrain') === 0,
    clutter: countOfKind('clutter') === 0,
  };
  const countOf: Partial<Record<LayerId, number>> =
    counts === undefined
      ? {}
      : {
          'sites-existing': counts.existing,
          'sites-candidate': counts.candidates,
          areas: counts.areas,
          districts: counts.districts,
          pipes: counts.pipes,
          roads: counts.roads,
          buildings: counts.buildings,
          relief: countOfKind('terrain'),
          clutter: countOfKind('clutter'),
        };
  return (
    <div className="left-scroll">
      {Object.entries(groups).map(([group, ids]) => (
        <section key={group} className="layer-group">
          <h3>{t(`coverage.layerGroups.${group}`)}</h3>
          {ids.map((id) =>
            missing[id] ? null : (
              <Fragment key={id}>
                <LayerRow
                  id={id}
                  count={countOf[id] === undefined ? '' : formatCount(countOf[id], language)}
                />
                {id === 'plan' ? <PhaseLegend /> : null}
                {id === 'areas' ? <AreaLegend /> : null}
                {id === 'uncovered' ? <ReasonLegend /> : null}
              </Fragment>
            ),
          )}
          {group === 'sites' ? <ShapeLegend /> : null}
        </section>
      ))}
      <Button type="link" size="small" onClick={() => layersStore.set(initialLayers)}>
        {t('coverage.resetLayers')}
      </Button>
    </div>
  );
}

function LayerRow({ id, count }: { readonly id: LayerId; readonly count: string }) {
  const { t } = useTranslation();
  const { visible, opacity } = useStore(layersStore, (layers) => layers[id]);
  const layer = t(`coverage.layers.${id}`);
  return (
    <div className="layer-row" data-testid={`layer-${id}`} data-visible={visible}>
      <LayerMark id={id} />
      <span className="layer-name">
        {layer}
        {count === '' ? null : <small>{count}</small>}
      </span>
      <Slider
        className="layer-opacity"
        min={0.1}
        max={1}
        step={0.05}
        value={opacity}
        disabled={!visible}
        tooltip={{ formatter: (value) => `${Math.round((value ?? 0) * 100)}%` }}
        ariaLabelForHandle={t('coverage.opacity', { layer })}
        onChange={(value) => setLayerOpacity(id, value)}
      />
      <Button
        type="text"
        size="small"
        icon={visible ? <EyeOutlined /> : <EyeInvisibleOutlined />}
        aria-label={t(visible ? 'coverage.hide' : 'coverage.show', { layer })}
        aria-pressed={visible}
        onClick={() => toggleLayer(id)}
      />
    </div>
  );
}

function ShapeLegend() {
  const { t } = useTranslation();
  return (
    <div className="mini-legend">
      {(['pole', 'roof', 'tower'] as const).map((structure) => (
        <span key={structure}>
          <SiteMark structure={structure} status="existing" />
          {t(`terms.structure.${structure}`)}
        </span>
      ))}
    </div>
  );
}

/** As the map draws them (../../map/ground-layers.ts). */
function AreaLegend() {
  const { t } = useTranslation();
  return (
    <div className="mini-legend">
      {(['approved', 'open'] as const).map((kind) => (
        <span key={kind}>
          <i
            className="mark-line"
            style={{ borderTop: `2px ${kind === 'approved' ? 'solid' : 'dashed'} ${markColours.areaLine}` }}
          />
          {t(`areas.border.${kind}`)}
        </span>
      ))}
    </div>
  );
}

/** Colours of the phases, for a plan that has some. */
function PhaseLegend() {
  const { shown } = useShownPlan();
  if (shown === null || shown.kind === 'preview' || shown.summary.phases.length === 0) return null;
  return (
    <div className="mini-legend">
      {shown.summary.phases.map(({ name }, index) => (
        <span key={name}>
          <i className="dot" style={{ background: phaseColour(index) }} />
          {name}
        </span>
      ))}
    </div>
  );
}

function ReasonLegend() {
  const { t } = useTranslation();
  return (
    <div className="mini-legend">
      {Object.entries(reasonColours).map(([reason, colour]) => (
        <span key={reason}>
          <i className="dot" style={{ background: colour }} />
          {t(`coverage.reasons.${reason}`)}
        </span>
      ))}
    </div>
  );
}
