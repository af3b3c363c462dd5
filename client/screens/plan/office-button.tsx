// Where the plan on the map stands in the office, and the way to its steps without leaving the map.
import { Drawer, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PlanJson } from '../../../server/contract/plans.ts';
import { OfficePanel } from './office-panel.tsx';
import { OfficeTag } from './office-tag.tsx';

export function OfficeButton({ plan }: { readonly plan: PlanJson }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const { type, state, isReturned } = plan.office;
  return (
    <>
      <Tooltip title={`${t('office.open')} · ${t(`office.type.${type}`)}`}>
        <button
          type="button"
          className="office-button"
          aria-label={`${t('office.open')} · ${t(`office.state.${state}`)}`}
          onClick={() => setOpen(true)}
          data-testid="plan-office-open"
        >
          <OfficeTag state={state} isReturned={isReturned} />
        </button>
      </Tooltip>
      <Drawer
        open={isOpen}
        size={480}
        title={`${t('office.title')} · ${plan.name}`}
        extra={<Link to={`/plans/${encodeURIComponent(plan.id)}/office`}>{t('office.page')}</Link>}
        onClose={() => setOpen(false)}
        destroyOnHidden
      >
        {isOpen ? <OfficePanel planId={plan.id} /> : null}
      </Drawer>
    </>
  );
}
