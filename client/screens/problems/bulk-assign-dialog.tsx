// Many problems to one unit: first what would be assigned and what is refused and why, then the assignment itself.
import { Alert, App, Checkbox, Modal, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BulkAssignmentResultJson } from '../../../server/contract/problems.ts';
import type { SeenRowJson } from '../../../server/contract/shared.ts';
import { isAnswered, makeAct } from '../../api/once-key.ts';
import { useAssignProblems } from '../../api/problems.ts';
import { inLanguage } from '../../format/language.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import { type AssignmentDraft, AssignmentFields } from './assignment-fields.tsx';
import { ProblemStateTag } from './problem-tags.tsx';
import styles from './problems.module.css';
import type { ProblemWords } from './use-problem-words.ts';

const MOST_AT_ONCE = 1000;

export interface BulkAssignDialogProps {
  readonly rows: readonly SeenRowJson[];
  readonly words: ProblemWords;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

export function BulkAssignDialog({ rows, words, onDone, onClose }: BulkAssignDialogProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const assign = useAssignProblems();
  const [act] = useState(makeAct);
  const [draft, setDraft] = useState<AssignmentDraft>({
    ownerUnit: '',
    coUnits: [],
    dueDate: null,
    reason: '',
  });
  const [isTried, setTried] = useState(false);
  const [preview, setPreview] = useState<BulkAssignmentResultJson | null>(null);
  const [skips, setSkips] = useState(false);
  const isTooMany = rows.length > MOST_AT_ONCE;
  const refused = preview?.refused ?? [];
  const isReady = preview !== null && preview.assigned > 0 && (refused.length === 0 || skips);
  const ask = () => {
    setTried(true);
    const { ownerUnit, coUnits, dueDate, reason } = draft;
    if (ownerUnit.trim() === '') return;
    const dryRun = preview === null;
    assign.mutate(
      {
        act,
        bulk: {
          rows: [...rows],
          ownerUnit: ownerUnit.trim(),
          ...(coUnits.length > 0 && { coUnits: [...coUnits] }),
          ...(dueDate !== null && { dueDate }),
          reason: reason.trim(),
          dryRun,
          skipRefused: !dryRun && skips,
        },
      },
      {
        onSuccess: (result) => {
          if (dryRun) {
            setPreview(result);
            return;
          }
          void message.success(t('problems.bulk.done', { count: result.assigned }));
          onDone();
          onClose();
        },
        // something changed since the preview; after silence the same act is sent again
        onError: (error) => {
          if (isAnswered(error)) setPreview(null);
        },
      },
    );
  };
  const change = (part: Partial<AssignmentDraft>) => {
    setDraft((now) => ({ ...now, ...part }));
    setPreview(null);
    setSkips(false);
    assign.reset();
  };
  return (
    <Modal
      open
      width={640}
      title={t('problems.bulk.title', { count: rows.length })}
      okText={
        preview === null ? t('problems.bulk.preview') : t('problems.bulk.apply', { count: preview.assigned })
      }
      cancelText={t('problems.cancel')}
      confirmLoading={assign.isPending}
      okButtonProps={{
        disabled: isTooMany || (preview !== null && !isReady),
        'data-testid': 'bulk-assign-ok',
      }}
      onOk={ask}
      onCancel={onClose}
    >
      <div className={styles.stack} data-testid="bulk-assign-dialog">
        {isTooMany ? <Alert type="warning" title={t('problems.bulk.most')} /> : null}
        <AssignmentFields
          draft={draft}
          onChange={change}
          districtCode={null}
          dueHint={t('problems.bulk.dueAs')}
          reasonNeeded={false}
          isTried={isTried}
        />
        <RefusalNote error={assign.error} />
        {preview === null ? null : (
          <>
            <Alert
              type={preview.assigned > 0 ? 'success' : 'warning'}
              title={
                preview.assigned > 0
                  ? t('problems.bulk.assigned', { count: preview.assigned })
                  : t('problems.bulk.none')
              }
              data-testid="bulk-assign-preview"
            />
            {refused.length > 0 ? (
              <Table
                size="small"
                rowKey="id"
                dataSource={refused}
                pagination={{ pageSize: 5, hideOnSinglePage: true, showSizeChanger: false }}
                scroll={{ x: 520 }}
                columns={[
                  {
                    key: 'number',
                    title: t('problems.column.number'),
                    width: 180,
                    render: (_, row) => row.number ?? t('problems.bulk.unseen'),
                  },
                  {
                    key: 'state',
                    title: t('problems.column.state'),
                    width: 90,
                    render: (_, row) =>
                      row.state === null ? '—' : <ProblemStateTag state={row.state} words={words} />,
                  },
                  {
                    key: 'why',
                    title: t('problems.bulk.why'),
                    render: (_, row) =>
                      `${inLanguage(row.message, words.language)} ${inLanguage(row.hint, words.language)}`.trim(),
                  },
                ]}
              />
            ) : null}
            {refused.length > 0 && preview.assigned > 0 ? (
              <Checkbox
                checked={skips}
                onChange={(event) => setSkips(event.target.checked)}
                data-testid="bulk-assign-skip"
              >
                {t('problems.bulk.skip', { count: refused.length })}
              </Checkbox>
            ) : null}
          </>
        )}
      </div>
    </Modal>
  );
}
