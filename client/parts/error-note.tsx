// A refused call as people can act on it: what happened, what to do next, and the code to quote when asking for help.
import { Alert, Button } from 'antd';
import type { ReactNode } from 'react';

export interface ErrorNoteProps {
  /** The sentence of the error, in the reader's language. */
  readonly message: string;
  /** The next move; left out when empty. */
  readonly hint?: string;
  readonly code?: string;
  /** Shows a button that tries again. */
  readonly onRetry?: (() => void) | undefined;
  readonly retryLabel?: string;
  readonly extra?: ReactNode;
  readonly severity?: 'error' | 'warning' | 'info';
}

export function ErrorNote({
  message,
  hint,
  code,
  onRetry,
  retryLabel,
  extra,
  severity = 'error',
}: ErrorNoteProps) {
  return (
    <Alert
      type={severity}
      showIcon
      role="alert"
      data-testid="error-note"
      title={message}
      description={
        <>
          {hint ? <div>{hint}</div> : null}
          {code ? <code style={{ opacity: 0.6, fontSize: 12 }}>{code}</code> : null}
          {extra}
        </>
      }
      action={
        onRetry ? (
          <Button size="small" onClick={onRetry} data-testid="error-retry">
            {retryLabel}
          </Button>
        ) : undefined
      }
    />
  );
}
