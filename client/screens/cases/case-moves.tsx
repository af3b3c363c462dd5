// The ways on that this person may go: a button where nothing is missing beyond what the move itself asks for, and where something is,
// what. Each move asks for its fields and its reason in one dialog.
import { App, Button, Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseChoiceJson, CaseDetailJson } from '../../../server/contract/cases.ts';
import { freshCase, useConfirmDelivery, useMoveCase } from '../../api/cases.ts';
import { type Act, makeAct } from '../../api/once-key.ts';
import { useLateEdit } from '../../parts/use-late-edit.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import desk from '../shell/desk.module.css';
import { LateNote } from '../shell/late-note.tsx';
import { MissingNeeds } from '../shell/missing-needs.tsx';
import { CaseFieldInputs } from './case-field-inputs.tsx';
import {
  type CaseField,
  type CaseFieldValues,
  caseFieldText,
  changesOf,
  kindOfCaseField,
} from './case-move-fields.ts';
import { type CaseWords, useCaseWords } from './use-case-words.ts';

const back: readonly string[] = ['撤销', '退网', '疑难', '不同意'];

export function CaseMoves({ detail }: { readonly detail: CaseDetailJson }) {
  const { t } = useTranslation();
  const words = useCaseWords();
  const [asked, setAsked] = useState<{ readonly choice: CaseChoiceJson; readonly act: Act } | null>(null);
  return (
    <>
      <div className={desk.acts} data-testid="case-moves">
        {detail.choices.length === 0 && !detail.mayConfirmDelivery ? (
          <p className={desk.soft}>{t('cases.noMoves')}</p>
        ) : null}
        {detail.mayConfirmDelivery ? <DeliveryButton detail={detail} /> : null}
        {detail.choices.map((choice) => (
          <MoveButton
            key={choice.to}
            choice={choice}
            words={words}
            onClick={() => setAsked({ choice, act: makeAct() })}
          />
        ))}
      </div>
      <MissingNeeds
        needs={detail.choices.map(({ to, missing }) => ({
          act: t('cases.moveTo', { state: words.state(to) }),
          missing: missing.map((need) => words.sentence(need.words)),
        }))}
      />
      {/* stays open, with what was typed, whoever takes the way away meanwhile */}
      {asked === null ? null : (
        <MoveDialog
          detail={detail}
          choice={asked.choice}
          act={asked.act}
          words={words}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

function MoveButton({
  choice,
  words,
  onClick,
}: {
  readonly choice: CaseChoiceJson;
  readonly words: CaseWords;
  readonly onClick: () => void;
}) {
  const { t } = useTranslation();
  const lacks = choice.missing.length > 0;
  const isBack = back.includes(choice.to) || choice.reasonNeeded;
  return (
    <Button
      size="small"
      type={lacks || isBack ? 'default' : 'primary'}
      danger={back.includes(choice.to)}
      disabled={lacks}
      onClick={onClick}
      data-testid={`case-to-${choice.to}`}
    >
      {t('cases.moveTo', { state: words.state(choice.to) })}
    </Button>
  );
}

function DeliveryButton({ detail }: { readonly detail: CaseDetailJson }) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const confirm = useConfirmDelivery();
  const [act] = useState(makeAct);
  return (
    <>
      <Button
        size="small"
        type="primary"
        loading={confirm.isPending}
        onClick={() =>
          void modal.confirm({
            title: t('cases.delivery.title'),
            content: t('cases.delivery.note'),
            okText: t('cases.delivery.ok'),
            cancelText: t('cases.close'),
            okButtonProps: { 'data-testid': 'delivery-ok' },
            onOk: () =>
              confirm
                .mutateAsync({ read: detail, act })
                .then(() => void message.success(t('cases.delivery.done')))
                // the refusal stands beside the button
                .catch(() => undefined),
          })
        }
        data-testid="case-delivery"
      >
        {t('cases.delivery.act')}
      </Button>
      <RefusalNote error={confirm.error} />
    </>
  );
}

interface MoveDialogProps {
  readonly detail: CaseDetailJson;
  readonly choice: CaseChoiceJson;
  readonly act: Act;
  readonly words: CaseWords;
  readonly onClose: () => void;
}

function MoveDialog({ detail, choice, act, words, onClose }: MoveDialogProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const id = useId();
  const move = useMoveCase();
  const fields = choice.fields.filter((field): field is CaseField => kindOfCaseField(field) !== null);
  const edit = useLateEdit(detail, (row): CaseFieldValues & { readonly state: string } => ({
    state: row.state,
    ...Object.fromEntries(fields.map((field) => [field, row[field]])),
  }));
  const { state: _state, ...values } = edit.draft;
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const lacksReason = choice.reasonNeeded && reason.trim() === '';
  const submit = () => {
    setTried(true);
    if (lacksReason) return;
    const given = changesOf(values);
    move.mutate(
      {
        read: edit.base,
        act,
        move: {
          to: choice.to,
          ...(reason.trim() !== '' && { reason: reason.trim() }),
          ...(Object.keys(given).length > 0 && { fields: given }),
        },
      },
      {
        onSuccess: () => {
          void message.success(t('cases.moved', { state: words.state(choice.to) }));
          onClose();
        },
        onError: (error) => edit.takeFresh(freshCase(error)),
      },
    );
  };
  return (
    <Modal
      open
      title={`${t('cases.moveTo', { state: words.state(choice.to) })} · ${detail.number}`}
      okText={t('cases.moveOk')}
      cancelText={t('cases.close')}
      confirmLoading={move.isPending}
      okButtonProps={{ danger: back.includes(choice.to), 'data-testid': 'case-move-ok' }}
      onOk={submit}
      onCancel={onClose}
    >
      <div className={desk.stack} data-testid="case-move-dialog">
        <p className={desk.soft}>
          {t('cases.moveNote', { from: words.state(edit.base.state), to: words.state(choice.to) })}
        </p>
        <LateNote
          news={edit.news}
          label={words.field}
          value={(key) =>
            key === 'state' ? words.state(edit.base.state) : caseFieldText(edit.base, key, words.language)
          }
        />
        <CaseFieldInputs
          fields={fields}
          values={values}
          onChange={(field, value) => edit.change({ [field]: value })}
        />
        <div className={desk.field}>
          <label htmlFor={`${id}-reason`}>
            {t(choice.reasonNeeded ? 'cases.reason' : 'cases.reasonOptional')}
          </label>
          <Input.TextArea
            id={`${id}-reason`}
            value={reason}
            rows={2}
            maxLength={500}
            status={isTried && lacksReason ? 'error' : ''}
            onChange={({ target }) => setReason(target.value)}
            data-testid="case-move-reason"
          />
          {isTried && lacksReason ? (
            <small className={desk.wrong} role="alert">
              {t('cases.reasonNeeded')}
            </small>
          ) : null}
        </div>
        <RefusalNote error={freshCase(move.error) === null ? move.error : null} />
      </div>
    </Modal>
  );
}
