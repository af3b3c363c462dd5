// In the details of a plan: what came of the shares of roads, and where along each road it is not served.
import { useTranslation } from 'react-i18next';
import type { CorridorDutyJson, PlanSummaryJson } from '../../../server/contract/plans.ts';
import { commaOf } from '../../format/comma.ts';
import { formatChainage, formatDistance } from '../../format/measures.ts';
import { formatCount, formatShare } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { useCorridorName } from '../coverage/use-corridor-name.ts';

const columns = ['corridor', 'length', 'asked', 'reached', 'binary', 'best', 'gaps'] as const;

export function PlanCorridors({ corridors }: Pick<PlanSummaryJson, 'corridors'>) {
  const { t } = useTranslation();
  const language = useLanguage();
  const nameOf = useCorridorName();
  if (corridors.length === 0) return null;
  return (
    <section className="plan-proof" data-testid="plan-corridors">
      <h4>{t('proof.corridors.title')}</h4>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`proof.corridors.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {corridors.map((one) => (
            <tr key={one.corridorId}>
              <th scope="row">{nameOf(one.corridorId)}</th>
              <td>{formatDistance(one.lengthM, language)}</td>
              <td>{formatShare(one.share, language)}</td>
              <td data-tone={one.coveredShare >= one.share - 1e-9 ? 'good' : 'bad'}>
                {formatShare(one.coveredShare, language)}
              </td>
              <td>{formatShare(one.coveredShareBinary, language)}</td>
              <td>{formatShare(one.bestShare, language)}</td>
              <td>{formatCount(one.gaps.length + one.gapsLeftOut, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {corridors.map((one) => (
        <Gaps key={one.corridorId} corridor={one} />
      ))}
      <p className="soft">{t('proof.corridors.chainage')}</p>
    </section>
  );
}

const SHOWN_GAPS = 12;

/** The longest stretches in the order of the line; nothing where all of it is served. */
function Gaps({
  corridor: { corridorId, lines, gaps, gapsLeftOut },
}: {
  readonly corridor: CorridorDutyJson;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const nameOf = useCorridorName();
  if (gaps.length === 0) return null;
  const longest = new Set([...gaps].sort((a, b) => b.toM - b.fromM - (a.toM - a.fromM)).slice(0, SHOWN_GAPS));
  const shown = gaps.filter((gap) => longest.has(gap));
  const all = gaps.length + gapsLeftOut;
  const words = shown.map(({ line, fromM, toM }) =>
    t(`proof.corridors.${lines === 1 ? 'gapOfOne' : 'gap'}`, {
      line,
      from: formatChainage(fromM),
      to: formatChainage(toM),
    }),
  );
  return (
    <p>
      {t('proof.corridors.gapsOf', { name: nameOf(corridorId), count: all })}{' '}
      <span className="chainages">{words.join(commaOf(language))}</span>{' '}
      {all > shown.length ? t('proof.corridors.moreGaps', { count: all - shown.length }) : null}
    </p>
  );
}
