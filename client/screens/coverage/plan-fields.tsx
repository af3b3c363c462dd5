// The fields of the set-up: rule with its print, share, equipment, limits, and what is rarely changed.
import { Button, Collapse, Input, InputNumber, Segmented, Select, Slider } from 'antd';
import { useTranslation } from 'react-i18next';
import { type WeightBy, weightWords } from '../../../engine/index.ts';
import type { CoverageRuleJson } from '../../../server/contract/catalogue.ts';
import { useProfiles } from '../../api/catalogue.ts';
import { formatLevel } from '../../format/measures.ts';
import { formatShare } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { useStore } from '../../state/make-store.ts';
import { planFormStore } from '../../state/plan-form.ts';
import { changePreview } from '../../state/preview.ts';

export function RuleFields({
  rules,
  rule,
  isJoint,
}: {
  readonly rules: readonly CoverageRuleJson[];
  readonly rule: CoverageRuleJson | undefined;
  /** Several operators, each with a share of its own. */
  readonly isJoint: boolean;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { targetShare, thresholdDbm, weightBy } = useStore(planFormStore, (form) => form);
  const share = targetShare ?? rule?.targetShare ?? 0.95;
  const setShare = (value: number) => {
    planFormStore.set({ targetShare: value === rule?.targetShare ? null : value });
  };
  return (
    <>
      <div className="field">
        <label htmlFor="rule">{t('coverage.rule.title')}</label>
        <Select
          id="rule"
          value={rule?.word ?? null}
          onChange={(ruleWord) => {
            if (ruleWord !== null) planFormStore.set({ ruleWord, targetShare: null, thresholdDbm: null });
          }}
          options={rules.map((one) => ({
            value: one.word,
            label: language === 'en' ? one.en : one.word,
            note: `${formatShare(one.targetShare, language, 0)} · ≥ ${formatLevel(one.thresholdDbm, language)}`,
          }))}
          optionRender={(option) => (
            <span className="area-option">
              <span>{option.label}</span>
              <small>{option.data.note}</small>
            </span>
          )}
          data-testid="rule-select"
        />
        {rule === undefined ? null : (
          <p className="rule-print" data-testid="rule-print">
            {t('coverage.rule.print', {
              share: formatShare(share, language, 0),
              weight: t(`coverage.rule.by.${weightBy}`),
              threshold: formatLevel(thresholdDbm ?? rule.thresholdDbm, language),
            })}
            <small>{t(`coverage.rule.basis.${rule.basis}`, { defaultValue: rule.basis })}</small>
          </p>
        )}
      </div>
      {isJoint ? (
        <p className="soft" data-testid="joint-note">
          {t('operators.formNote')}
        </p>
      ) : (
        <ShareField share={share} isOwn={targetShare !== null} onChange={setShare} />
      )}
    </>
  );
}

function ShareField({
  share,
  isOwn,
  onChange,
}: {
  readonly share: number;
  /** Set by a person, not by the rule. */
  readonly isOwn: boolean;
  readonly onChange: (share: number) => void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <div className="field">
      <div className="field-label">
        <label htmlFor="share">{t('coverage.share')}</label>
        <strong className="figures">{formatShare(share, language, 0)}</strong>
        {!isOwn ? null : (
          <Button type="link" size="small" onClick={() => planFormStore.set({ targetShare: null })}>
            {t('coverage.shareReset')}
          </Button>
        )}
      </div>
      <div data-testid="share-slider">
        <Slider
          id="share"
          min={0.5}
          max={1}
          step={0.01}
          value={share}
          tooltip={{ formatter: (value) => formatShare(value ?? 0, language, 0) }}
          ariaLabelForHandle={t('coverage.share')}
          onChange={onChange}
          onChangeComplete={(value) => changePreview({ targetShare: value })}
        />
      </div>
    </div>
  );
}

export function EquipmentField() {
  const { t } = useTranslation();
  const profiles = useProfiles();
  const profileId = useStore(planFormStore, (form) => form.profileId);
  return (
    <div className="field">
      <label htmlFor="profile">{t('coverage.profile')}</label>
      <Select
        id="profile"
        value={profileId}
        loading={profiles.isLoading}
        onChange={(value: string) => planFormStore.set({ profileId: value })}
        options={(profiles.data ?? []).map((profile) => ({ value: profile.id, label: profile.name }))}
        data-testid="profile-select"
      />
    </div>
  );
}

export function LimitFields() {
  const { t } = useTranslation();
  const { budgetCny, maxSites } = useStore(planFormStore, (form) => form);
  return (
    <div className="field-pair">
      <div className="field">
        <label htmlFor="budget">{t('coverage.budget')}</label>
        <InputNumber
          id="budget"
          min={0}
          max={100_000_000}
          precision={1}
          value={budgetCny === null ? null : budgetCny / 10_000}
          placeholder={t('coverage.unlimited')}
          onChange={(value) => {
            const budget = value === null ? null : Math.round(value * 10_000);
            planFormStore.set({ budgetCny: budget });
            changePreview({ budgetCny: budget });
          }}
          data-testid="budget"
        />
      </div>
      <div className="field">
        <label htmlFor="max-sites">{t('coverage.maxSites')}</label>
        <InputNumber
          id="max-sites"
          min={0}
          max={1_000_000}
          precision={0}
          value={maxSites}
          placeholder={t('coverage.unlimited')}
          onChange={(value) => {
            planFormStore.set({ maxSites: value });
            changePreview({ maxSites: value });
          }}
          data-testid="max-sites"
        />
      </div>
    </div>
  );
}

const keyAreaFactors = [1, 2, 3, 5] as const;
const binSizesM = [10, 20, 30, 50, 100] as const;

export function MoreFields({ rule }: { readonly rule: CoverageRuleJson | undefined }) {
  const { t } = useTranslation();
  const { name, thresholdDbm, binSizeM, weightBy, keyAreaFactor } = useStore(planFormStore, (form) => form);
  return (
    <Collapse
      ghost
      size="small"
      className="more-fields"
      items={[
        {
          key: 'more',
          label: <span data-testid="more-settings">{t('coverage.more')}</span>,
          children: (
            <>
              <div className="field">
                <label htmlFor="plan-name">{t('coverage.planName')}</label>
                <Input
                  id="plan-name"
                  value={name}
                  maxLength={200}
                  onChange={(event) => planFormStore.set({ name: event.target.value })}
                  data-testid="plan-name"
                />
              </div>
              <div className="field">
                <span className="field-title">{t('coverage.weight')}</span>
                <Segmented<WeightBy>
                  block
                  value={weightBy}
                  onChange={(value) => planFormStore.set({ weightBy: value })}
                  options={weightWords.map((value) => ({ value, label: t(`coverage.weights.${value}`) }))}
                  data-testid="weight-by"
                />
              </div>
              <div className="field">
                <label htmlFor="key-area-factor">{t('coverage.keyAreas')}</label>
                <Select
                  id="key-area-factor"
                  value={keyAreaFactor}
                  onChange={(value: number) => planFormStore.set({ keyAreaFactor: value })}
                  options={[...new Set([...keyAreaFactors, keyAreaFactor])]
                    .sort((a, b) => a - b)
                    .map((value) => ({
                      value,
                      label: value === 1 ? t('coverage.keyAreasOff') : `×${value}`,
                    }))}
                  data-testid="key-area-factor"
                />
                <small className="soft">{t('coverage.keyAreasNote')}</small>
              </div>
              <div className="field-pair">
                <div className="field">
                  <label htmlFor="bin-size">{t('coverage.binSize')}</label>
                  <Select
                    id="bin-size"
                    value={binSizeM}
                    onChange={(value: number) => planFormStore.set({ binSizeM: value })}
                    options={[...new Set([...binSizesM, binSizeM])]
                      .sort((a, b) => a - b)
                      .map((value) => ({ value, label: `${value} m` }))}
                  />
                </div>
                <div className="field">
                  <label htmlFor="threshold">{t('coverage.threshold')}</label>
                  <InputNumber
                    id="threshold"
                    min={-140}
                    max={-40}
                    precision={0}
                    value={thresholdDbm ?? rule?.thresholdDbm ?? null}
                    onChange={(value) =>
                      planFormStore.set({ thresholdDbm: value === rule?.thresholdDbm ? null : value })
                    }
                  />
                </div>
              </div>
            </>
          ),
        },
      ]}
    />
  );
}
