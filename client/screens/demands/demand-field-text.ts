// One field of a demand form in one line, as people read it.
import { formatDate } from '../../format/dates.ts';
import type { DemandDraft } from './demand-draft.ts';
import type { DemandWords } from './use-demand-words.ts';

/** Key under which the words of demands name the field. */
export const demandFieldName = (key: keyof DemandDraft): string =>
  key === 'azimuths' ? 'azimuthsDeg' : key === 'position' ? 'originalPosition' : key;

/** An em dash for what is unknown. `urgency` names a priority. */
export function demandFieldText(
  draft: DemandDraft,
  key: keyof DemandDraft,
  words: DemandWords,
  urgency: (priority: number) => string,
): string {
  switch (key) {
    case 'scenario':
    case 'form':
    case 'reason':
      return words.word(key, draft[key]);
    case 'townCode':
      return words.library.place(draft.townCode);
    case 'searchRadiusM':
      return words.metres(draft.searchRadiusM);
    case 'wantHeightM':
      return words.metres(draft.wantHeightM, 1);
    case 'priority':
      return urgency(draft.priority);
    case 'wantDate':
      return formatDate(draft.wantDate, words.language);
    default:
      return words.library.value(key, draft[key]);
  }
}
