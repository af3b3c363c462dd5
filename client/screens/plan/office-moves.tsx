// The steps of a plan this person may take, what still stands in their way, and the dialog that asks for what a step needs.
import { App, Button, Input, Modal, Select } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlanOfficeJson } from '../../../server/contract/plan-approval.ts';
import { type Act, makeAct } from '../../api/once-key.ts';
import { freshOffice, useMovePlan } from '../../api/plan-office.ts';
import { inLanguage } from '../../format/language.ts';
import { useLanguage } from '../../format/use-language.ts';
import { DayField } from '../../parts/day-field.tsx';
import { RefusalNote } from '../session/refusal-note.tsx';
import desk from '../shell/desk.module.css';
import { MissingNeeds } from '../shell/missing-needs.tsx';
import { RowNews } from '../shell/row-news.tsx';
import {
  draftOf,
  fieldsOf,
  lackingIn,
  moveOf,
  type OfficeChoice,
  type OfficeDraft,
  type OfficeField,
  replaceableBy,
  typesFor,
} from './office-draft.ts';
import { nextInOffice } from './office-words.ts';

/** Its words: `office.act.<word>`, `office.ask.<word>`. */
const wordOf = ({ to, act }: OfficeChoice): string => (act === 'forward' ? to : act);

export function OfficeMoves({ office }: { readonly office: PlanOfficeJson }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [asked, setAsked] = useState<{ readonly choice: OfficeChoice; readonly act: Act } | null>(null);
  const open = office.choices.filter(({ act, missing }) => act === 'forward' && missing.length === 0);
  // an annual plan goes straight to review as a rule
  const primary = office.type === '年度建设计划' ? open.at(-1) : open[0];
  return (
    <div>
      <div className={desk.acts} data-testid="office-moves">
        {office.choices.map((choice) => (
          <Button
            key={choice.to}
            type={choice === primary ? 'primary' : 'default'}
            danger={choice.act === 'return'}
            disabled={choice.missing.length > 0}
            onClick={() => setAsked({ choice, act: makeAct() })}
            data-testid={`office-to-${choice.to}`}
          >
            {t(`office.act.${wordOf(choice)}`)}
          </Button>
        ))}
        {office.choices.length === 0 && nextInOffice(office) !== null ? (
          <span className={desk.soft}>{t('office.noActs')}</span>
        ) : null}
      </div>
      <MissingNeeds
        needs={office.choices.map((choice) => ({
          act: t(`office.act.${wordOf(choice)}`),
          missing: choice.missing.map(({ words }) => inLanguage(words, language)),
        }))}
      />
      {asked === null ? null : <MoveDialog office={office} {...asked} onClose={() => setAsked(null)} />}
    </div>
  );
}

interface MoveDialogProps {
  readonly office: PlanOfficeJson;
  readonly choice: OfficeChoice;
  readonly act: Act;
  readonly onClose: () => void;
}

function MoveDialog({ office, choice, act, onClose }: MoveDialogProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const id = useId();
  const move = useMovePlan();
  const [draft, setDraft] = useState<OfficeDraft>(() => draftOf(office, choice));
  const [isTried, setTried] = useState(false);
  const change = (part: Partial<OfficeDraft>) => setDraft((now) => ({ ...now, ...part }));
  const lacking = lackingIn(office, choice, draft);
  const word = wordOf(choice);
  const submit = () => {
    setTried(true);
    if (lacking.length > 0) return;
    move.mutate(
      { read: office, move: moveOf(office, choice, draft), act },
      {
        onSuccess: () => {
          void message.success(t('office.done'));
          onClose();
        },
      },
    );
  };
  const statusOf = (field: OfficeField) =>
    isTried && lacking.includes(field) ? ('error' as const) : ('' as const);
  const day = (field: 'from' | 'until' | 'effectiveOn', limits: { from?: string; to?: string }) => (
    <DayField
      id={`${id}-${field}`}
      label={t(`office.field.${field}`)}
      value={draft[field]}
      {...limits}
      status={statusOf(field)}
      onChange={(value) => change({ [field]: value })}
      testId={`office-${field}`}
    />
  );
  const inputs: Readonly<Record<OfficeField, () => readonly [input: ReactNode, hint?: string]>> = {
    type: () => [
      <Select
        key="type"
        id={`${id}-type`}
        value={draft.type}
        options={typesFor(choice).map((type) => ({ value: type, label: t(`office.type.${type}`) }))}
        onChange={(type) => change({ type })}
        data-testid="office-type"
      />,
    ],
    from: () => [day('from', { from: office.today })],
    until: () => [day('until', { from: draft.from ?? office.today }), t('office.untilHint')],
    documentNo: () => [
      <Input
        key="documentNo"
        id={`${id}-documentNo`}
        value={draft.documentNo}
        maxLength={100}
        status={statusOf('documentNo')}
        onChange={({ target }) => change({ documentNo: target.value })}
        onPressEnter={submit}
        data-testid="office-documentNo"
      />,
    ],
    effectiveOn: () =>
      choice.to === '生效'
        ? [day('effectiveOn', { to: office.today })]
        : [day('effectiveOn', {}), t('office.effectiveHint')],
    replaces: () => [
      <Select
        key="replaces"
        id={`${id}-replaces`}
        allowClear
        placeholder={t('office.none')}
        value={
          replaceableBy(office, draft.type).some((plan) => plan.id === draft.replaces) ? draft.replaces : null
        }
        options={replaceableBy(office, draft.type).map((plan) => ({
          value: plan.id,
          label: [plan.name, plan.documentNo].filter(Boolean).join(' · '),
        }))}
        onChange={(value) => change({ replaces: value ?? null })}
        data-testid="office-replaces"
      />,
      t('office.replacesHint'),
    ],
    reason: () => [
      <Input.TextArea
        key="reason"
        id={`${id}-reason`}
        value={draft.reason}
        rows={3}
        maxLength={500}
        status={statusOf('reason')}
        onChange={({ target }) => change({ reason: target.value })}
        data-testid="office-reason"
      />,
    ],
  };
  return (
    <Modal
      open
      title={`${t(`office.act.${word}`)} · ${office.name}`}
      okText={t('office.ok')}
      cancelText={t('office.cancel')}
      confirmLoading={move.isPending}
      okButtonProps={{ danger: choice.act === 'return', 'data-testid': 'office-ok' }}
      onOk={submit}
      onCancel={onClose}
    >
      <div className={desk.stack} data-testid="office-dialog">
        <span>{t(`office.ask.${word}`)}</span>
        <RowNews
          row={office}
          shownOf={({ state }) => ({ state })}
          label={() => t('office.version')}
          value={() => t(`office.state.${office.state}`)}
        />
        {fieldsOf(office, choice).map((field) => {
          const [input, hint] = inputs[field]();
          return (
            <div key={field} className={desk.field}>
              <label htmlFor={`${id}-${field}`}>{t(`office.field.${field}`)}</label>
              {input}
              {statusOf(field) === 'error' ? (
                <small className={desk.wrong} role="alert">
                  {t('office.needed')}
                </small>
              ) : hint === undefined ? null : (
                <small>{hint}</small>
              )}
            </div>
          );
        })}
        <RefusalNote error={freshOffice(move.error) === null ? move.error : null} />
      </div>
    </Modal>
  );
}
