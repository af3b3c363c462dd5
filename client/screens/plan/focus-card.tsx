// What lies over the map: the card of the focused site or uncovered patch on its right side (a drawer in a narrow window), and the
// panel of a preview at work on its left.
import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { clearFocus, focusStore } from '../../state/focus.ts';
import { useStore } from '../../state/make-store.ts';
import { useShownPlan } from '../../state/shown-plan.ts';
import { PatchCard } from './patch-card.tsx';
import { PreviewPanel } from './preview-panel.tsx';
import { Settling } from './settling.tsx';
import { SiteCard } from './site-card.tsx';

export function FocusCard() {
  return (
    <>
      <PreviewPanel />
      <Card />
    </>
  );
}

function Card() {
  const { siteId, patchId } = useStore(focusStore, (focus) => focus);
  const { shown } = useShownPlan();
  if (siteId !== null) return <SiteCard key={siteId} siteId={siteId} />;
  const patch = patchId === null ? undefined : shown?.uncovered.find((one) => one.id === patchId);
  return patch === undefined ? null : <PatchCard patch={patch} />;
}

export interface CardFrameProps {
  readonly title: ReactNode;
  readonly subtitle?: ReactNode;
  readonly testId: string;
  readonly foot?: ReactNode;
  readonly children: ReactNode;
}

export function CardFrame({ title, subtitle, testId, foot, children }: CardFrameProps) {
  const { t } = useTranslation();
  return (
    <aside className="focus-card" aria-label={t('plan.card.title')} data-testid={testId}>
      <header>
        <div>
          <h2>{title}</h2>
          {subtitle === undefined ? null : <div className="card-tags">{subtitle}</div>}
        </div>
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined />}
          aria-label={t('plan.card.close')}
          onClick={clearFocus}
          data-testid="card-close"
        />
      </header>
      <Settling className="card-body">{children}</Settling>
      {foot === undefined ? null : <footer>{foot}</footer>}
    </aside>
  );
}
