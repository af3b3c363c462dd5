// The office life of a plan: its steps with what is on record, what is next and whose it is, the steps this person may take, comments, history.
import { HistoryOutlined } from '@ant-design/icons';
import { Alert, Button, Drawer, Spin, Steps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PlanOfficeJson } from '../../../server/contract/plan-approval.ts';
import { usePlanOffice, usePlanTimeline } from '../../api/plan-office.ts';
import { formatDate, formatDateTime } from '../../format/dates.ts';
import { useLanguage } from '../../format/use-language.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Moments } from '../audit/moments.tsx';
import { CommentsButton } from '../comments/comments-button.tsx';
import desk from '../shell/desk.module.css';
import { useTableError } from '../shell/use-table-error.ts';
import { OfficeMoves } from './office-moves.tsx';
import { daysOfWindow, nextInOffice, officeSteps } from './office-words.ts';

export function OfficePanel({ planId }: { readonly planId: string }) {
  const reply = usePlanOffice(planId);
  const refused = useTableError(reply);
  if (reply.data !== undefined) return <Opened office={reply.data} />;
  return refused === null ? <Spin /> : <ErrorNote {...refused} />;
}

function Opened({ office }: { readonly office: PlanOfficeJson }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [isTold, setTold] = useState(false);
  const steps = officeSteps(
    office,
    (day) => formatDate(day, language, 'UTC'),
    (at) => formatDateTime(at, language),
  );
  return (
    <div className={desk.stack} data-testid="plan-office" data-state={office.state}>
      <Returned office={office} />
      <section aria-label={t('office.steps')}>
        <Steps
          orientation="vertical"
          size="small"
          current={steps.findIndex(({ state }) => state === office.state)}
          items={steps.map(({ state, standing, said }) => ({
            title: t(`office.state.${state}`),
            status: standing,
            ...(said !== null && { content: t(`office.${said.key}`, said.values) }),
          }))}
        />
      </section>
      <Next office={office} />
      <Others office={office} />
      <OfficeMoves office={office} />
      <div className={desk.acts}>
        <CommentsButton about={{ noun: 'plan', objectId: office.planId }} name={office.name} size="small" />
        <Button
          size="small"
          icon={<HistoryOutlined />}
          onClick={() => setTold(true)}
          data-testid="office-history"
        >
          {t('office.history')}
        </Button>
      </div>
      <Drawer
        open={isTold}
        size={480}
        title={`${t('office.history')} · ${office.name}`}
        onClose={() => setTold(false)}
        destroyOnHidden
      >
        <History planId={office.planId} />
      </Drawer>
    </div>
  );
}

function Returned({ office }: { readonly office: PlanOfficeJson }) {
  const { t } = useTranslation();
  if (office.state !== '草稿' || office.reason === '') return null;
  const { decided, reason } = office;
  return (
    <Alert
      type={decided === null ? 'info' : 'warning'}
      showIcon
      title={
        decided === null
          ? t('office.takenBackNote', { reason })
          : t('office.returnedNote', { name: decided.name, reason })
      }
      data-testid="office-returned"
    />
  );
}

function Next({ office }: { readonly office: PlanOfficeJson }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const next = nextInOffice(office);
  const window = daysOfWindow(office);
  const key =
    window === null ? '' : window.left > 0 ? 'windowOpen' : window.left === 0 ? 'windowLast' : 'windowEnded';
  return (
    <div data-testid="office-next">
      <p className={desk.line}>
        {next === null
          ? t(`office.nextNone.${office.state}`)
          : t('office.next', {
              states: next.states.map((state) => t(`office.act.${state}`)).join(t('office.or')),
              who: t(`office.who.${next.who}`),
            })}
      </p>
      {window === null ? null : (
        <p className={desk.soft}>
          {t(`office.${key}`, { to: formatDate(window.to, language, 'UTC'), count: window.left })}
        </p>
      )}
      {office.state === '草稿' && office.type === '情景方案' ? (
        <p className={desk.soft}>{t('office.scenarioNote')}</p>
      ) : null}
    </div>
  );
}

function Others({ office: { replaces, replacedBy } }: { readonly office: PlanOfficeJson }) {
  const { t } = useTranslation();
  const line = (words: string, plan: PlanOfficeJson['replaces']) =>
    plan === null ? null : (
      <p className={desk.line}>
        {words}
        <Link to={`/plans/${encodeURIComponent(plan.id)}/office`}>{plan.name}</Link>
        {plan.documentNo === null ? null : <span className={desk.soft}>{plan.documentNo}</span>}
      </p>
    );
  return replaces === null && replacedBy === null ? null : (
    <div data-testid="office-others">
      {line(t('office.replaces'), replaces)}
      {line(t('office.replacedBy'), replacedBy)}
    </div>
  );
}

function History({ planId }: { readonly planId: string }) {
  const { data, error } = usePlanTimeline(planId);
  return (
    <Moments
      records={data?.records}
      error={error}
      columnWords="office.record"
      valueWords={{ office_state: 'office.state', plan_type: 'office.type', state: 'plan.state' }}
    />
  );
}
