// The word of the administrator on a proposal. What is accepted names the value seen here: where the rule has moved, the dialog says so
// first, and a rule that moves while it is open asks again.
import { Alert, App, Button, Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RuleProposalJson, RuleProposalMoveJson } from '../../../server/contract/rule-proposals.ts';
import { makeAct } from '../../api/once-key.ts';
import { freshProposal, useMoveProposal } from '../../api/rule-proposals.ts';
import { formatDate } from '../../format/dates.ts';
import { useLanguage } from '../../format/use-language.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import styles from './settings.module.css';
import { useRuleWords } from './use-rule-words.ts';

export interface DecideDialogProps {
  /** As it is listed now. */
  readonly proposal: RuleProposalJson;
  readonly onClose: () => void;
}

export function DecideDialog({ proposal, onClose }: DecideDialogProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const textId = useId();
  const words = useRuleWords();
  const work = useMoveProposal();
  const [act] = useState(makeAct);
  const [text, setText] = useState('');
  const { unit, valueNow, wanted, current, moved, reason, name, organisation, effectiveOn } = proposal;
  const decide = (move: RuleProposalMoveJson) =>
    work.mutate(
      { proposal, move: { ...move, text: text.trim() }, act },
      {
        onSuccess: () => {
          void message.success(t(`settings.proposal.done.${move.to}`));
          onClose();
        },
      },
    );
  return (
    <Modal
      open
      title={words.name(proposal.rule)}
      onCancel={onClose}
      footer={[
        <Button key="cancel" onClick={onClose}>
          {t('shell.cancel')}
        </Button>,
        <Button
          key="refuse"
          danger
          disabled={text.trim() === ''}
          loading={work.isPending}
          onClick={() => decide({ to: '不采纳' })}
          data-testid="proposal-refuse"
        >
          {t('settings.proposal.refuse')}
        </Button>,
        <Button
          key="accept"
          type="primary"
          loading={work.isPending}
          onClick={() => decide({ to: '采纳', current })}
          data-testid="proposal-accept"
        >
          {t(moved ? 'settings.proposal.acceptAnyway' : 'settings.proposal.accept')}
        </Button>,
      ]}
    >
      <div className={styles.form} data-testid="decide-dialog">
        <p className={styles.plain}>
          {words.value(current, unit)} → <b>{words.value(wanted, unit)}</b>
          {effectiveOn === null
            ? null
            : ` · ${t('settings.proposal.wantedFrom', { day: formatDate(effectiveOn, language, 'UTC') })}`}
        </p>
        <p className={styles.plain}>
          {[organisation, name].filter(Boolean).join(' ')}
          {t('settings.proposal.said', { text: reason })}
        </p>
        {moved ? (
          <Alert
            type="warning"
            showIcon
            title={t('settings.proposal.moved', {
              before: words.value(valueNow, unit),
              now: words.value(current, unit),
            })}
          />
        ) : null}
        <div className={styles.field}>
          <label htmlFor={textId}>{t('settings.proposal.text')}</label>
          <Input.TextArea
            id={textId}
            value={text}
            rows={2}
            maxLength={500}
            onChange={(event) => setText(event.target.value)}
            data-testid="proposal-text"
          />
        </div>
        <RefusalNote error={freshProposal(work.error) === null ? work.error : null} />
      </div>
    </Modal>
  );
}
