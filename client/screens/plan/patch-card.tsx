// An uncovered patch: why, how large, who lives there, which candidates would reach it and what to do next.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { UncoveredPatchJson } from '../../../server/contract/plans.ts';
import { formatPosition } from '../../format/coordinates.ts';
import { formatArea } from '../../format/measures.ts';
import { formatCount } from '../../format/numbers.ts';
import { reasonColours } from '../../format/reason-colours.ts';
import { useLanguage } from '../../format/use-language.ts';
import { focusSite } from '../../state/focus.ts';
import { moveMapTo } from '../../state/view.ts';
import { CardFrame } from './focus-card.tsx';
import { SiteLink } from './site-link.tsx';

export function PatchCard({ patch }: { readonly patch: UncoveredPatchJson }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [lon, lat] = patch.position;
  return (
    <CardFrame
      testId="patch-card"
      title={t(`coverage.reasons.${patch.reason}`)}
      subtitle={
        <span className="reason-tag">
          <i className="dot" style={{ background: reasonColours[patch.reason] }} />
          {t('plan.patch.title')} #{patch.id}
        </span>
      }
      foot={
        <Button
          size="small"
          onClick={() => {
            if (lon !== undefined && lat !== undefined) moveMapTo([lon, lat], 16.5);
          }}
        >
          {t('plan.card.zoom')}
        </Button>
      }
    >
      <dl className="facts">
        <div>
          <dt>{t('plan.patch.size')}</dt>
          <dd>{formatArea(patch.areaM2 / 1e6, language)}</dd>
        </div>
        <div>
          <dt>{t('plan.patch.bins')}</dt>
          <dd>{formatCount(patch.bins, language)}</dd>
        </div>
        <div>
          <dt>{t('plan.patch.people')}</dt>
          <dd>{patch.people === null ? t('plan.patch.unknown') : formatCount(patch.people, language)}</dd>
        </div>
        <div>
          <dt>{t('plan.card.position')}</dt>
          <dd>{formatPosition(patch.position)}</dd>
        </div>
      </dl>
      <h3>{t('plan.patch.reachable')}</h3>
      {patch.reachableBySiteIds.length === 0 ? (
        <p className="soft">{t('plan.patch.none')}</p>
      ) : (
        <ul className="site-links">
          {patch.reachableBySiteIds.map((siteId) => (
            <li key={siteId}>
              <SiteLink siteId={siteId} onOpen={focusSite} />
            </li>
          ))}
        </ul>
      )}
      <h3>{t('plan.patch.next')}</h3>
      <p>{t(`plan.patch.advice.${patch.reason}`)}</p>
    </CardFrame>
  );
}
