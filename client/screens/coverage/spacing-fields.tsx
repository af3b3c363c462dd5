// Least distances between open sites by what carries the antenna, with the usual ones of the chosen areas and band at hand.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  productSpacing,
  type Spacing,
  scenarioOfKind,
  siteStructures,
  spacingOf,
  spacingScenarios,
} from '../../../engine/index.ts';
import { useProfiles } from '../../api/catalogue.ts';
import { areasStore } from '../../state/areas.ts';
import { useKnownAreas } from '../../state/known-areas.ts';
import { useStore } from '../../state/make-store.ts';
import { planFormStore } from '../../state/plan-form.ts';
import { NumberField } from './number-field.tsx';

const fieldOf = { pole: 'poleM', roof: 'roofM', tower: 'towerM' } as const satisfies Record<
  string,
  keyof Spacing
>;
const noSpacing: Spacing = { poleM: 0, roofM: 0, towerM: 0 };

export function SpacingFields({
  spacing,
  onChange,
}: {
  readonly spacing: Spacing | null;
  readonly onChange: (spacing: Spacing | null) => void;
}) {
  const { t } = useTranslation();
  const areas = useKnownAreas().data ?? [];
  const chosenIds = useStore(areasStore, (now) => now.chosenIds);
  const profileId = useStore(planFormStore, (form) => form.profileId);
  const profile = useProfiles().data?.find(({ id }) => id === profileId);
  const kinds = areas.filter(({ id }) => chosenIds.includes(id)).map(({ kind }) => kind);
  // the densest of the chosen areas says how near sites may stand
  const scenarios = kinds.map(scenarioOfKind);
  const scenario = spacingScenarios.find((one) => scenarios.includes(one)) ?? '一般城区';
  const fill = () => {
    if (profile === undefined) return;
    const usual = (structure: keyof typeof fieldOf) =>
      spacingOf(productSpacing, profile.frequencyGhz, scenario, structure);
    onChange({ poleM: usual('pole'), roofM: usual('roof'), towerM: usual('tower') });
  };
  return (
    <div className="requirement" data-testid="spacing">
      <div className="field-label">
        <span>{t('requirements.spacing.title')}</span>
        <span className="field-buttons">
          <Button
            type="link"
            size="small"
            disabled={profile === undefined}
            onClick={fill}
            data-testid="spacing-defaults"
          >
            {t('requirements.spacing.defaults')}
          </Button>
          {spacing === null ? null : (
            <Button type="link" size="small" onClick={() => onChange(null)}>
              {t('requirements.spacing.clear')}
            </Button>
          )}
        </span>
      </div>
      <div className="field-three">
        {siteStructures.map((structure) => (
          <NumberField
            key={structure}
            id={`spacing-${structure}`}
            label={t(`terms.structure.${structure}`)}
            unit="metres"
            value={spacing === null || spacing[fieldOf[structure]] === 0 ? null : spacing[fieldOf[structure]]}
            placeholder={t('requirements.spacing.none')}
            onChange={(metres) => onChange({ ...(spacing ?? noSpacing), [fieldOf[structure]]: metres ?? 0 })}
          />
        ))}
      </div>
      <small className="soft">
        {t('requirements.spacing.note')}{' '}
        {profile === undefined
          ? null
          : t('requirements.spacing.defaultsFrom', {
              scenario: t(`requirements.scenarios.${scenario}`),
              profile: profile.name,
            })}
      </small>
    </div>
  );
}
