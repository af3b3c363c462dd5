// The way from a plan to its records, for those who may read them.
import { HistoryOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../state/session.ts';
import { TimelineDrawer } from './timeline-drawer.tsx';

export interface PlanHistoryProps {
  readonly plan: { readonly id: string; readonly name: string };
  /** Only the judgements on this site of the plan. */
  readonly site?: { readonly id: string; readonly name: string };
  readonly size?: 'small' | 'middle';
}

export function PlanHistory({ plan, site, size = 'small' }: PlanHistoryProps) {
  const { t } = useTranslation();
  const mayRead = useMay('audit:read');
  const [isOpen, setOpen] = useState(false);
  if (!mayRead) return null;
  return (
    <>
      <Tooltip title={t('audit.timeline')}>
        <Button
          size={size}
          type={site === undefined ? 'default' : 'text'}
          tabIndex={site === undefined ? 0 : -1}
          icon={<HistoryOutlined />}
          aria-label={t('audit.timeline')}
          onClick={() => setOpen(true)}
          data-testid={site === undefined ? 'plan-history' : `site-history-${site.id}`}
        />
      </Tooltip>
      {isOpen ? (
        <TimelineDrawer
          object="plan"
          objectId={plan.id}
          name={site?.name ?? plan.name}
          {...(site !== undefined && { siteId: site.id })}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  );
}
