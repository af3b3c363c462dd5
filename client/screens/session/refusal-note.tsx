// What the service said to a form, or nothing.
import { describeError } from '../../api/fetch-reply.ts';
import { useLanguage } from '../../format/use-language.ts';
import { ErrorNote } from '../../parts/error-note.tsx';

export function RefusalNote({ error }: { readonly error: unknown }) {
  const language = useLanguage();
  if (error === null || error === undefined) return null;
  const { message, hint } = describeError(error, language);
  return <ErrorNote message={message} hint={hint} />;
}
