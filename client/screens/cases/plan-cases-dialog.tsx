// Cases for the new sites of a plan: which plan, for which operator, how many there would be, then the cases.

import { Alert, App, Modal, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CasesFromPlanResultJson } from '../../../server/contract/cases.ts';
import { useCasesFromPlan } from '../../api/cases.ts';
import { useOperatorOptions } from '../../api/catalogue.ts';
import { isAnswered, makeAct } from '../../api/once-key.ts';
import { usePlans } from '../../api/plans.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import desk from '../shell/desk.module.css';
import { PlanSelect } from './case-field-inputs.tsx';

export interface PlanCasesDialogProps {
  readonly onShow: (planId: string) => void;
  readonly onClose: () => void;
}

export function PlanCasesDialog({ onShow, onClose }: PlanCasesDialogProps) {
  const { t } = useTranslation();
  const operatorOptions = useOperatorOptions();
  const { message } = App.useApp();
  const id = useId();
  const open = useCasesFromPlan();
  const [act] = useState(makeAct);
  const [planId, setPlanId] = useState<string | null>(null);
  const [operator, setOperator] = useState<string | null>(null);
  const [preview, setPreview] = useState<CasesFromPlanResultJson | null>(null);
  const plan = usePlans().data?.find(({ id: known }) => known === planId);
  const planned = (plan?.request.operators ?? []).map((one) => one.id);
  // a plan for several says itself who moves in where
  const isJoint = planned.length > 0;
  const forget = () => {
    setPreview(null);
    open.reset();
  };
  const ask = (dryRun: boolean) => {
    if (planId === null || (operator === null && !isJoint)) return;
    open.mutate(
      { act, asked: { planId, ...(operator !== null && { operator }), dryRun } },
      {
        onSuccess: (result) => {
          if (dryRun) {
            setPreview(result);
            return;
          }
          void message.success(t('cases.fromPlan.done', { count: result.opened }));
          onShow(planId);
          onClose();
        },
        onError: (error) => {
          if (isAnswered(error)) setPreview(null);
        },
      },
    );
  };
  return (
    <Modal
      open
      title={t('cases.fromPlan.title')}
      okText={
        preview === null ? t('cases.bulk.preview') : t('cases.fromPlan.apply', { count: preview.opened })
      }
      cancelText={t('cases.close')}
      confirmLoading={open.isPending}
      okButtonProps={{
        disabled: planId === null || (operator === null && !isJoint) || preview?.opened === 0,
        'data-testid': 'from-plan-ok',
      }}
      onOk={() => ask(preview === null)}
      onCancel={onClose}
    >
      <div className={desk.stack} data-testid="from-plan-dialog">
        <p className={desk.soft}>{t('cases.fromPlan.note')}</p>
        <div className={desk.field}>
          <label htmlFor={`${id}-plan`}>{t('cases.field.planId')}</label>
          <PlanSelect
            id={`${id}-plan`}
            value={planId}
            onChange={(value) => {
              setPlanId(value);
              setOperator(null);
              forget();
            }}
            testId="from-plan-plan"
          />
        </div>
        <div className={desk.field}>
          <label htmlFor={`${id}-operator`}>{t('cases.column.operator')}</label>
          <Select
            id={`${id}-operator`}
            value={operator}
            allowClear={isJoint}
            placeholder={isJoint ? t('cases.fromPlan.asPlanned') : ''}
            options={isJoint ? planned.map((value) => ({ value, label: value })) : operatorOptions}
            onChange={(value: string | null | undefined) => {
              setOperator(value ?? null);
              forget();
            }}
            data-testid="from-plan-operator"
          />
        </div>
        <RefusalNote error={open.error} />
        {preview === null ? null : (
          <Alert
            type={preview.opened > 0 ? 'success' : 'warning'}
            title={t('cases.fromPlan.preview', { opened: preview.opened, held: preview.held })}
          />
        )}
      </div>
    </Modal>
  );
}
