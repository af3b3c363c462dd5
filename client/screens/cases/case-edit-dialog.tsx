// What is filled in on the way, mended without a move: only the fields that are this person's to write, and only what was touched is sent.
import { App, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetailJson } from '../../../server/contract/cases.ts';
import { useChangeCase } from '../../api/cases.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import desk from '../shell/desk.module.css';
import { CaseFieldInputs } from './case-field-inputs.tsx';
import { type CaseField, type CaseFieldValues, editedFields } from './case-move-fields.ts';

export interface CaseEditDialogProps {
  readonly detail: CaseDetailJson;
  readonly fields: readonly CaseField[];
  readonly onClose: () => void;
}

export function CaseEditDialog({ detail, fields, onClose }: CaseEditDialogProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const change = useChangeCase();
  /** As it was when somebody began to edit. */
  const [read] = useState(detail);
  const [values, setValues] = useState<CaseFieldValues>(
    Object.fromEntries(fields.map((field) => [field, detail[field]])),
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
          },
        )
      }
      onCancel={onClose}
    >
      <div className={desk.stack} data-testid="case-edit-dialog">
        <CaseFieldInputs
          fields={fields}
          values={values}
          onChange={(field, value) => setValues({ ...values, [field]: value })}
        />
        <RefusalNote error={change.error} />
      </div>
    </Modal>
  );
}
