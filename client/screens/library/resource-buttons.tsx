// What can be done with the opened resource: only what the machine and this person's permissions allow. A move that still lacks
// something says what instead of offering a button.
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResourceJson } from '../../../server/contract/resources.ts';
import { type ResourceWork, useWorkOnResource } from '../../api/resources.ts';
import { commaOf } from '../../format/comma.ts';
import { useMe } from '../../state/session.ts';
import { RowNews } from '../shell/row-news.tsx';
import styles from './library.module.css';
import { LocateDialog } from './locate-dialog.tsx';
import { ReasonDialog } from './reason-dialog.tsx';
import { offeredMoves, offeredWork } from './resource-acts.ts';
import { useLibraryWords } from './use-library-words.ts';

interface Question {
  /** Key under `library.act` and `library.ask`. */
  readonly word: string;
  readonly reasonNeeded: boolean;
  readonly danger: boolean;
  readonly done: string;
  workOf(reason: string): ResourceWork;
}

const closing: readonly string[] = ['suspend', 'withdraw', 'sendBack', 'unlist'];

export function ResourceButtons({
  resource,
  onEdit,
}: {
  readonly resource: ResourceJson;
  readonly onEdit: () => void;
}) {
  const { t } = useTranslation();
  const words = useLibraryWords();
  const { message } = App.useApp();
  const me = useMe();
  const work = useWorkOnResource();
  const [asked, setAsked] = useState<Question | null>(null);
  const [isLocating, setLocating] = useState(false);
  if (me === null) return null;
  const offered = offeredWork(me, resource);
  const moves = offeredMoves(me, resource);
  const name = resource.name || resource.code;
  const missingText = (missing: readonly string[]) =>
    missing.map((field) => t(`library.missing.${field}`)).join(commaOf(words.language));

  const ask = (word: string, workOf: Question['workOf'], done: string, reasonNeeded = false) => (
    <Button
      key={word}
      size="small"
      danger={closing.includes(word)}
      onClick={() => {
        work.reset();
        setAsked({ word, reasonNeeded, danger: closing.includes(word), done, workOf });
      }}
      data-testid={`resource-${word}`}
    >
      {t(`library.act.${word}`)}
    </Button>
  );
  const listing = resource.whitelisted ? 'unlist' : 'whitelist';
  const run = (question: Question, reason: string) =>
    work.mutate(
      { resource, work: question.workOf(reason) },
      {
        onSuccess: () => {
          void message.success(question.done);
          setAsked(null);
        },
      },
    );
  return (
    <>
      <div className={styles.acts} data-testid="resource-acts">
        {offered.edit ? (
          <Button size="small" onClick={onEdit} data-testid="resource-edit">
            {t('library.drawer.edit')}
          </Button>
        ) : null}
        {offered.locate ? (
          <Button
            size="small"
            type={resource.position === null ? 'primary' : 'default'}
            onClick={() => setLocating(true)}
            data-testid="resource-locate"
          >
            {t(`library.act.${resource.position === null ? 'locate' : 'relocate'}`)}
          </Button>
        ) : null}
        {offered.confirm
          ? ask('confirm', (reason) => ({ kind: 'confirm', reason }), t('library.done.confirm'))
          : null}
        {offered.whitelist
          ? ask(
              listing,
              (reason) => ({ kind: 'whitelist', whitelisted: !resource.whitelisted, reason }),
              t(`library.done.${listing}`),
            )
          : null}
        {moves
          .filter(({ missing }) => missing.length === 0)
          .map(({ word, to, reasonNeeded }) =>
            ask(
              word,
              (reason) => ({ kind: 'move', to, reason }),
              t('library.done.move', { state: words.state(to) }),
              reasonNeeded,
            ),
          )}
      </div>
      {moves.some(({ missing }) => missing.length > 0) ? (
        <ul className={styles.lacks}>
          {moves
            .filter(({ missing }) => missing.length > 0)
            .map(({ word, missing }) => (
              <li key={word}>
                {t('library.missing.sentence', {
                  act: t(`library.act.${word}`),
                  missing: missingText(missing),
                })}
              </li>
            ))}
        </ul>
      ) : null}
      {isLocating ? <LocateDialog resource={resource} onClose={() => setLocating(false)} /> : null}
      {asked === null ? null : (
        <ReasonDialog
          title={t(`library.ask.${asked.word}`, { name })}
          note={t(`library.ask.${asked.word}Note`)}
          news={
            <RowNews
              row={resource}
              shownOf={({ state, whitelisted }) => ({ state, whitelisted })}
              label={words.field}
              value={(key) => words.value(key, resource[key])}
            />
          }
          okText={t(`library.act.${asked.word}`)}
          reasonNeeded={asked.reasonNeeded}
          danger={asked.danger}
          isPending={work.isPending}
          error={work.error}
          onOk={(reason) => run(asked, reason)}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}
