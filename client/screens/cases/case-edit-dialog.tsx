// What is filled in on the way, mended without a move: only the fields that are this person's to write, and only what was touched is sent.
import { App, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CaseDetailJson } from '../../../server/contract/cases.ts';
import { freshCase, useChangeCase } from '../../api/cases.ts';
import { useLateEdit } from '../../parts/use-late-edit.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import desk from '../shell/desk.module.css';
import { LateNote } from '../shell/late-note.tsx';
import { CaseFieldInputs } from './case-field-inputs.tsx';
import { type CaseField, type CaseFieldValues, caseFieldText, editedFields } from './case-move-fields.ts';
import { useCaseWords } from './use-case-words.ts';

export interface CaseEditDialogProps {
  readonly detail: CaseDetailJson;
  readonly fields: readonly CaseField[];
  readonly onClose: () => void;
}

export function CaseEditDialog({ detail, fields, onClose }: CaseEditDialogProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const change = useChangeCase();
  const words = useCaseWords();
  const {
    base: read,
    draft: values,
    ...edit
  } = useLateEdit(
    detail,
    (row): CaseFieldValues => Object.fromEntries(fields.map((field) => [field, row[field]])),
  );
  const changes = editedFields(read, values);
  return (
    <Modal
      open
      title={`${t('cases.edit')} · ${read.number}`}
      okText={t('cases.save')}
      cancelText={t('cases.close')}
      confirmLoading={change.isPending}
      okButtonProps={{ disabled: Object.keys(changes).length === 0, 'data-testid': 'case-edit-ok' }}
      onOk={() =>
        change.mutate(
          { read, changes },
          {
            onSuccess: () => {
              void message.success(t('cases.saved'));
              onClose();
            },
            onError: (error) => edit.takeFresh(freshCase(error)),
          },
        )
      }
      onCancel={onClose}
    >
      <div className={desk.stack} data-testid="case-edit-dialog">
        <LateNote
          news={edit.news}
          label={words.field}
          value={(field) => caseFieldText(read, field, words.language)}
        />
        <CaseFieldInputs
          fields={fields}
          values={values}
          onChange={(field, value) => edit.change({ [field]: value })}
        />
        <RefusalNote error={freshCase(change.error) === null ? change.error : null} />
      </div>
    </Modal>
  );
}
