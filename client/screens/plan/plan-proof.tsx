// In the details of a plan: what is proved about it, and what came of its phases and of the shares of single areas.
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PlanSummaryJson } from '../../../server/contract/plans.ts';
import { formatWan } from '../../format/money.ts';
import { formatCount, formatShare } from '../../format/numbers.ts';
import { phaseColour } from '../../format/phase-colours.ts';
import { useLanguage } from '../../format/use-language.ts';
import { useKnownAreas } from '../../state/known-areas.ts';
import type { ShownPlan } from '../../state/shown-plan.ts';
import { proofSentences } from './certificate-words.ts';
import { PlanCorridors } from './plan-corridors.tsx';
import { PlanScenarios } from './plan-scenarios.tsx';
import { PlanServers } from './plan-servers.tsx';

export function PlanProof({ shown }: { readonly shown: ShownPlan }) {
  return (
    <>
      <PlanServers servers={shown.summary.servers} targetShare={shown.summary.targetShare} />
      <Certificate summary={shown.summary} />
      <PhasesTable phases={shown.summary.phases} />
      <DutiesTable shown={shown} />
      <PlanScenarios shown={shown} />
      <PlanCorridors corridors={shown.summary.corridors} />
    </>
  );
}

function Certificate({ summary }: { readonly summary: PlanSummaryJson }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const sentences = proofSentences(summary, language);
  if (sentences.length === 0) return null;
  return (
    <section className="plan-proof" data-testid="plan-proof">
      <h4>{t('proof.certificate.title')}</h4>
      {sentences.map(({ key, values }) => (
        <p key={key}>{t(`proof.certificate.${key}`, values)}</p>
      ))}
    </section>
  );
}

function PhasesTable({ phases }: Pick<PlanSummaryJson, 'phases'>) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (phases.length === 0) return null;
  return (
    <section className="plan-proof" data-testid="plan-phases">
      <h4>{t('proof.phases.title')}</h4>
      <table>
        <thead>
          <tr>
            {(['name', 'sites', 'cost', 'share', 'target', 'bound'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`proof.phases.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {phases.map((phase, index) => (
            <tr key={phase.name}>
              <th scope="row">
                <i className="dot" style={{ background: phaseColour(index) }} /> {phase.name}
                {phase.reached ? null : <Tag color="red">{t('proof.phases.missed')}</Tag>}
              </th>
              <td>{formatCount(phase.sites, language)}</td>
              <td>{formatWan(phase.costCny, language)}</td>
              <td>{formatShare(phase.coveredShare, language)}</td>
              <td>{formatShare(phase.targetShare, language)}</td>
              <td>{formatShare(phase.boundShare, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function DutiesTable({ shown }: { readonly shown: ShownPlan }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const areas = useKnownAreas().data ?? [];
  const { duties } = shown.summary;
  if (duties.length === 0) return null;
  const nameOf = (areaId: string) =>
    (shown.areas.find(({ id }) => id === areaId) ?? areas.find(({ id }) => id === areaId))?.name ?? areaId;
  return (
    <section className="plan-proof" data-testid="plan-duties">
      <h4>{t('proof.duties.title')}</h4>
      <table>
        <thead>
          <tr>
            {(['area', 'asked', 'reached', 'best'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`proof.duties.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {duties.map((duty) => (
            <tr key={duty.areaId}>
              <th scope="row">{nameOf(duty.areaId)}</th>
              <td>{formatShare(duty.share, language)}</td>
              <td data-tone={duty.coveredShare >= duty.share - 1e-9 ? 'good' : 'bad'}>
                {formatShare(duty.coveredShare, language)}
              </td>
              <td>{formatShare(duty.bestShare, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
