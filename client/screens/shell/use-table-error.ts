// A refused page of rows as the table of a desk shows it: sentence, hint, code, and a button that asks again.
import { useTranslation } from 'react-i18next';
import { describeError } from '../../api/fetch-reply.ts';
import { useLanguage } from '../../format/use-language.ts';
import type { ErrorNoteProps } from '../../parts/error-note.tsx';

interface Asked {
  readonly error: unknown;
  readonly refetch: () => unknown;
}

export function useTableError({ error, refetch }: Asked): ErrorNoteProps | null {
  const { t } = useTranslation();
  const language = useLanguage();
  if (error === null || error === undefined) return null;
  return {
    ...describeError(error, language),
    retryLabel: t('shell.retry'),
    onRetry: () => void refetch(),
  };
}
