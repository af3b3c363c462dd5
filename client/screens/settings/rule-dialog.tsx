// One rule value: the number, and where it comes from. A change that comes too late says what stands there now and keeps what was typed.
import { Input, InputNumber, Modal } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { RuleJson } from '../../../server/contract/rules.ts';
import { freshRule, useChangeRule } from '../../api/rules.ts';
import { useLateEdit } from '../../parts/use-late-edit.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import { LateNote } from '../shell/late-note.tsx';
import { type RuleDraft, ruleChangeOf, ruleDraftOf } from './rule-draft.ts';
import { isWholeUnit } from './rule-groups.ts';
import styles from './settings.module.css';
import { useRuleWords } from './use-rule-words.ts';

export function RuleDialog({ rule, onClose }: { readonly rule: RuleJson; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const ids = { value: useId(), source: useId(), note: useId() };
  const words = useRuleWords();
  const change = useChangeRule();
  const { base, draft, news, change: type, takeFresh } = useLateEdit(rule, ruleDraftOf);
  const asked = ruleChangeOf(base, draft);
  const submit = () => {
    if (asked === null) return;
    change.mutate(
      { rule: base, change: asked },
      { onSuccess: onClose, onError: (error) => takeFresh(freshRule(error)) },
    );
  };
  const shown: Readonly<Record<keyof RuleDraft, string>> = {
    value: words.value(base.value, base.unit),
    source: words.source(base.source) || '—',
    note: base.note || '—',
  };
  return (
    <Modal
      open
      title={words.name(rule.name)}
      okText={t('shell.save')}
      cancelText={t('shell.cancel')}
      okButtonProps={{ disabled: asked === null, 'data-testid': 'rule-save' }}
      confirmLoading={change.isPending}
      onOk={submit}
      onCancel={onClose}
    >
      <div className={styles.form} data-testid="rule-dialog">
        <LateNote news={news} label={(field) => t(`settings.${field}`)} value={(field) => shown[field]} />
        <div className={styles.field}>
          <label htmlFor={ids.value}>{t('settings.value')}</label>
          <InputNumber
            id={ids.value}
            value={draft.value}
            min={base.lowest}
            max={base.highest}
            precision={isWholeUnit(rule.unit) ? 0 : 2}
            suffix={words.unit(rule.unit)}
            autoFocus
            onChange={(value) => type({ value })}
            style={{ width: 200 }}
            data-testid="rule-value"
          />
          <small>{t('settings.range', { lowest: base.lowest, highest: base.highest })}</small>
        </div>
        <div className={styles.field}>
          <label htmlFor={ids.source}>{t('settings.source')}</label>
          <Input
            id={ids.source}
            value={draft.source}
            maxLength={500}
            placeholder={t('settings.sourceExample')}
            onChange={(event) => type({ source: event.target.value })}
            data-testid="rule-source"
          />
        </div>
        <div className={styles.field}>
          <label htmlFor={ids.note}>{t('settings.note')}</label>
          <Input.TextArea
            id={ids.note}
            value={draft.note}
            rows={2}
            maxLength={500}
            onChange={(event) => type({ note: event.target.value })}
            data-testid="rule-note"
          />
        </div>
        <small className={styles.soft}>{t('settings.ruleHint')}</small>
        <RefusalNote error={freshRule(change.error) === null ? change.error : null} />
      </div>
    </Modal>
  );
}
