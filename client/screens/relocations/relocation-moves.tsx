// The ways on of a relocation that this person may go, and the exception of the district: past the gate with a reason that the next
// report tells.
import { App, Button, Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RelocationDetailJson } from '../../../server/contract/relocations.ts';
import { type Act, makeAct } from '../../api/once-key.ts';
import { freshRelocation, type RelocationWork, useWorkOnRelocation } from '../../api/relocations.ts';
import { todayInChina } from '../../format/dates.ts';
import { inLanguage } from '../../format/language.ts';
import { useLanguage } from '../../format/use-language.ts';
import { DayField } from '../../parts/day-field.tsx';
import { RefusalNote } from '../session/refusal-note.tsx';
import desk from '../shell/desk.module.css';
import { MissingNeeds } from '../shell/missing-needs.tsx';
import { RowNews } from '../shell/row-news.tsx';
import { ChangeRelocationDialog } from './relocation-dialog.tsx';

type Choice = RelocationDetailJson['choices'][number];

interface Question {
  readonly title: string;
  readonly note: string;
  readonly reasonNeeded: boolean;
  readonly asksDay: boolean;
  readonly isDanger: boolean;
  readonly act: Act;
  workOf(reason: string, day: string | null): RelocationWork;
}

export function RelocationMoves({ detail }: { readonly detail: RelocationDetailJson }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [asked, setAsked] = useState<Question | null>(null);
  const [isChanging, setChanging] = useState(false);
  const ask = (choice: Choice) => {
    const state = t(`relocations.state.${choice.to}`);
    const asksDay = choice.to === '已拆除';
    setAsked({
      title: t('cases.moveTo', { state }),
      note: t('cases.moveNote', { from: t(`relocations.state.${detail.state}`), to: state }),
      reasonNeeded: choice.reasonNeeded,
      asksDay,
      isDanger: choice.to === '撤销',
      act: makeAct(),
      workOf: (reason, day) => ({
        kind: 'move',
        move: {
          to: choice.to,
          ...(reason !== '' && { reason }),
          ...(asksDay && { removedOn: day }),
        },
      }),
    });
  };
  return (
    <>
      <div className={desk.acts} data-testid="relocation-moves">
        {detail.choices.map((choice) => (
          <ChoiceButton key={choice.to} choice={choice} onClick={() => ask(choice)} />
        ))}
        {detail.mayOverride ? (
          <Button
            size="small"
            danger
            onClick={() =>
              setAsked({
                title: t('relocations.override.act'),
                note: t('relocations.override.note'),
                reasonNeeded: true,
                asksDay: false,
                isDanger: true,
                act: makeAct(),
                workOf: (reason) => ({ kind: 'override', reason }),
              })
            }
            data-testid="relocation-override"
          >
            {t('relocations.override.act')}
          </Button>
        ) : null}
        {detail.mayChange ? (
          <Button size="small" onClick={() => setChanging(true)} data-testid="relocation-change">
            {t('relocations.change')}
          </Button>
        ) : null}
        {detail.choices.length === 0 && !detail.mayOverride && !detail.mayChange ? (
          <span className={desk.soft}>{t('cases.noMoves')}</span>
        ) : null}
      </div>
      <MissingNeeds
        needs={detail.choices.map(({ to, missing }) => ({
          act: t('cases.moveTo', { state: t(`relocations.state.${to}`) }),
          missing: missing.map((need) => inLanguage(need.words, language)),
        }))}
      />
      {asked === null ? null : (
        <QuestionDialog detail={detail} question={asked} onClose={() => setAsked(null)} />
      )}
      {isChanging ? <ChangeRelocationDialog detail={detail} onClose={() => setChanging(false)} /> : null}
    </>
  );
}

function ChoiceButton({ choice, onClick }: { readonly choice: Choice; readonly onClick: () => void }) {
  const { t } = useTranslation();
  const lacks = choice.missing.length > 0;
  return (
    <Button
      size="small"
      type={lacks || choice.reasonNeeded ? 'default' : 'primary'}
      danger={choice.to === '撤销'}
      disabled={lacks}
      onClick={onClick}
      data-testid={`relocation-to-${choice.to}`}
    >
      {t('cases.moveTo', { state: t(`relocations.state.${choice.to}`) })}
    </Button>
  );
}

interface QuestionDialogProps {
  readonly detail: RelocationDetailJson;
  readonly question: Question;
  readonly onClose: () => void;
}

function QuestionDialog({ detail, question, onClose }: QuestionDialogProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const id = useId();
  const work = useWorkOnRelocation();
  const [reason, setReason] = useState('');
  const [day, setDay] = useState<string | null>(detail.removedOn);
  const [isTried, setTried] = useState(false);
  const lacksReason = question.reasonNeeded && reason.trim() === '';
  const lacksDay = question.asksDay && day === null;
  const submit = () => {
    setTried(true);
    if (lacksReason || lacksDay) return;
    work.mutate(
      { read: detail, act: question.act, work: question.workOf(reason.trim(), day) },
      {
        onSuccess: () => {
          void message.success(t('relocations.done'));
          onClose();
        },
      },
    );
  };
  return (
    <Modal
      open
      title={`${question.title} · ${detail.number}`}
      okText={t('relocations.confirm')}
      cancelText={t('relocations.close')}
      confirmLoading={work.isPending}
      okButtonProps={{ danger: question.isDanger, 'data-testid': 'relocation-move-ok' }}
      onOk={submit}
      onCancel={onClose}
    >
      <div className={desk.stack} data-testid="relocation-dialog">
        <span>{question.note}</span>
        <RowNews
          row={detail}
          shownOf={({ state, gate }) => ({ state, gate: gate.open })}
          label={(key) => t(`relocations.column.${key}`)}
          value={(key) =>
            key === 'state'
              ? t(`relocations.state.${detail.state}`)
              : t(`relocations.gate.word.${detail.gate.open ? 'open' : 'locked'}`)
          }
        />
        {question.asksDay ? (
          <div className={desk.field}>
            <label htmlFor={`${id}-day`}>{t('relocations.field.removedOn')}</label>
            <DayField
              id={`${id}-day`}
              label={t('relocations.field.removedOn')}
              value={day}
              to={todayInChina()}
              status={isTried && lacksDay ? 'error' : ''}
              onChange={setDay}
            />
          </div>
        ) : null}
        <div className={desk.field}>
          <label htmlFor={id}>{t(question.reasonNeeded ? 'cases.reason' : 'cases.reasonOptional')}</label>
          <Input.TextArea
            id={id}
            value={reason}
            rows={2}
            maxLength={500}
            status={isTried && lacksReason ? 'error' : ''}
            onChange={({ target }) => setReason(target.value)}
            data-testid="relocation-reason"
          />
          {isTried && lacksReason ? (
            <small className={desk.wrong} role="alert">
              {t('cases.reasonNeeded')}
            </small>
          ) : null}
        </div>
        <RefusalNote error={freshRelocation(work.error) === null ? work.error : null} />
      </div>
    </Modal>
  );
}
