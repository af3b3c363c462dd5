// One rule value: the number, and where it comes from.
import { Input, InputNumber, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RuleJson } from '../../../server/contract/rules.ts';
import { useChangeRule } from '../../api/rules.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import styles from './settings.module.css';
import { useRuleWords } from './use-rule-words.ts';

const wholeUnits: readonly RuleJson['unit'][] = ['working-days', 'days', 'years', 'count'];

export function RuleDialog({ rule, onClose }: { readonly rule: RuleJson; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const ids = { value: useId(), source: useId(), note: useId() };
  const words = useRuleWords();
  const change = useChangeRule();
  const [value, setValue] = useState<number | null>(rule.value);
  const [source, setSource] = useState(rule.source === 'D' ? '' : rule.source);
  const [note, setNote] = useState(rule.note);
  const submit = () => {
    if (value === null) return;
    const said = source.trim();
    // left as it was, the number is still the product's own
    const from = said === '' && value === rule.value ? rule.source : said;
    change.mutate({ rule, change: { value, source: from, note: note.trim() } }, { onSuccess: onClose });
  };
  return (
    <Modal
      open
      title={words.name(rule.name)}
      okText={t('shell.save')}
      cancelText={t('shell.cancel')}
      okButtonProps={{ disabled: value === null, 'data-testid': 'rule-save' }}
      confirmLoading={change.isPending}
      onOk={submit}
      onCancel={onClose}
    >
      <div className={styles.form} data-testid="rule-dialog">
        <div className={styles.field}>
          <label htmlFor={ids.value}>{t('settings.value')}</label>
          <InputNumber
            id={ids.value}
            value={value}
            min={rule.lowest}
            max={rule.highest}
            precision={wholeUnits.includes(rule.unit) ? 0 : 2}
            suffix={words.unit(rule.unit)}
            autoFocus
            onChange={setValue}
            style={{ width: 200 }}
            data-testid="rule-value"
          />
          <small>{t('settings.range', { lowest: rule.lowest, highest: rule.highest })}</small>
        </div>
        <div className={styles.field}>
          <label htmlFor={ids.source}>{t('settings.source')}</label>
          <Input
            id={ids.source}
            value={source}
            maxLength={500}
            placeholder={t('settings.sourceExample')}
            onChange={(event) => setSource(event.target.value)}
            data-testid="rule-source"
          />
        </div>
        <div className={styles.field}>
          <label htmlFor={ids.note}>{t('settings.note')}</label>
          <Input.TextArea
            id={ids.note}
            value={note}
            rows={2}
            maxLength={500}
            onChange={(event) => setNote(event.target.value)}
          />
        </div>
        <small className={styles.soft}>{t('settings.ruleHint')}</small>
        <RefusalNote error={change.error} />
      </div>
    </Modal>
  );
}
