// The candidates of a demand, best first: score in a strip, the reasons on demand, and what can be done with each.
import { Alert, Button, Checkbox, Empty, Spin, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DemandJson, MatchListJson } from '../../../server/contract/demands.ts';
import { useMatches } from '../../api/demands.ts';
import { formatNumber } from '../../format/numbers.ts';
import { LinkButton } from '../../parts/link-button.tsx';
import { useMay } from '../../state/session.ts';
import { resourceOnMapPath } from '../library/resource-on-map-path.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import desk from '../shell/desk.module.css';
import styles from './demands.module.css';
import { MatchReasons } from './match-reasons.tsx';
import { ScoreBar } from './score-bar.tsx';
import type { DemandWords } from './use-demand-words.ts';
import { useTake } from './use-take.ts';

export interface MatchListProps {
  readonly demand: DemandJson;
  readonly words: DemandWords;
}

export function MatchList({ demand, words }: MatchListProps) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const reply = useMatches(demand.id, all);
  const take = useTake(demand);
  const list = reply.data;
  const number = (value: number) => formatNumber(value, words.language, 0);
  return (
    <div className={desk.stack} data-testid="demand-matches">
      <div className={desk.acts}>
        <span className={desk.soft} style={{ flex: 1 }}>
          {list === undefined
            ? ''
            : t('demands.matches.summary', {
                total: number(list.total),
                free: number(list.free),
                radius: words.metres(demand.searchRadiusM),
              })}
        </span>
        <Checkbox checked={all} onChange={(event) => setAll(event.target.checked)} data-testid="matches-all">
          {t('demands.matches.all')}
        </Checkbox>
      </div>
      {list === undefined ? null : (
        <p className={desk.soft}>
          {list.plan === null
            ? t('demands.matches.noPlan')
            : t('demands.matches.plan', { name: list.plan.name })}
        </p>
      )}
      <RefusalNote error={reply.error ?? take.error} />
      {reply.isPending ? <Spin /> : null}
      {list?.matches.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('demands.matches.empty')} />
      ) : null}
      {list !== undefined && list.total > 0 && list.free === 0 ? (
        <Alert type="warning" showIcon title={t('demands.matches.allBlocked')} />
      ) : null}
      <ol className={styles.matches}>
        {(list?.matches ?? []).map((match, index) => (
          <Candidate
            key={match.resourceId}
            match={match}
            rules={list?.rules ?? []}
            demand={demand}
            words={words}
            isOpen={index === 0}
            onTake={take.offered ? () => take.start(match.resourceId) : null}
            isTaking={take.takingId === match.resourceId}
          />
        ))}
      </ol>
      {list !== undefined && list.total > list.matches.length ? (
        <p className={desk.soft}>{t('demands.matches.more', { count: list.total - list.matches.length })}</p>
      ) : null}
    </div>
  );
}

interface CandidateProps extends MatchListProps {
  readonly match: MatchListJson['matches'][number];
  readonly rules: MatchListJson['rules'];
  readonly isOpen: boolean;
  /** Null: nothing is taken now, or not by this person. */
  readonly onTake: (() => void) | null;
  readonly isTaking: boolean;
}

function Candidate({ match, rules, demand, words, isOpen, onTake, isTaking }: CandidateProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(isOpen);
  const mayClaim = useMay('claim:create');
  const mayRequest = useMay('claim:request');
  const isBlocked = match.blockedBy.length > 0;
  const isChosen = demand.resourceId === match.resourceId;
  const onMap = resourceOnMapPath(match);
  const claimPath = `/claims?${new URLSearchParams({ demand: demand.id, resource: match.resourceId })}`;
  const isWaiting = demand.state === '新建' || demand.state === '已匹配';
  return (
    <li className={`${styles.match} ${isBlocked ? styles.blocked : ''}`} data-testid="match">
      <div className={styles.matchHead}>
        <span className={styles.rank}>{match.rank}</span>
        <span>
          <Link to={`/library?${new URLSearchParams({ resource: match.resourceId })}`}>
            {match.name || match.code}
          </Link>{' '}
          {isChosen ? <Tag color="blue">{t('demands.matches.chosen')}</Tag> : null}
          {match.blockedBy.map((rule) => (
            <Tag key={rule} color="red">
              {t('demands.matches.blockedBy', { rule: words.rule(rule) })}
            </Tag>
          ))}
        </span>
        <span className={styles.score}>{formatNumber(match.score, words.language, 1, 1)}</span>
        <span className={styles.under}>
          {[
            words.metres(match.distanceM),
            words.library.resourceType(match.resourceType),
            match.owner || t('demands.matches.noOwner'),
            words.library.state(match.state),
          ].join(' · ')}
        </span>
      </div>
      <ScoreBar reasons={match.reasons} words={words} />
      <div className={desk.acts}>
        {onTake === null || isBlocked || isChosen ? null : (
          <Button size="small" loading={isTaking} onClick={onTake} data-testid="match-take">
            {t('demands.matches.take')}
          </Button>
        )}
        {(mayClaim || mayRequest) && isWaiting && !isBlocked ? (
          <LinkButton
            to={claimPath}
            data-testid="match-claim"
            size="small"
            type={isChosen ? 'primary' : 'default'}
          >
            {t(mayClaim ? 'demands.matches.claim' : 'demands.matches.request')}
          </LinkButton>
        ) : null}
        {onMap === null ? null : (
          <Link to={onMap} data-testid="match-on-map">
            {t('demands.onMap')}
          </Link>
        )}
        <Button
          size="small"
          type="text"
          style={{ marginLeft: 'auto' }}
          aria-expanded={shown}
          onClick={() => setShown(!shown)}
          data-testid="match-why"
        >
          {t(shown ? 'demands.matches.hide' : 'demands.matches.why')}
        </Button>
      </div>
      {shown ? <MatchReasons match={match} rules={rules} words={words} /> : null}
    </li>
  );
}
