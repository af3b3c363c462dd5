// What this person may do with a claim, as the service says it: extend, give up, take back for the office, agree, withdraw, take up,
// set the rule aside. Each asks before it acts, with the reason where one is needed.
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClaimJson } from '../../../server/contract/claims.ts';
import { type ClaimWork, useWorkOnClaim } from '../../api/claims.ts';
import { type Act, makeAct } from '../../api/once-key.ts';
import { formatDateTime } from '../../format/dates.ts';
import { ReasonDialog } from '../library/reason-dialog.tsx';
import desk from '../shell/desk.module.css';
import { RowNews } from '../shell/row-news.tsx';
import { useClaimWords } from './use-claim-words.ts';

/** `decline` is the other answer to `confirm`. */
type Asked = ClaimJson['actions'][number] | 'decline';

const reasonNeeded: readonly Asked[] = ['release', 'force-release', 'override', 'decline'];
const dangerous: readonly Asked[] = ['release', 'force-release', 'withdraw', 'decline'];

export function ClaimActions({ claim }: { readonly claim: ClaimJson }) {
  const { t } = useTranslation();
  const words = useClaimWords();
  const { message } = App.useApp();
  const work = useWorkOnClaim();
  const [asked, setAsked] = useState<{ readonly word: Asked; readonly act: Act } | null>(null);
  const offered: readonly Asked[] = claim.actions.flatMap((action): Asked[] =>
    action === 'confirm' ? ['confirm', 'decline'] : [action],
  );
  // a question that is open stays, with what was typed, whoever takes its act away meanwhile
  if (offered.length === 0 && asked === null) return null;
  const name = claim.resource.name || claim.resource.code;
  return (
    <div className={desk.acts} data-testid="claim-acts">
      {offered.map((word) => (
        <Button
          key={word}
          size="small"
          type={word === 'confirm' || word === 'take' ? 'primary' : 'default'}
          danger={dangerous.includes(word)}
          onClick={() => {
            work.reset();
            setAsked({ word, act: makeAct() });
          }}
          data-testid={`claim-${word}`}
        >
          {t(`claims.act.${word}`)}
        </Button>
      ))}
      {asked === null ? null : (
        <ReasonDialog
          title={`${t(`claims.act.${asked.word}`)} · ${name}`}
          note={t(`claims.ask.${asked.word}`, { operators: words.list(claim.operators) })}
          news={
            <RowNews
              row={claim}
              shownOf={({ state, until }) => ({ state, until })}
              label={(key) => t(`claims.column.${key}`)}
              value={(key) =>
                key === 'state' ? words.state(claim.state) : formatDateTime(claim.until, words.language)
              }
            />
          }
          okText={t(`claims.act.${asked.word}`)}
          reasonNeeded={reasonNeeded.includes(asked.word)}
          danger={dangerous.includes(asked.word)}
          isPending={work.isPending}
          error={work.error}
          onOk={(reason) =>
            work.mutate(
              { claim, work: workOf(asked.word, reason), act: asked.act },
              {
                onSuccess: () => {
                  void message.success(t(`claims.done.${asked.word}`));
                  setAsked(null);
                },
              },
            )
          }
          onClose={() => setAsked(null)}
        />
      )}
    </div>
  );
}

function workOf(word: Asked, reason: string): ClaimWork {
  switch (word) {
    case 'confirm':
    case 'decline':
      return { kind: 'confirm', agrees: word === 'confirm', note: reason };
    case 'force-release':
      return { kind: 'release', reason };
    case 'take':
      return { kind: 'take', onAirBy: null, reason };
    default:
      return { kind: word, reason };
  }
}
