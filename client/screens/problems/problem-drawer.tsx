// One problem: where it stands against the clock, what it is about, what this person may do, and every step so far.
import { App, Button, Drawer } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ProblemDetailJson, ProblemJson } from '../../../server/contract/problems.ts';
import { useProblem } from '../../api/problems.ts';
import { useResource } from '../../api/resources.ts';
import { formatDate, formatDateTime } from '../../format/dates.ts';
import { useMay, useMe } from '../../state/session.ts';
import { AttachmentsPanel } from '../attachments/attachments-panel.tsx';
import { TimelineDrawer } from '../audit/timeline-drawer.tsx';
import { resourceOnMapPath } from '../library/resource-on-map-path.ts';
import { ReplyState } from '../shell/reply-state.tsx';
import { useDrawerBesideMap } from '../shell/use-drawer-beside-map.ts';
import { AssignDialog } from './assign-dialog.tsx';
import { type AskedMove, MoveDialog } from './move-dialog.tsx';
import { NoteForm } from './note-form.tsx';
import { objectPath } from './object-path.ts';
import { type OfferedProblemWork, offeredProblemWork } from './problem-acts.ts';
import { ProblemSteps } from './problem-steps.tsx';
import { ClockText, LevelTag, ProblemStateTag } from './problem-tags.tsx';
import { ProblemUrgeDialog } from './problem-urge-dialog.tsx';
import styles from './problems.module.css';
import type { ProblemWords } from './use-problem-words.ts';

export interface ProblemDrawerProps {
  readonly id: string;
  readonly words: ProblemWords;
  readonly onClose: () => void;
}

export function ProblemDrawer({ id, words, onClose }: ProblemDrawerProps) {
  const { t } = useTranslation();
  const beside = useDrawerBesideMap();
  const reply = useProblem(id);
  const mayAudit = useMay('audit:read');
  const [showsAudit, setShowsAudit] = useState(false);
  const problem = reply.data?.problem;
  return (
    <Drawer
      open
      {...beside}
      onClose={onClose}
      title={problem === undefined ? t('problems.one') : problem.number}
      extra={
        problem === undefined || !mayAudit ? null : (
          <Button size="small" onClick={() => setShowsAudit(true)}>
            {t('audit.timeline')}
          </Button>
        )
      }
    >
      <div className={styles.stack} data-testid="problem-drawer">
        <ReplyState reply={reply} notFound={t('problems.notFound')} />
        {reply.data === undefined ? null : <Opened detail={reply.data} words={words} />}
      </div>
      {showsAudit && problem !== undefined ? (
        <TimelineDrawer
          object="problem"
          objectId={problem.id}
          name={problem.number}
          onClose={() => setShowsAudit(false)}
        />
      ) : null}
    </Drawer>
  );
}

interface OpenedProps {
  readonly detail: ProblemDetailJson;
  readonly words: ProblemWords;
}

function Opened({ detail: { problem, steps }, words }: OpenedProps) {
  const { t } = useTranslation();
  const me = useMe();
  const offered = me === null ? null : offeredProblemWork(me, problem);
  return (
    <>
      <header className={styles.head}>
        <h2>{problem.title}</h2>
        <div className={styles.tags}>
          <ProblemStateTag state={problem.state} words={words} />
          <LevelTag level={problem.level} words={words} />
          <ClockText problem={problem} words={words} />
        </div>
      </header>
      {offered === null ? null : <Acts problem={problem} offered={offered} words={words} />}
      {problem.description === '' ? null : <p className={styles.description}>{problem.description}</p>}
      <Facts problem={problem} words={words} />
      {offered === null ? null : (
        <NoteForm problem={problem} mayAdd={offered.progress} mayEvidence={offered.evidence} />
      )}
      <section>
        <h3>{t('attachments.title')}</h3>
        <AttachmentsPanel noun="problem" objectId={problem.id} />
      </section>
      <section>
        <h3>{t('problems.stepsTitle')}</h3>
        <ProblemSteps steps={steps} words={words} />
      </section>
    </>
  );
}

interface ActsProps {
  readonly problem: ProblemJson;
  readonly offered: OfferedProblemWork;
  readonly words: ProblemWords;
}

const primary: readonly string[] = ['start', 'settle', 'confirm'];

