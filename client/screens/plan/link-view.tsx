// One link of the site on the card: where it goes, its profile drawn and told, its budget, and the exposure of the antenna.
import { DownloadOutlined, ExpandOutlined } from '@ant-design/icons';
import { Button, Modal, Spin } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LonLat, SiteLinkProfile } from '../../../engine/index.ts';
import type { PlanSummaryJson } from '../../../server/contract/plans.ts';
import { ApiError, describeError } from '../../api/fetch-reply.ts';
import { formatPosition } from '../../format/coordinates.ts';
import { useLanguage } from '../../format/use-language.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { saveTextFile } from '../../parts/save-file.ts';
import { askLinkBudgetTo } from '../../state/focus.ts';
import { markOnLinkPath, showLinkPath } from '../../state/link-path.ts';
import type { ShownSite } from '../../state/shown-plan.ts';
import { ExposureNote } from './exposure-note.tsx';
import { LinkBudgetTable } from './link-budget-table.tsx';
import { ProfileChart, profileColours } from './profile-chart.tsx';
import { profileCsv } from './profile-csv.ts';
import { readingWords, summaryWords } from './profile-words.ts';
import type { LinkContent } from './use-link-content.ts';

const CARD_CHART_PX = 220;
const LARGE_CHART_PX = 400;

export function LinkReceiver({ receiver }: { readonly receiver: LonLat | null }) {
  const { t } = useTranslation();
  return (
    <>
      <p className="soft">
        {receiver === null
          ? t('plan.card.linkBudgetFar')
          : t('plan.card.linkBudgetTo', { position: formatPosition(receiver) })}
        {receiver === null ? null : (
          <Button type="link" size="small" onClick={() => askLinkBudgetTo(null)}>
            {t('plan.card.linkBudgetReset')}
          </Button>
        )}
      </p>
      <p className="soft">{t('plan.card.linkBudgetHint')}</p>
    </>
  );
}

export interface LinkViewProps {
  readonly link: LinkContent;
  readonly site: ShownSite;
  /** What the plan was computed on; the data may have changed since. */
  readonly ground: PlanSummaryJson['ground'];
}

export function LinkView({ link, site, ground }: LinkViewProps) {
  const { t } = useTranslation();
  const { profile, exposure } = link;
  const end = profile?.position ?? null;
  useEffect(() => {
    showLinkPath(end);
    return () => showLinkPath(null);
  }, [end]);
  return (
    <div className="link-view" aria-busy={link.isLoading} data-testid="link-view">
      {profile !== null ? (
        <>
          {(profile.datum === 'sea-level') === (ground === 'terrain') ? null : (
            <ErrorNote message={t(`link.groundChanged.${profile.datum}`)} severity="warning" />
          )}
          <Profile profile={profile} site={site} />
          <LinkBudgetTable budget={profile.budget} />
        </>
      ) : link.isLoading ? (
        <Spin size="small" />
      ) : (
        <Refusal link={link} />
      )}
      {exposure === null ? null : <ExposureNote exposure={exposure} />}
    </div>
  );
}

function Refusal({ link }: { readonly link: LinkContent }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (link.error)
    return (
      <ErrorNote
        {...describeError(link.error, language)}
        severity="warning"
        retryLabel={t('shell.retry')}
        // Asking again for the same receiver gives the same refusal.
        onRetry={link.error instanceof ApiError && link.error.status === 422 ? undefined : link.retry}
      />
    );
  if (link.refusal === null) return <p className="soft">{t('link.none')}</p>;
  const { code, found } = link.refusal;
  const known = code === 'COVERAGE_RECEIVER_FAR' || code === 'COVERAGE_RECEIVER_NEAR' ? code : 'other';
  return <ErrorNote message={t(`link.refused.${known}`, found)} code={code} severity="warning" />;
}

function Profile({ profile, site }: { readonly profile: SiteLinkProfile; readonly site: ShownSite }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [reading, setReading] = useState<number | null>(null);
  const [isLarge, setLarge] = useState(false);
  const drawing = useRef<SVGSVGElement>(null);
  const name = site.name || site.code;
  const fileName = t('link.fileName', { site: name });
  // Another receiver has other samples.
  const sample = reading === null ? null : Math.min(reading, profile.samples.distanceM.length - 1);
  const readingText = readingWords(profile, sample, t, language);
  const read = (next: number | null) => {
    setReading(next);
    markOnLinkPath(next === null ? null : placeOf(profile, site.position, next));
  };
  const saveDrawing = () => {
    if (drawing.current === null) return;
    const text = new XMLSerializer().serializeToString(drawing.current);
    saveTextFile(`${fileName}.svg`, `<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`, 'image/svg+xml');
  };
  const chart = {
    profile,
    title: t('link.chart', { site: name }),
    reading: sample,
    readingText,
    onRead: read,
  };
  const buttons = (
    <div className="profile-buttons">
      <Button
        size="small"
        icon={<DownloadOutlined />}
        onClick={() => saveTextFile(`${fileName}.csv`, profileCsv(profile, t), 'text/csv;charset=utf-8')}
        data-testid="profile-csv"
      >
        {t('link.csv')}
      </Button>
      <Button size="small" icon={<DownloadOutlined />} onClick={saveDrawing} data-testid="profile-svg">
        {t('link.svg')}
      </Button>
      {isLarge ? null : (
        <Button
          size="small"
          icon={<ExpandOutlined />}
          onClick={() => setLarge(true)}
          data-testid="profile-enlarge"
        >
          {t('link.enlarge')}
        </Button>
      )}
    </div>
  );
  const told = (
    <>
      <p className="profile-reading" aria-live="polite">
        {readingText}
      </p>
      <Legend />
      <ul className="profile-summary" data-testid="profile-summary">
        {summaryWords(profile, t, language).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {buttons}
    </>
  );
  return (
    <>
      <ProfileChart {...chart} heightPx={CARD_CHART_PX} {...(isLarge ? {} : { drawingRef: drawing })} />
      {told}
      <Modal
        open={isLarge}
        title={chart.title}
        width="min(1100px, calc(100vw - 32px))"
        footer={null}
        destroyOnHidden
        onCancel={() => {
          setLarge(false);
          read(null);
        }}
      >
        <ProfileChart {...chart} heightPx={LARGE_CHART_PX} drawingRef={drawing} />
        {told}
      </Modal>
    </>
  );
}

function Legend() {
  const { t } = useTranslation();
  const entries = [
    ['ground', { background: profileColours.ground, borderColor: profileColours.groundEdge }],
    ['roof', { background: profileColours.roof, borderColor: profileColours.roofEdge }],
    ['ray', { background: profileColours.ray, height: 2, borderWidth: 0 }],
    ['fresnel', { background: '#dfe8f5', borderColor: '#8faedb' }],
    ['clear60', { height: 0, borderTop: `1px dashed ${profileColours.ray}` }],
  ] as const;
  return (
    <ul className="profile-legend" aria-hidden="true">
      {entries.map(([key, style]) => (
        <li key={key}>
          <i style={style} />
          {t(`link.legend.${key}`)}
        </li>
      ))}
    </ul>
  );
}

/** Where a sample lies on the map: the path is straight there to less than a pixel. */
function placeOf(profile: SiteLinkProfile, from: readonly number[], sample: number): LonLat {
  const part = profile.samples.distanceM[sample]! / profile.distanceM;
  const [lon = 0, lat = 0] = from;
  return [lon + part * (profile.position[0] - lon), lat + part * (profile.position[1] - lat)];
}
