// How firmly the sites of a preview stand when prices move: the scenarios, and the core and fragile sites with the price up to which
// each pays.
import { Button, Progress, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FirmSite, SiteFirmness } from '../../../engine/index.ts';
import { formatMoney, formatMoneyDifference } from '../../format/money.ts';
import { formatCount, formatSharePoints } from '../../format/numbers.ts';
import { focusSite } from '../../state/focus.ts';
import { useStore } from '../../state/make-store.ts';
import { previewStore, weighPreview } from '../../state/preview.ts';
import { useSiteWords } from '../sites/use-site-words.ts';
import { SiteLink } from './site-link.tsx';

const MOST_ROWS = 20;
const listed: readonly SiteFirmness[] = ['core', 'fragile'];

export function PreviewFirmness() {
  const { t } = useTranslation();
  const weighing = useStore(previewStore, (preview) => preview.weighing);
  if (weighing === null) return null;
  const { done, total, sensitivity } = weighing;
  return (
    <section className="preview-firmness" data-testid="preview-firmness" data-done={sensitivity !== null}>
      <h3>
        {t(sensitivity === null ? 'preview.weighing' : 'preview.weigh')}
        <Button size="small" type="text" onClick={() => weighPreview(false)} data-testid="preview-weigh-stop">
          {t(sensitivity === null ? 'preview.weighStop' : 'preview.weighClose')}
        </Button>
      </h3>
      {sensitivity === null ? (
        <Progress percent={total > 0 ? Math.floor((100 * done) / total) : 0} size="small" />
      ) : (
        <>
          <p className="soft">
            {t(sensitivity.scenarios.length === 0 ? 'preview.weighSingle' : 'preview.weighNote')}
          </p>
          <Scenarios />
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

function Scenarios() {
  const { t } = useTranslation();
  const words = useSiteWords();
  const { language } = words;
  const scenarios = useStore(previewStore, ({ weighing }) => weighing?.sensitivity?.scenarios);
  const costNow = useStore(previewStore, ({ result }) => result?.summary.costCny ?? 0);
  if (scenarios === undefined || scenarios.length === 0) return null;
  return (
    <table className="preview-scenarios" data-testid="preview-scenarios">
      <tbody>
        {scenarios.map(({ classId, factor, costCny, opened, closed }) => (
          <tr key={`${classId} ${factor}`}>
            <th scope="row">
              {t('preview.scenario', {
                class: words.term('structure', classId),
                change: formatSharePoints(factor - 1, language, 0).replace(/ .*$/, '%'),
              })}
            </th>
            <td>{formatMoneyDifference(costCny - costNow, language)}</td>
            <td>{t('preview.scenarioMoves', { opened, closed })}</td>
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