function Acts({ problem, offered, words }: ActsProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [asked, setAsked] = useState<AskedMove | 'assign' | 'urge' | null>(null);
  const { moves, assign, levels, urge } = offered;
  // a question that is open stays, with what was typed, whoever takes its act away meanwhile
  if (asked === null && moves.length === 0 && !assign && levels.length === 0 && urge === null) return null;
  return (
    <div className={styles.acts} data-testid="problem-acts">
      {assign ? (
        <Button
          type={problem.state === '新建' ? 'primary' : 'default'}
          onClick={() => setAsked('assign')}
          data-testid="problem-assign"
        >
          {t(problem.state === '新建' ? 'problems.act.assign' : 'problems.act.reassign')}
        </Button>
      ) : null}
      {moves.map((move) => (
        <Button
          key={move.word}
          type={primary.includes(move.word) ? 'primary' : 'default'}
          danger={move.word === 'override'}
          onClick={() =>
            move.missing.length > 0
              ? void message.warning(t('problems.evidenceMissing'))
              : setAsked({ kind: 'move', move })
          }
          data-testid={`problem-${move.word}`}
        >
          {t(`problems.act.${move.word}`)}
        </Button>
      ))}
      {levels.length > 0 ? (
        <Button onClick={() => setAsked({ kind: 'escalate', levels })} data-testid="problem-escalate">
          {t('problems.act.escalate')}
        </Button>
      ) : null}
      {urge === null ? null : (
        <Button onClick={() => setAsked('urge')} data-testid="problem-urge">
          {t('problems.act.urge')}
        </Button>
      )}
      {asked === 'assign' ? (
        <AssignDialog problem={problem} words={words} onClose={() => setAsked(null)} />
      ) : asked === 'urge' ? (
        <ProblemUrgeDialog problem={problem} to={urge} onClose={() => setAsked(null)} />
      ) : asked !== null ? (
        <MoveDialog problem={problem} asked={asked} words={words} onClose={() => setAsked(null)} />
      ) : null}
    </div>
  );
}

function Facts({ problem, words }: { readonly problem: ProblemJson; readonly words: ProblemWords }) {
  const { t } = useTranslation();
  const { language } = words;
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['category', words.category(problem.category)],
    [
      'townCode',
      `${words.place(problem.districtCode)} ${problem.townCode === '' ? '' : words.place(problem.townCode)}`,
    ],
    ['ownerUnit', problem.ownerUnit || '—'],
    ['coUnits', words.list(problem.coUnits)],
    ['dueAt', formatDate(problem.dueAt, language)],
    ['leadAt', formatDate(problem.leadAt, language)],
    [
      'raiser',
      [problem.raiser === 'system' ? t('problems.bySystem') : problem.raiser, problem.raiserOrganisation]
        .filter((word) => word !== '')
        .join(' · '),
    ],
    ['raisedAt', formatDateTime(problem.raisedAt, language)],
    ...(problem.closedAt === null
      ? []
      : [
          [
            'closedAt',
            `${formatDateTime(problem.closedAt, language)} · ${t(problem.confirmedByRaiser ? 'problems.confirmedByRaiser' : 'problems.closedOver')}`,
          ] as const,
        ]),
    ...(problem.reopenings === 0 ? [] : [['reopenings', problem.reopenings] as const]),
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([key, value]) => (
        <div key={key}>
          <dt>{t(`problems.column.${key}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      {problem.objects.length > 0 ? (
        <div className={styles.wide}>
          <dt>{t('problems.column.objects')}</dt>
          <dd>
            {problem.objects.map((object) => (
              <AboutObject key={`${object.noun} ${object.id}`} object={object} words={words} />
            ))}
          </dd>
        </div>
      ) : null}
    </dl>
  );
}

interface AboutObjectProps {
  readonly object: ProblemJson['objects'][number];
  readonly words: ProblemWords;
}

function AboutObject({ object: { noun, id, name }, words }: AboutObjectProps) {
  const { t } = useTranslation();
  const resource = useResource(noun === 'resource' ? id : null).data;
  const path = objectPath(noun, id);
  const onMap = resource === undefined ? null : resourceOnMapPath(resource);
  return (
    <span className={styles.object}>
      {words.noun(noun)} {path === null ? name : <Link to={path}>{name}</Link>}
      {onMap === null ? null : (
        <Link to={onMap} data-testid="problem-on-map">
          {t('problems.onMap')}
        </Link>
      )}
    </span>
  );
}
