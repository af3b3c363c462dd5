// Proposals for rule values above the rules themselves: what is wanted and why, what became of it, and the word of the administrator.
// Where the rule has moved since one was made, it says so.
import { Alert, Button, Empty, Pagination, Popconfirm, Select, Spin, Tag } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { type RuleProposalState, ruleProposalStates } from '../../../engine/index.ts';
import type { RuleProposalJson } from '../../../server/contract/rule-proposals.ts';
import { makeAct } from '../../api/once-key.ts';
import { useMoveProposal, useRuleProposals } from '../../api/rule-proposals.ts';
import { formatDate, formatDateTime } from '../../format/dates.ts';
import { formatCount } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { useMay } from '../../state/session.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import { DecideDialog } from './decide-dialog.tsx';
import {
  type ProposalsView,
  proposalQueryOf,
  readProposalsView,
  writeProposalsView,
} from './proposals-query.ts';
import styles from './settings.module.css';
import { useRuleWords } from './use-rule-words.ts';

const colours: Readonly<Record<RuleProposalState, string>> = {
  待定: 'gold',
  采纳: 'green',
  不采纳: 'red',
  撤回: 'default',
};

export function ProposalList() {
  const { t } = useTranslation();
  const language = useLanguage();
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => readProposalsView(params), [params]);
  const change = (part: Partial<ProposalsView>) =>
    setParams(writeProposalsView({ ...view, page: 1, ...part }), { replace: true });
  const { data, isPending, error } = useRuleProposals(proposalQueryOf(view));
  const mayDecide = useMay('rule:change');
  const mayPropose = useMay('rule:propose');
  const [decided, setDecided] = useState<string | null>(view.proposal);
  const proposals = data?.proposals ?? [];
  const opened = proposals.find(({ id, state }) => id === decided && mayDecide && state === '待定');
  return (
    <section className={styles.sheet} data-testid="proposals">
      <div className={styles.bar}>
        <h2>
          {t('settings.proposal.list')}{' '}
          {data ? <b data-testid="proposals-total">{formatCount(data.total, language)}</b> : null}
        </h2>
        <span className={styles.filters}>
          <Select
            allowClear
            value={view.state}
            placeholder={t('settings.proposal.anyState')}
            aria-label={t('settings.proposal.stateLabel')}
            options={ruleProposalStates.map((value) => ({
              value,
              label: t(`settings.proposal.state.${value}`),
            }))}
            onChange={(state) => change({ state: state ?? null, decidedWithinDays: null })}
            style={{ width: 130 }}
            data-testid="proposals-state"
          />
          {mayPropose ? (
            <Select
              value={view.mine ?? 'all'}
              aria-label={t('settings.proposal.whose')}
              options={[
                { value: 'all', label: t('settings.proposal.everybodys') },
                { value: 'true', label: t('settings.proposal.mine') },
              ]}
              onChange={(mine) => change({ mine: mine === 'true' ? 'true' : null })}
              style={{ width: 130 }}
            />
          ) : null}
        </span>
      </div>
      {view.decidedWithinDays === null ? null : (
        <Tag closable onClose={() => change({ decidedWithinDays: null })}>
          {t('settings.proposal.decidedWithin', { count: Number(view.decidedWithinDays) })}
        </Tag>
      )}
      {view.proposal === null ? null : (
        <Tag closable onClose={() => change({ proposal: null })} data-testid="proposals-one">
          {t('settings.proposal.onlyOne')}
        </Tag>
      )}
      <RefusalNote error={error} />
      {isPending ? <Spin /> : null}
      {data && proposals.length === 0 ? (
        <Empty
          image={Empty.PRESENTED_IMAGE_SIMPLE}
          description={t(mayPropose ? 'settings.proposal.none' : 'settings.proposal.noneToDecide')}
        />
      ) : null}
      <ul>
        {proposals.map((proposal) => (
          <ProposalRow
            key={proposal.id}
            proposal={proposal}
            {...(mayDecide && { onDecide: () => setDecided(proposal.id) })}
          />
        ))}
      </ul>
      {data && data.total > view.pageSize ? (
        <Pagination
          size="small"
          current={view.page}
          pageSize={view.pageSize}
          total={data.total}
          showSizeChanger={false}
          onChange={(page) => change({ page })}
        />
      ) : null}
      {opened === undefined ? null : (
        <DecideDialog key={opened.id} proposal={opened} onClose={() => setDecided(null)} />
      )}
    </section>
  );
}

interface ProposalRowProps {
  readonly proposal: RuleProposalJson;
  readonly onDecide?: () => void;
}

function ProposalRow({ proposal, onDecide }: ProposalRowProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const words = useRuleWords();
  const work = useMoveProposal();
  const [act] = useState(makeAct);
  const { rule, unit, valueNow, wanted, current, state, reason, effectiveOn } = proposal;
  const { name, organisation, askedAt, decidedName, decidedAt, decisionText, appliedAt } = proposal;
  const day = effectiveOn === null ? null : formatDate(effectiveOn, language, 'UTC');
  const waits = state === '采纳' && appliedAt === null;
  return (
    <li className={styles.proposal} data-testid={`proposal-${proposal.id}`}>
      <div className={styles.proposalHead}>
        <strong>{words.name(rule)}</strong>
        <span className={styles.proposalValue}>
          {words.value(valueNow, unit)} → <b>{words.value(wanted, unit)}</b>
        </span>
        <Tag color={colours[state]}>{t(`settings.proposal.state.${state}`)}</Tag>
        {day === null ? null : (
          <small>{t(waits ? 'settings.proposal.holdsFrom' : 'settings.proposal.wantedFrom', { day })}</small>
        )}
      </div>
      <p className={styles.plain}>{reason}</p>
      <small>
        {[organisation, name].filter(Boolean).join(' ')} · {formatDateTime(askedAt, language)}
      </small>
      {proposal.moved ? (
        <Alert
          type="warning"
          showIcon
          title={t('settings.proposal.moved', {
            before: words.value(valueNow, unit),
            now: words.value(current, unit),
          })}
        />
      ) : null}
      {decidedAt === null || state === '待定' ? null : (
        <small>
          {t(state === '撤回' ? 'settings.proposal.takenBack' : 'settings.proposal.decidedBy', {
            name: decidedName,
            at: formatDateTime(decidedAt, language),
          })}
          {decisionText === '' ? null : t('settings.proposal.said', { text: decisionText })}
        </small>
      )}
      <RefusalNote error={work.error} />
      {state !== '待定' ? null : (
        <div className={styles.proposalActs}>
          {onDecide ? (
            <Button size="small" type="primary" onClick={onDecide} data-testid="proposal-decide">
              {t('settings.proposal.decide')}
            </Button>
          ) : null}
          {proposal.mine ? (
            <Popconfirm
              title={t('settings.proposal.takeBackAsk')}
              okText={t('settings.proposal.takeBack')}
              cancelText={t('shell.cancel')}
              onConfirm={() => work.mutate({ proposal, move: { to: '撤回' }, act })}
            >
              <Button size="small" loading={work.isPending} data-testid="proposal-take-back">
                {t('settings.proposal.takeBack')}
              </Button>
            </Popconfirm>
          ) : null}
        </div>
      )}
    </li>
  );
}
