// Gives one problem to a unit, or to another one; whoever takes it from a unit that works on it says why.
import { App, Modal, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProblemJson } from '../../../server/contract/problems.ts';
import { useTowns } from '../../api/areas.ts';
import { makeAct } from '../../api/once-key.ts';
import { freshProblem, useWorkOnProblem } from '../../api/problems.ts';
import { formatDate } from '../../format/dates.ts';
import { useLateEdit } from '../../parts/use-late-edit.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import { LateNote } from '../shell/late-note.tsx';
import { type AssignmentDraft, AssignmentFields } from './assignment-fields.tsx';
import { problemFieldText, shownOfProblem } from './problem-field-text.ts';
import styles from './problems.module.css';
import type { ProblemWords } from './use-problem-words.ts';

export interface AssignDialogProps {
  readonly problem: ProblemJson;
  readonly words: ProblemWords;
  readonly onClose: () => void;
}

export function AssignDialog({ problem: opened, words, onClose }: AssignDialogProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const id = useId();
  const work = useWorkOnProblem();
  const [act] = useState(makeAct);
  // only what the form holds is typed; the rest is there to be told when it changes
  const edit = useLateEdit(opened, shownOfProblem);
  const { base: problem } = edit;
  const { ownerUnit, coUnits, townCode } = edit.draft;
  const [own, setOwn] = useState<Pick<AssignmentDraft, 'dueDate' | 'reason'>>({ dueDate: null, reason: '' });
  const draft: AssignmentDraft = { ownerUnit, coUnits, ...own };
  const [isTried, setTried] = useState(false);
  const towns = (useTowns().data ?? []).filter(({ districtCode }) => districtCode === problem.districtCode);
  const unit = draft.ownerUnit.trim();
  const reasonNeeded = problem.state === '处理中' && unit !== problem.ownerUnit;
  const submit = () => {
    setTried(true);
    if (unit === '' || (reasonNeeded && draft.reason.trim() === '')) return;
    const json = {
      ownerUnit: unit,
      coUnits: [...draft.coUnits],
      ...(draft.dueDate !== null && { dueDate: draft.dueDate }),
      ...(townCode !== problem.townCode && { townCode }),
      reason: draft.reason.trim(),
    };
    work.mutate(
      { problem, work: { kind: 'assignment', json }, act },
      {
        onSuccess: () => {
          void message.success(t('problems.done.assign', { unit }));
          onClose();
        },
        onError: (error) => edit.takeFresh(freshProblem(error)),
      },
    );
  };
  return (
    <Modal
      open
      title={t('problems.assign.title', { number: problem.number })}
      okText={t('problems.act.assign')}
      cancelText={t('problems.cancel')}
      confirmLoading={work.isPending}
      okButtonProps={{ 'data-testid': 'assign-ok' }}
      onOk={submit}
      onCancel={onClose}
    >
      <div className={styles.stack} data-testid="assign-dialog">
        <LateNote
          news={edit.news}
          label={(key) => t(`problems.column.${key}`)}
          value={(key) => problemFieldText(problem, key, words)}
        />
        <AssignmentFields
          draft={draft}
          onChange={({ ownerUnit: unit, coUnits: others, ...rest }) => {
            edit.change({
              ...(unit !== undefined && { ownerUnit: unit }),
              ...(others !== undefined && { coUnits: [...others] }),
            });
            setOwn((now) => ({ ...now, ...rest }));
          }}
          districtCode={problem.districtCode}
          dueHint={t('problems.assign.dueAs', { date: formatDate(problem.dueAt, words.language) })}
          reasonNeeded={reasonNeeded}
          isTried={isTried}
        />
        {towns.length > 0 ? (
          <div className={styles.field}>
            <label htmlFor={`${id}-town`}>{t('problems.column.townCode')}</label>
            <Select
              id={`${id}-town`}
              allowClear
              value={townCode === '' ? null : townCode}
              placeholder={t('problems.assign.town')}
              options={towns.map(({ code, name }) => ({ value: code, label: name }))}
              onChange={(code) => edit.change({ townCode: code ?? '' })}
              data-testid="assign-town"
            />
          </div>
        ) : null}
        <RefusalNote error={freshProblem(work.error) === null ? work.error : null} />
      </div>
    </Modal>
  );
}
