// How firmly a preview stands: how far assumptions move (to be changed and tried again), what the plan keeps in each scenario and what one
// would choose there instead, and the core and fragile sites with the price up to which each pays.
import { Button, InputNumber, Progress, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FirmSite, ScenarioAmounts, ScenarioOutcome, SiteFirmness } from '../../../engine/index.ts';
import { formatMoney, formatMoneyDifference } from '../../format/money.ts';
import { formatCount, formatShare } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { focusSite } from '../../state/focus.ts';
import { useStore } from '../../state/make-store.ts';
import { previewStore, weighPreview } from '../../state/preview.ts';
import { useSiteWords } from '../sites/use-site-words.ts';
import { SiteLink } from './site-link.tsx';
import { useScenarioWords } from './use-scenario-words.ts';

const MOST_ROWS = 20;
const listed: readonly SiteFirmness[] = ['core', 'fragile'];

export function PreviewFirmness() {
  const { t } = useTranslation();
  const weighing = useStore(previewStore, (preview) => preview.weighing);
  if (weighing === null) return null;
  const { done, total, sensitivity, amounts } = weighing;
  return (
    <section className="preview-firmness" data-testid="preview-firmness" data-done={sensitivity !== null}>
      <h3>
        {t(sensitivity === null ? 'scenarios.weigh.running' : 'scenarios.weigh.title')}
        <Button size="small" type="text" onClick={() => weighPreview(null)} data-testid="preview-weigh-stop">
          {t(sensitivity === null ? 'scenarios.weigh.stop' : 'scenarios.weigh.close')}
        </Button>
      </h3>
      {sensitivity === null ? (
        <Progress percent={total > 0 ? Math.floor((100 * done) / total) : 0} size="small" />
      ) : (
        <>
          <Amounts key={JSON.stringify(amounts)} amounts={amounts} />
          <Scenarios scenarios={sensitivity.scenarios} />
          <p className="soft">{t('scenarios.weigh.note')}</p>
          {listed.map((firmness) => (
            <FirmSites
              key={firmness}
              firmness={firmness}
              sites={sensitivity.sites.filter((site) => site.firmness === firmness)}
            />
          ))}
        </>
      )}
    </section>
  );
}

/** Field, its unit in what the engine keeps, and the largest step. */
const amountFields = [
  { field: 'thresholdDb', label: 'threshold', per: 1, most: 30, step: 0.5 },
  { field: 'sigmaDb', label: 'sigma', per: 1, most: 6, step: 0.5 },
  { field: 'priceShare', label: 'price', per: 100, most: 90, step: 5 },
] as const;

/** 0 leaves an assumption as it is. */
function Amounts({ amounts }: { readonly amounts: ScenarioAmounts }) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState(amounts);
  return (
    <div className="preview-amounts">
      {amountFields.map(({ field, label, per, most, step }) => (
        <div key={field}>
          <label htmlFor={`weigh-${label}`}>{t(`scenarios.weigh.${label}`)}</label>
          <InputNumber
            id={`weigh-${label}`}
            size="small"
            min={0}
            max={most}
            step={step}
            precision={1}
            value={Math.round(10 * per * wanted[field]) / 10}
            onChange={(typed) => setWanted({ ...wanted, [field]: (typed ?? 0) / per })}
            data-testid={`weigh-${label}`}
          />
        </div>
      ))}
      <Button size="small" onClick={() => weighPreview(wanted)} data-testid="weigh-again">
        {t('scenarios.weigh.again')}
      </Button>
    </div>
  );
}

function Scenarios({ scenarios }: { readonly scenarios: readonly ScenarioOutcome[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const wordsOf = useScenarioWords();
  if (scenarios.length === 0) return null;
  return (
    <table className="preview-scenarios" data-testid="preview-scenarios">
      <thead>
        <tr>
          {(['scenario', 'kept', 'own'] as const).map((column) => (
            <th key={column} scope="col">
              {t(`scenarios.weigh.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {scenarios.map(({ scenario, keptShare, keptCostCny, holds, own }) => (
          <tr key={scenario.id} data-scenario={scenario.id} data-holds={holds}>
            <th scope="row">{wordsOf(scenario)}</th>
            <td data-tone={holds ? 'good' : 'bad'} title={t(`scenarios.weigh.${holds ? 'holds' : 'fails'}`)}>
              {formatShare(keptShare, language)}
            </td>
            <td>
              {own === null ? (
                t('scenarios.weigh.outOfReach')
              ) : (
                <>
                  {formatMoneyDifference(own.costCny - keptCostCny, language)}
                  <small>
                    {t('scenarios.weigh.moves', { opened: own.opened.length, closed: own.closed.length })}
                  </small>
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface FirmSitesProps {
  readonly firmness: SiteFirmness;
  readonly sites: readonly FirmSite[];
}

function FirmSites({ firmness, sites }: FirmSitesProps) {
  const { t } = useTranslation();
  const { language } = useSiteWords();
  return (
    <div data-testid={`firm-${firmness}`} data-total={sites.length}>
      <h4>
        <Tooltip title={t(`preview.firmnessHint.${firmness}`)}>
          <span className={`firm-mark ${firmness}`}>{t(`preview.firmness.${firmness}`)}</span>
        </Tooltip>
        {formatCount(sites.length, language)}
      </h4>
      {sites.length === 0 ? <small className="soft">{t('preview.none')}</small> : null}
      <ul className="site-links">
        {sites.slice(0, MOST_ROWS).map(({ siteId, breakEvenCny }) => (
          <li key={siteId}>
            <SiteLink siteId={siteId} onOpen={focusSite} />
            <small>
              {breakEvenCny === null
                ? t('preview.irreplaceable')
                : t('preview.upTo', { money: formatMoney(breakEvenCny, language) })}
            </small>
          </li>
        ))}
      </ul>
      {sites.length > MOST_ROWS ? (
        <small className="soft">
          {t('preview.more', { total: formatCount(sites.length - MOST_ROWS, language) })}
        </small>
      ) : null}
    </div>
  );
}

/** The mark of a site in the table, while its firmness is known. */
export function FirmnessMark({ siteId }: { readonly siteId: string }) {
  const { t } = useTranslation();
  const firmness = useStore(previewStore, ({ isShown, weighing }) =>
    isShown ? weighing?.sensitivity?.sites.find((site) => site.siteId === siteId)?.firmness : undefined,
  );
  if (firmness === undefined || firmness === 'fair') return null;
  return (
    <Tooltip title={t(`preview.firmnessHint.${firmness}`)}>
      <span className={`firm-mark ${firmness}`}>{t(`preview.firmness.${firmness}`)}</span>
    </Tooltip>
  );
}
