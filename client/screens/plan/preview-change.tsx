// What the last step of a preview changed: sites opened (and which they replace), sites closed (and why), money and share.
import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDuration } from '../../format/measures.ts';
import { formatMoneyDifference } from '../../format/money.ts';
import { formatCount, formatSharePoints } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import type { PlanMove } from '../../preview/plan-desk.ts';
import { focusSite } from '../../state/focus.ts';
import { useStore } from '../../state/make-store.ts';
import { previewStore } from '../../state/preview.ts';
import { SiteLink } from './site-link.tsx';

/** Longer lists are for the tables below. */
const MOST_ROWS = 40;

export function PreviewChange() {
  const { t } = useTranslation();
  const move = useStore(previewStore, (preview) => preview.move);
  const refusal = useStore(previewStore, (preview) => preview.refusal);
  const hasPhases = useStore(previewStore, ({ choice }) =>
    choice === null ? false : choice.phases.length > 0 || choice.siteOrder !== 'price',
  );
  return (
    <>
      {refusal === null ? null : (
        <Alert
          type="warning"
          showIcon
          title={`${t('preview.refused')}${t(`coverage.problems.${refusal.code}`, { ...refusal.found, defaultValue: refusal.code })}`}
          data-testid="preview-refusal"
        />
      )}
      {hasPhases ? <p className="soft">{t('preview.anew')}</p> : null}
      {move === null || move.difference === null ? null : <Change move={move} />}
    </>
  );
}

function Change({ move }: { readonly move: PlanMove }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const seconds = useStore(previewStore, (preview) => preview.moveSeconds);
  const name = useSiteName(move.siteId);
  const { difference } = move;
  if (difference === null) return null;
  const { opened, closed } = difference;
  const isSame = opened.length + closed.length === 0;
  // a click changes a few sites, a search or a share many: those are listed on asking
  const isClick = move.siteId !== null || move.cause === 'undo';
  return (
    <section className="preview-change" data-testid="preview-change" data-cause={move.cause}>
      <h3>
        {t(`preview.moved.${move.cause}`, { site: name })}
        {move.cause === 'improve' ? null : (
          <small data-testid="preview-took">
            {t('preview.took', { duration: formatDuration(Math.ceil(seconds * 10) / 10, language) })}
          </small>
        )}
      </h3>
      <dl>
        <div>
          <dt>{t('preview.cost')}</dt>
          <dd data-testid="preview-extra-cost" data-tone={toneOf(-difference.extraCostCny)}>
            {formatMoneyDifference(difference.extraCostCny, language)}
          </dd>
        </div>
        <div>
          <dt>{t('preview.share')}</dt>
          <dd data-testid="preview-extra-share">{formatSharePoints(difference.extraShare, language)}</dd>
        </div>
      </dl>
      {difference.status === 'reached' ? null : <p className="preview-short">{t('preview.notReached')}</p>}
      {isSame ? <p className="soft">{t('preview.unchanged')}</p> : null}
      {isSame ? null : (
        <details open={isClick} key={move.cause}>
          <summary>
            {t('preview.opened', { total: formatCount(opened.length, language) })}
            {' · '}
            {t('preview.closed', { total: formatCount(closed.length, language) })}
          </summary>
          <div className="preview-lists">
            <SiteRows title="opened" total={opened.length}>
              {opened.slice(0, MOST_ROWS).map(({ siteId, replacesSiteId }) => (
                <li key={siteId}>
                  <SiteLink siteId={siteId} onOpen={focusSite} />
                  {replacesSiteId === null ? null : <Replaces siteId={replacesSiteId} />}
                </li>
              ))}
            </SiteRows>
            <SiteRows title="closed" total={closed.length}>
              {closed.slice(0, MOST_ROWS).map(({ siteId, because }) => (
                <li key={siteId}>
                  <SiteLink siteId={siteId} onOpen={focusSite} />
                  {because === null ? null : <small>{t(`preview.because.${because}`)}</small>}
                </li>
              ))}
            </SiteRows>
          </div>
        </details>
      )}
    </section>
  );
}

interface SiteRowsProps {
  readonly title: 'opened' | 'closed';
  readonly total: number;
  readonly children: ReactNode;
}

function SiteRows({ title, total, children }: SiteRowsProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (total === 0) return null;
  return (
    <div data-testid={`preview-${title}`} data-total={total}>
      <h4>{t(`preview.${title}`, { total: formatCount(total, language) })}</h4>
      <ul className="site-links">{children}</ul>
      {total > MOST_ROWS ? (
        <small className="soft">
          {t('preview.more', { total: formatCount(total - MOST_ROWS, language) })}
        </small>
      ) : null}
    </div>
  );
}

function Replaces({ siteId }: { readonly siteId: string }) {
  const { t } = useTranslation();
  const name = useSiteName(siteId);
  return <small>{t('preview.replaces', { site: name })}</small>;
}

function useSiteName(siteId: string | null): string {
  const site = useStore(previewStore, ({ moveSites, sitesById }) =>
    siteId === null ? undefined : (moveSites.get(siteId) ?? sitesById.get(siteId)),
  );
  return site === undefined ? (siteId ?? '') : site.name || site.code;
}

function toneOf(gain: number): 'good' | 'bad' | undefined {
  return gain === 0 ? undefined : gain > 0 ? 'good' : 'bad';
}
