// In the details of a plan for capacity: the share of ground that enough sites serve, and what the shares on the screen mean.
import { useTranslation } from 'react-i18next';
import type { PlanSummaryJson } from '../../../server/contract/plans.ts';
import { formatShare } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';

/** Draws nothing where one server is enough. */
export function PlanServers({ servers, targetShare }: Pick<PlanSummaryJson, 'servers' | 'targetShare'>) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (servers === null) return null;
  const { least, counts, coveredShare, existingShare, bestShare } = servers;
  const rows = [
    ['reached', coveredShare],
    ['asked', targetShare],
    ['existing', existingShare],
    ['best', bestShare],
  ] as const;
  return (
    <section className="plan-proof" data-testid="plan-servers">
      <h4>{t('proof.servers.title', { least })}</h4>
      <dl className="facts in-columns">
        {rows.map(([name, share]) => (
          <div key={name} data-testid={`servers-${name}`}>
            <dt>{t(`proof.servers.${name}`)}</dt>
            <dd>{formatShare(share, language)}</dd>
          </div>
        ))}
      </dl>
      <p className="soft">{t(`proof.servers.notes.${counts}`, { least })}</p>
    </section>
  );
}
