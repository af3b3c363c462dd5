// What the chosen areas are to reach, beside the form it was filled into: whether the plan asks for the same, and where areas differ which
// asks for what, so that nobody has to guess.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AreaJson } from '../../../server/contract/areas.ts';
import type { CoverageRuleJson } from '../../../server/contract/catalogue.ts';
import { takeAsked, useAreaTargets } from '../../state/area-targets.ts';
import { areasStore } from '../../state/areas.ts';
import { useKnownAreas } from '../../state/known-areas.ts';
import { useStore } from '../../state/make-store.ts';
import { planFormStore } from '../../state/plan-form.ts';
import { useAreaWords } from '../areas/use-area-words.ts';

const SHOWN = 5;

export interface AreaTargetsProps {
  readonly rule: CoverageRuleJson | undefined;
  /** Several operators, each with a share of its own. */
  readonly isJoint: boolean;
}

export function AreaTargets({ rule, isJoint }: AreaTargetsProps) {
  const { t } = useTranslation();
  const words = useAreaWords();
  const asked = useAreaTargets();
  const { ruleWord, targetShare } = useStore(planFormStore, (form) => form);
  const chosenIds = useStore(areasStore, (now) => now.chosenIds);
  const chosen = (useKnownAreas().data ?? []).filter(({ id }) => chosenIds.includes(id));
  const speaking = chosen.filter(saysTarget);
  const [first] = speaking;
  if (first === undefined) return null;
  if (new Set(speaking.map(words.target)).size > 1)
    return (
      <div className="field" data-testid="area-targets">
        <small className="soft">{t(`coverage.areas.${asked.differs ? 'targetsDiffer' : 'targets'}`)}</small>
        {speaking.slice(0, SHOWN).map((area) => (
          <small key={area.id} className="soft">
            {area.name} · {words.target(area)}
          </small>
        ))}
        {speaking.length > SHOWN ? (
          <small className="soft">{t('areas.ofPlan.more', { count: speaking.length - SHOWN })}</small>
        ) : null}
      </div>
    );
  const isSame =
    (asked.coverageRule === null || asked.coverageRule === ruleWord) &&
    (asked.targetShare === null || asked.targetShare === (targetShare ?? rule?.targetShare));
  return (
    <div className="field" data-testid="area-targets">
      <small className="soft">{t('coverage.areas.target', { target: words.target(first) })}</small>
      {isJoint || (asked.coverageRule === null && asked.targetShare === null) ? null : isSame ? (
        <small className="soft">{t('coverage.areas.targetTaken')}</small>
      ) : (
        <small className="soft">
          {t('coverage.areas.targetOther')}
          <Button type="link" size="small" onClick={() => takeAsked(asked)} data-testid="area-target-take">
            {t('coverage.areas.targetTake')}
          </Button>
        </small>
      )}
    </div>
  );
}

const saysTarget = ({ coverageRule, targetShare, deadline }: AreaJson): boolean =>
  coverageRule !== null || targetShare !== null || deadline !== null;
