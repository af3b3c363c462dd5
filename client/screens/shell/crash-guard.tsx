// A fault in one screen must not take the others with it: shows what happened and a way back.
import { Button, Result } from 'antd';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface CrashState {
  readonly error: Error | null;
}

export class CrashGuard extends Component<{ readonly children: ReactNode }, CrashState> {
  override state: CrashState = { error: null };

  static getDerivedStateFromError(error: Error): CrashState {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return <CrashNote error={error} onRetry={() => this.setState({ error: null })} />;
  }
}

function CrashNote({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <Result
      status="warning"
      title={t('shell.unexpected')}
      subTitle={`${t('shell.unexpectedHint')} (${error.message})`}
      extra={
        <Button type="primary" onClick={onRetry}>
          {t('shell.retry')}
        </Button>
      }
    />
  );
}
