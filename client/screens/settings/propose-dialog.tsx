// What the district and the city may do about a rule value: say which one they want, why, and from which day.
import { App, Input, InputNumber, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RuleJson } from '../../../server/contract/rules.ts';
import { makeAct } from '../../api/once-key.ts';
import { useProposeRule } from '../../api/rule-proposals.ts';
import { DayField } from '../../parts/day-field.tsx';
import { RefusalNote } from '../session/refusal-note.tsx';
import { isWholeUnit } from './rule-groups.ts';
import styles from './settings.module.css';
import { useRuleWords } from './use-rule-words.ts';

export function ProposeDialog({ rule, onClose }: { readonly rule: RuleJson; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const ids = { wanted: useId(), reason: useId(), day: useId() };
  const words = useRuleWords();
  const work = useProposeRule();
  const [act] = useState(makeAct);
  const [wanted, setWanted] = useState<number | null>(rule.value);
  const [reason, setReason] = useState('');
  const [day, setDay] = useState<string | null>(null);
  const isReady = wanted !== null && wanted !== rule.value && reason.trim() !== '';
  const send = () => {
    if (wanted === null) return;
    const asked = {
      rule: rule.name,
      wanted,
      reason: reason.trim(),
      ...(day !== null && { effectiveOn: day }),
    };
    work.mutate(
      { asked, act },
      {
        onSuccess: () => {
          void message.success(t('settings.proposal.sent'));
          onClose();
        },
      },
    );
  };
  return (
    <Modal
      open
      title={t('settings.proposal.title', { name: words.name(rule.name) })}
      okText={t('settings.proposal.send')}
      cancelText={t('shell.cancel')}
      okButtonProps={{ disabled: !isReady, 'data-testid': 'proposal-send' }}
      confirmLoading={work.isPending}
      onOk={send}
      onCancel={onClose}
    >
      <div className={styles.form} data-testid="propose-dialog">
        <p className={styles.plain}>
          {t('settings.proposal.now', { value: words.value(rule.value, rule.unit) })}
        </p>
        <div className={styles.field}>
          <label htmlFor={ids.wanted}>{t('settings.proposal.wanted')}</label>
          <InputNumber
            id={ids.wanted}
            value={wanted}
            min={rule.lowest}
            max={rule.highest}
            precision={isWholeUnit(rule.unit) ? 0 : 2}
            suffix={words.unit(rule.unit)}
            autoFocus
            onChange={setWanted}
            style={{ width: 200 }}
            data-testid="proposal-wanted"
          />
          <small>{t('settings.range', { lowest: rule.lowest, highest: rule.highest })}</small>
        </div>
        <div className={styles.field}>
          <label htmlFor={ids.reason}>{t('settings.proposal.reason')}</label>
          <Input.TextArea
            id={ids.reason}
            value={reason}
            rows={3}
            maxLength={300}
            placeholder={t('settings.proposal.reasonExample')}
            onChange={(event) => setReason(event.target.value)}
            data-testid="proposal-reason"
          />
        </div>
        <div className={styles.field}>
          <label htmlFor={ids.day}>{t('settings.proposal.day')}</label>
          <DayField
            id={ids.day}
            label={t('settings.proposal.day')}
            value={day}
            placeholder={t('settings.proposal.atOnce')}
            from={new Date().toLocaleDateString('en-CA', { timeZone: 'Asia/Shanghai' })}
            onChange={setDay}
            testId="proposal-day"
          />
        </div>
        <small className={styles.soft}>{t('settings.proposal.hint')}</small>
        <RefusalNote error={work.error} />
      </div>
    </Modal>
  );
}
