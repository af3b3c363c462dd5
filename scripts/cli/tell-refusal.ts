// How a command says no: code, sentence and next move in both languages, and the exit code that fits.
import { describeError } from '../../server/errors.ts';
import { CommandError } from './options.ts';

/** Prints code, sentence and hint; answers 2 for bad input and 1 for everything else. */
export function tellRefusal(error: unknown): number {
  if (error instanceof CommandError) {
    console.error(`${error.code}: ${error.message}\n    → ${error.hint}`);
    return 2;
  }
  const { code, message, hint, status } = describeError(error);
  console.error(`${code}: ${message.zh} / ${message.en}\n    → ${hint.zh} / ${hint.en}`);
  if (code === 'INTERNAL') console.error(error);
  return status >= 500 ? 1 : 2;
}
