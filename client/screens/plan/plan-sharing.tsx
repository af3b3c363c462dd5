// A plan for several operators in its details: what each reaches and pays, how many sites are shared, and what that saves against the same
// sites without sharing and against a plan for each alone.
import { useTranslation } from 'react-i18next';
import type {
  OperatorTotalJson,
  SharingTermsJson,
  SharingTotalsJson,
} from '../../../server/contract/plans.ts';
import type { Language } from '../../format/language.ts';
import { formatMoney, formatWan } from '../../format/money.ts';
import { formatCount, formatNumber, formatShare } from '../../format/numbers.ts';
import { operatorColour } from '../../format/operator-colours.ts';
import { useLanguage } from '../../format/use-language.ts';
import type { ShownPlan } from '../../state/shown-plan.ts';
import { sharedLocations } from './shared-locations.ts';
import { useOperatorName } from './use-operator-name.ts';

const columns = ['operator', 'share', 'sites', 'shared', 'cost', 'list', 'alone'] as const;

/** Draws nothing in a plan for one operator. */
export function PlanSharing({ shown }: { readonly shown: ShownPlan }) {
  const { t } = useTranslation();
  const { sharing, costCny, sites } = shown.summary;
  if (!sharing) return null;
  return (
    <section className="plan-proof plan-sharing" data-testid="plan-sharing">
      <h4>{t('operators.result.title')}</h4>
      <div className="wide-table">
        <table>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {t(`operators.result.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sharing.operators.map((total) => (
              <OperatorRow key={total.id} total={total} />
            ))}
            <TotalRow sharing={sharing} costCny={costCny} sites={sites} />
          </tbody>
        </table>
      </div>
      <Savings shown={shown} sharing={sharing} />
      <Terms terms={shown.plan?.request.sharing ?? null} />
    </section>
  );
}

function OperatorRow({ total }: { readonly total: OperatorTotalJson }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const nameOf = useOperatorName();
  const { id, profileId, targetShare, coveredShare, aloneCostCny } = total;
  const isReached = coveredShare >= targetShare - 1e-9;
  return (
    <tr data-operator={id} data-reached={isReached}>
      <th scope="row">
        <i className="dot" style={{ background: operatorColour(id) }} /> {nameOf(id)}{' '}
        <small className="soft">{profileId}</small>
      </th>
      <td data-tone={isReached ? 'good' : 'bad'}>
        {formatShare(coveredShare, language)} / {formatShare(targetShare, language, 0)}
      </td>
      <td>{formatCount(total.sites, language)}</td>
      <td>{formatCount(total.sharedSites, language)}</td>
      <td>{formatWan(total.costCny, language)}</td>
      <td>{formatWan(total.listPriceCny, language)}</td>
      <td>{aloneCostCny === null ? t('operators.result.unreachable') : formatWan(aloneCostCny, language)}</td>
    </tr>
  );
}

function TotalRow({
  sharing: { listPriceCny, aloneCostCny },
  costCny,
  sites,
}: {
  readonly sharing: SharingTotalsJson;
  readonly costCny: number;
  readonly sites: number;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <tr className="total">
      <th scope="row">{t('operators.result.total')}</th>
      <td />
      <td>{formatCount(sites, language)}</td>
      <td />
      <td>{formatWan(costCny, language)}</td>
      <td>{formatWan(listPriceCny, language)}</td>
      <td>{aloneCostCny === null ? '—' : formatWan(aloneCostCny, language)}</td>
    </tr>
  );
}

function Savings({ shown, sharing }: { readonly shown: ShownPlan; readonly sharing: SharingTotalsJson }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { one, two, more } = sharedLocations(shown.items);
  const { costCny, status } = shown.summary;
  const { listPriceCny, aloneCostCny, unclaimedStations } = sharing;
  return (
    <>
      <p data-testid="sharing-savings">
        {t('operators.result.locations', {
          one: formatCount(one, language),
          two: formatCount(two, language),
          more: formatCount(more, language),
        })}{' '}
        {t('operators.result.savedList', {
          list: formatMoney(listPriceCny, language),
          ...savedOf(listPriceCny, costCny, language),
        })}{' '}
        <AgainstAlone costCny={costCny} aloneCostCny={aloneCostCny} isReached={status === 'reached'} />
      </p>
      {unclaimedStations === 0 ? null : (
        <p className="soft" data-testid="sharing-unclaimed">
          {t('operators.result.unclaimed', { count: unclaimedStations })}
        </p>
      )}
      <p className="soft">{t('operators.result.means')}</p>
    </>
  );
}

function savedOf(fromCny: number, costCny: number, language: Language) {
  return {
    saved: formatMoney(fromCny - costCny, language),
    percent: formatShare(fromCny > 0 ? (fromCny - costCny) / fromCny : 0, language, 1),
  };
}

/** Only plans that reach the same shares can be compared. */
function AgainstAlone({
  costCny,
  aloneCostCny,
  isReached,
}: {
  readonly costCny: number;
  readonly aloneCostCny: number | null;
  readonly isReached: boolean;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (aloneCostCny === null) return t('operators.result.noAlone');
  const alone = formatMoney(aloneCostCny, language);
  if (!isReached) return t('operators.result.aloneOnly', { alone });
  return aloneCostCny > costCny
    ? t('operators.result.savedAlone', { alone, ...savedOf(aloneCostCny, costCny, language) })
    : t('operators.result.dearerAlone', { alone });
}

function Terms({ terms }: { readonly terms: SharingTermsJson | null }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const nameOf = useOperatorName();
  if (terms === null) return null;
  const { percentOff, anchorPercentOff, anchorId, joinCostCny, source = '' } = terms;
  const [, two = 0, three = two] = percentOff;
  const percents = { two: formatNumber(two, language, 1), three: formatNumber(three, language, 1) };
  return (
    <p className="soft" data-testid="sharing-terms">
      {anchorId === null
        ? t('operators.result.termsPlain', percents)
        : t('operators.result.terms', {
            ...percents,
            anchor: nameOf(anchorId),
            percent: formatNumber(anchorPercentOff, language, 1),
          })}{' '}
      {joinCostCny === null ? null : t('operators.result.join', { cost: formatMoney(joinCostCny, language) })}{' '}
      {source === '' ? t('operators.result.agreed') : t('operators.result.source', { source })}
    </p>
  );
}
