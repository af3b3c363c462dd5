// The office life of a plan under an address of its own: notices and the agenda lead here.
import { Card, Result } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { ApiError } from '../../api/fetch-reply.ts';
import { usePlanOffice } from '../../api/plan-office.ts';
import { LinkButton } from '../../parts/link-button.tsx';
import { Page } from '../../parts/page.tsx';
import { OfficePanel } from './office-panel.tsx';
import { OfficeTag } from './office-tag.tsx';

export function PlanOfficePage() {
  const { t } = useTranslation();
  const { planId = '' } = useParams();
  const { data: office, error } = usePlanOffice(planId);
  if (error instanceof ApiError && error.status === 404)
    return (
      <Result
        status="404"
        title={t('office.notFound')}
        extra={
          <LinkButton to="/plans" type="primary">
            {t('office.toPlans')}
          </LinkButton>
        }
      />
    );
  return (
    <Page
      title={office?.name ?? t('office.title')}
      subtitle={
        office === undefined ? null : (
          <>
            <OfficeTag state={office.state} isReturned={office.state === '草稿' && office.decided !== null} />
            {t(`office.type.${office.type}`)}
          </>
        )
      }
      actions={
        <>
          <LinkButton to="/plans">{t('office.toPlans')}</LinkButton>
          <LinkButton to={`/?plan=${encodeURIComponent(planId)}`}>{t('office.toMap')}</LinkButton>
        </>
      }
      testId="plan-office-page"
    >
      <Card>
        <OfficePanel key={planId} planId={planId} />
      </Card>
    </Page>
  );
}
