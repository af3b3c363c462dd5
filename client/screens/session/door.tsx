// Between the start and the screens: who it is decides what is drawn. Without a sign-in the screens come at once.
import { Spin } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { describeError } from '../../api/fetch-reply.ts';
import { useLanguage } from '../../format/use-language.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { useStore } from '../../state/make-store.ts';
import { sessionStore, startSession } from '../../state/session.ts';
import { DoorPage } from './door-page.tsx';
import { ForcedPasswordPage } from './forced-password-page.tsx';
import { SessionDialog } from './session-dialog.tsx';
import { SignInPage } from './sign-in-page.tsx';

export function Door({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { phase, me, asks, failure } = useStore(sessionStore, (session) => session);
  if (phase === 'asking') return <Spin className="screen-wait" size="large" />;
  if (phase === 'failed') {
    return (
      <DoorPage testId="door-failed">
        <ErrorNote
          {...describeError(failure, language)}
          retryLabel={t('shell.retry')}
          onRetry={() => void startSession()}
        />
      </DoorPage>
    );
  }
  if (phase === 'out') return <SignInPage />;
  if (me?.mustChangePassword && asks === null) return <ForcedPasswordPage me={me} />;
  return (
    <>
      {children}
      <SessionDialog />
    </>
  );
}
