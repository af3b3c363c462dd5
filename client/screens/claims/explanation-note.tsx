// Why a claim was not won, waits or was let through: the rule by its id and name, and the sentence with the facts in it.
import { Alert } from 'antd';
import type { ClaimExplanationJson } from '../../../server/contract/claims.ts';
import type { ClaimWords } from './use-claim-words.ts';

export interface ExplanationNoteProps {
  readonly explanation: ClaimExplanationJson;
  readonly words: ClaimWords;
  readonly severity?: 'error' | 'warning' | 'info';
}

export function ExplanationNote({ explanation, words, severity = 'warning' }: ExplanationNoteProps) {
  return (
    <Alert
      type={severity}
      showIcon
      title={words.rule(explanation.rule)}
      description={
        <>
          <div>{words.sentence(explanation)}</div>
          <code style={{ opacity: 0.6, fontSize: 12 }}>{explanation.rule}</code>
        </>
      }
      data-testid="claim-explanation"
      data-rule={explanation.rule}
    />
  );
}
