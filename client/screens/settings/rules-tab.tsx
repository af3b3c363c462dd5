// Rule values with where they come from; the administrator changes one at a time, the district and the city propose.
import { EditOutlined, FormOutlined } from '@ant-design/icons';
import { Button, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RuleJson } from '../../../server/contract/rules.ts';
import { useRuleValues } from '../../api/rules.ts';
import { formatDateTime } from '../../format/dates.ts';
import { formatCount } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { useMay } from '../../state/session.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import { ProposalList } from './proposal-list.tsx';
import { ProposeDialog } from './propose-dialog.tsx';
import { RuleDialog } from './rule-dialog.tsx';
import { ruleGroups } from './rule-groups.ts';
import styles from './settings.module.css';
import { useRuleWords } from './use-rule-words.ts';

export function RulesTab() {
  const { t } = useTranslation();
  const { data, isPending, error } = useRuleValues();
  const mayChange = useMay('rule:change');
  const mayPropose = useMay('rule:propose');
  const [opened, setOpened] = useState<RuleJson | null>(null);
  const [proposed, setProposed] = useState<RuleJson | null>(null);
  return (
    <div className={styles.groups}>
      {mayChange || mayPropose ? <ProposalList /> : null}
      <RefusalNote error={error} />
      {isPending ? <Spin /> : null}
      {ruleGroups(data ?? []).map(({ key, rules }) => (
        <section key={key} className={styles.sheet}>
          <h2>{t(`settings.group.${key}`, { defaultValue: key })}</h2>
          <ul>
            {rules.map((rule) => (
              <RuleRow
                key={rule.name}
                rule={rule}
                {...(mayChange && { onOpen: () => setOpened(rule) })}
                {...(mayPropose && { onPropose: () => setProposed(rule) })}
              />
            ))}
          </ul>
        </section>
      ))}
      {opened ? <RuleDialog rule={opened} onClose={() => setOpened(null)} /> : null}
      {proposed ? <ProposeDialog rule={proposed} onClose={() => setProposed(null)} /> : null}
    </div>
  );
}

interface RuleRowProps {
  readonly rule: RuleJson;
  readonly onOpen?: () => void;
  readonly onPropose?: () => void;
}

function RuleRow({ rule, onOpen, onPropose }: RuleRowProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const words = useRuleWords();
  const { name, value, unit, source, note, updatedAt, version } = rule;
  const from = t('settings.from', { source: words.source(source) || '—' });
  const changed = version > 1 ? t('settings.changedAt', { at: formatDateTime(updatedAt, language) }) : '';
  return (
    <li className={styles.rule} data-testid={`rule-${name}`}>
      <span className={styles.ruleName}>
        <strong>{words.name(name)}</strong>
        <small>{[from, note, changed].filter((text) => text !== '').join(' · ')}</small>
      </span>
      <span className={styles.ruleValue}>
        <b>{formatCount(value, language)}</b> {words.unit(unit)}
      </span>
      {onPropose ? (
        <Button
          size="small"
          icon={<FormOutlined />}
          aria-label={t('settings.proposal.title', { name: words.name(name) })}
          onClick={onPropose}
          data-testid={`rule-propose-${name}`}
        >
          {t('settings.proposal.propose')}
        </Button>
      ) : null}
      {onOpen ? (
        <Button
          type="text"
          icon={<EditOutlined />}
          aria-label={t('settings.change', { name: words.name(name) })}
          onClick={onOpen}
          data-testid={`rule-change-${name}`}
        />
      ) : null}
    </li>
  );
}
