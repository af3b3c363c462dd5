// How radio is computed for the next plan: models in plain words, street, antenna file, load of neighbours, walls. Everything
// has a default a person may leave alone, so the section is folded.
import { Collapse, Segmented, Select, Slider } from 'antd';
import { useTranslation } from 'react-i18next';
import { ROAD_HEIGHT_M, type StationModel } from '../../../engine/index.ts';
import { formatShare } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { useStore } from '../../state/make-store.ts';
import { planFormStore, type RadioForm } from '../../state/plan-form.ts';
import { AntennaField } from './antenna-field.tsx';

/** What makes sense above the roofs and below them; another model of a copied plan is offered as well. */
const macroModels: readonly StationModel[] = ['UMa', 'RMa', 'P1812', 'Hata'];
const poleModels: readonly StationModel[] = ['UMi', 'P1411', 'RMa', 'P1812'];

export function RadioFields() {
  const { t } = useTranslation();
  const language = useLanguage();
  const radio = useStore(planFormStore, (form) => form.radio);
  const change = (changes: Partial<RadioForm>) => planFormStore.set({ radio: { ...radio, ...changes } });
  const usesStreet = radio.poleModel === 'P1411' || radio.macroModel === 'P1411';
  return (
    <Collapse
      ghost
      size="small"
      className="more-fields"
      items={[
        {
          key: 'radio',
          label: <span data-testid="radio-settings">{t('coverage.radio.title')}</span>,
          children: (
            <>
              <ModelField
                id="macro-model"
                models={macroModels}
                value={radio.macroModel}
                onChange={(macroModel) => change({ macroModel })}
              />
              <ModelField
                id="pole-model"
                models={poleModels}
                value={radio.poleModel}
                onChange={(poleModel) => change({ poleModel })}
              />
              {usesStreet ? (
                <div className="field">
                  <span className="field-title">{t('coverage.radio.road')}</span>
                  <Segmented<number>
                    block
                    value={radio.roadHeightM}
                    onChange={(roadHeightM) => change({ roadHeightM })}
                    options={[
                      { value: ROAD_HEIGHT_M.residential, label: t('coverage.radio.residential') },
                      { value: ROAD_HEIGHT_M.arterial, label: t('coverage.radio.arterial') },
                    ]}
                    data-testid="road-class"
                  />
                </div>
              ) : null}
              <AntennaField radio={radio} onChange={change} />
              <div className="field">
                <div className="field-label">
                  <label htmlFor="load">{t('coverage.radio.load')}</label>
                  <strong className="figures">{formatShare(radio.load, language, 0)}</strong>
                </div>
                <Slider
                  id="load"
                  min={0}
                  max={1}
                  step={0.05}
                  value={radio.load}
                  tooltip={{ formatter: (value) => formatShare(value ?? 0, language, 0) }}
                  ariaLabelForHandle={t('coverage.radio.load')}
                  onChange={(load) => change({ load })}
                />
                <small className="soft">{t('coverage.radio.loadNote')}</small>
              </div>
              <div className="field">
                <span className="field-title">{t('coverage.radio.indoor')}</span>
                <Segmented<RadioForm['indoorBuilding']>
                  block
                  value={radio.indoorBuilding}
                  onChange={(indoorBuilding) => change({ indoorBuilding })}
                  options={[
                    { value: 'low', label: t('coverage.radio.lowLoss') },
                    { value: 'high', label: t('coverage.radio.highLoss') },
                  ]}
                  data-testid="indoor-building"
                />
              </div>
            </>
          ),
        },
      ]}
    />
  );
}

function ModelField({
  id,
  models,
  value,
  onChange,
}: {
  readonly id: 'macro-model' | 'pole-model';
  readonly models: readonly StationModel[];
  readonly value: StationModel;
  readonly onChange: (model: StationModel) => void;
}) {
  const { t } = useTranslation();
  const offered = models.includes(value) ? models : [...models, value];
  return (
    <div className="field">
      <label htmlFor={id}>{t(`coverage.radio.${id}`)}</label>
      <Select<StationModel>
        id={id}
        value={value}
        onChange={onChange}
        options={offered.map((model) => ({ value: model, label: t(`coverage.radio.model.${model}`) }))}
        data-testid={id}
      />
      <small className="soft">{t(`coverage.radio.modelNote.${value}`)}</small>
    </div>
  );
}
