// The result in one line above the map: did it reach the target, with how many sites, for how much, by which rule.
// Every share is printed with its rule; a preview is marked as one and offers nothing that needs a saved plan.
import { Button, Spin, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCoverageRules } from '../../api/catalogue.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { formatLevel } from '../../format/measures.ts';
import { formatMoney } from '../../format/money.ts';
import { formatCount, formatShare } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { focusPlan } from '../../state/focus.ts';
import { useMay } from '../../state/session.ts';
import { type ShownPlan, useShownPlan } from '../../state/shown-plan.ts';
import { GapTag } from './gap-tag.tsx';
import { OfficeButton } from './office-button.tsx';
import { PlanActions } from './plan-actions.tsx';
import { PlanShortfall } from './plan-shortfall.tsx';
import { statusColours } from './plan-status.ts';
import { Settling } from './settling.tsx';
import { sharedLocations } from './shared-locations.ts';
import { useOperatorName } from './use-operator-name.ts';
import { useShowPlanBox } from './use-show-plan-box.ts';
import './plan.css';

export function PlanHeader() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { shown, plan, isLoading, error, retry } = useShownPlan();
  useShowPlanBox(shown);
  const may = { plan: useMay('plan:create'), read: useMay('plan:read') };
  if (error !== null && error !== undefined && shown === null) {
    return (
      <header className="plan-header note">
        <ErrorNote
          {...describeError(error, language)}
          retryLabel={t('shell.retry')}
          onRetry={retry}
          extra={
            <Button size="small" className="note-action" onClick={() => focusPlan(null)}>
              {t('plan.actions.close')}
            </Button>
          }
        />
      </header>
    );
  }
  if (shown === null) {
    return (
      <header className="plan-header empty" data-testid="plan-header" data-kind="none">
        {isLoading ? <Spin size="small" /> : null}
        <strong>
          {isLoading
            ? t('shell.loading')
            : plan === null
              ? t('plan.none')
              : `${plan.name} · ${t(`plan.state.${plan.state}`)}`}
        </strong>
        {may.plan ? <span className="soft">{t('plan.noneHint')}</span> : null}
        {may.read ? <Link to="/plans">{t('plan.openList')}</Link> : null}
      </header>
    );
  }
  return (
    <>
      <Figures shown={shown} />
      <PlanShortfall shown={shown} />
    </>
  );
}

function Figures({ shown }: { readonly shown: ShownPlan }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { summary } = shown;
  const { servers, sharing } = summary;
  const nameOf = useOperatorName();
  const isReached = sharing
    ? sharing.operators.every((one) => one.coveredShare >= one.targetShare - 1e-9)
    : summary.coveredShare >= summary.targetShare - 1e-9;
  const { two, more } = sharedLocations(shown.items);
  const shared = formatCount(two + more, language);
  const isPreview = shown.kind === 'preview';
  const rule = useCoverageRules().data?.find((one) => one.word === summary.ruleWord);
  return (
    <header
      className={isPreview ? 'plan-header preview' : 'plan-header'}
      data-testid="plan-header"
      data-kind={shown.kind}
      data-status={summary.status}
      data-fingerprint={shown.fingerprint}
    >
      <div className="plan-title">
        <div className="plan-name">
          {isPreview ? (
            <span className="preview-tag" title={t('plan.previewNote')}>
              {t('plan.preview')}
            </span>
          ) : null}
          <strong title={shown.name}>{shown.name}</strong>
          <Tag color={statusColours[summary.status]}>{t(`plan.status.${summary.status}`)}</Tag>
          {shown.plan === null ? null : <OfficeButton plan={shown.plan} />}
        </div>
        <small className="plan-rule" data-testid="plan-rule">
          {t(sharing ? 'operators.result.rule' : 'plan.rule', {
            word: language === 'en' ? (rule?.en ?? summary.ruleWord) : summary.ruleWord,
            share: formatShare(summary.targetShare, language, 0),
            weight: t(`coverage.rule.by.${summary.weightBy}`),
            threshold: formatLevel(summary.thresholdDbm, language),
            profile: summary.profileId,
            operators: (sharing?.operators ?? [])
              .map(({ id, profileId, targetShare }) =>
                [nameOf(id), profileId, formatShare(targetShare, language, 0)].join(' '),
              )
              .join(' · '),
          })}
        </small>
      </div>
      <Settling as="dl" className="plan-figures">
        <Figure
          name="sites"
          value={formatCount(summary.sites, language)}
          note={`${t('plan.figures.existingSites')} ${formatCount(summary.existingSites, language)}`}
        />
        <Figure
          name="cost"
          value={formatMoney(summary.costCny, language)}
          tag={<GapTag summary={summary} figure="cost" />}
        />
        {sharing ? (
          <Figure
            name="sharing"
            title={t('operators.result.figure')}
            value={formatMoney(sharing.listPriceCny - summary.costCny, language)}
            note={t('operators.result.figureNote', { count: shared })}
          />
        ) : null}
        {servers === null ? null : (
          <Figure
            name="servers"
            title={t('plan.figures.serversOf', { least: servers.least })}
            value={formatShare(servers.coveredShare, language)}
            tone={servers.coveredShare >= summary.targetShare - 1e-9 ? 'good' : 'bad'}
            note={t(`plan.figures.serversCount.${servers.counts}`)}
            tag={<GapTag summary={summary} figure="covered" />}
          />
        )}
        <Figure
          name="covered"
          value={formatShare(summary.coveredShare, language)}
          note={`${t('plan.figures.binary')} ${formatShare(summary.coveredShareBinary, language)}`}
          {...(servers === null && {
            tone: isReached ? ('good' as const) : ('bad' as const),
            tag: <GapTag summary={summary} figure="covered" />,
          })}
        />
        <Figure name="existing" value={formatShare(summary.existingShare, language)} />
        {summary.people === null ? null : (
          <Figure
            name="people"
            value={formatCount(summary.coveredPeople, language)}
            note={t('plan.figures.peopleOf', { total: formatCount(summary.people, language) })}
          />
        )}
        {summary.quality === null || sharing ? null : (
          <Figure name="quality" value={formatShare(summary.quality.ssSinrShare, language)} />
        )}
      </Settling>
      <PlanActions shown={shown} />
    </header>
  );
}

interface FigureProps {
  readonly name: string;
  /** Instead of the words for `name`. */
  readonly title?: string;
  readonly value: string;
  readonly note?: string;
  readonly tone?: 'good' | 'bad';
  /** A mark beside the name that is never left out. */
  readonly tag?: ReactNode;
}

function Figure({ name, title, value, note, tone, tag }: FigureProps) {
  const { t } = useTranslation();
  return (
    <div data-testid={`figure-${name}`}>
      <dt>
        {title ?? t(`plan.figures.${name}`)}
        {tag}
      </dt>
      <dd data-tone={tone}>{value}</dd>
      {note === undefined ? null : <small>{note}</small>}
    </div>
  );
}
