// What is typed about a demand: texts and choices as they stand in the form, and what they mean for the service.
import type { DemandChangesJson, DemandJson, NewDemandJson } from '../../../server/contract/demands.ts';
import { readPosition } from '../library/read-position.ts';

export interface DemandDraft
  extends Required<Omit<DemandChangesJson, 'place' | 'azimuthsDeg' | 'searchRadiusM' | 'districtCode'>> {
  /** Null: the usual one of the scenario. */
  readonly searchRadiusM: number | null;
  /** Degrees with slashes or blanks between. */
  readonly azimuths: string;
  /** As pasted; empty: stays where it is. */
  readonly position: string;
  readonly datum: DemandJson['datum'];
}

export const emptyDraft = (operator: string): DemandDraft => ({
  code: '',
  name: '',
  batch: '',
  operator,
  scenario: null,
  townCode: '',
  searchRadiusM: null,
  band: null,
  form: null,
  wantHeightM: null,
  azimuths: '',
  reason: null,
  tags: [],
  priority: 3,
  wantDate: null,
  shareable: null,
  keyArea: null,
  note: '',
  position: '',
  datum: 'CGCS2000',
});

export function draftOfDemand(demand: DemandJson): DemandDraft {
  const { code, name, batch, operator, scenario, townCode, searchRadiusM, band, form, wantHeightM } = demand;
  const { reason, tags, priority, wantDate, shareable, keyArea, note, datum } = demand;
  const azimuths = demand.azimuthsDeg?.join('/') ?? '';
  const position = demand.originalPosition.join(', ');
  const identity = { code, name, batch, operator, scenario, townCode };
  const radio = { searchRadiusM, band, form, wantHeightM, azimuths };
  const rest = { reason, tags, priority, wantDate, shareable, keyArea, note };
  return { ...identity, ...radio, ...rest, position, datum };
}

/** Null: no degrees, or too many. */
export function readAzimuths(text: string): number[] | null {
  const parts = text.split(/[/\s,，、]+/).filter((part) => part !== '');
  const degrees = parts.map(Number);
  const isGood = degrees.length <= 12 && degrees.every((one) => one >= 0 && one <= 360);
  return isGood ? degrees.map((one) => one % 360) : null;
}

export type DraftLack = 'operator' | 'position' | 'azimuths' | 'code';

/** What keeps the draft from being saved. */
export function lacksOf(draft: DemandDraft, isNew: boolean): DraftLack[] {
  const lacks: DraftLack[] = [];
  if (draft.operator.trim() === '') lacks.push('operator');
  if (!isNew && draft.code.trim() === '') lacks.push('code');
  if (readPosition(draft.position) === null) lacks.push('position');
  if (readAzimuths(draft.azimuths) === null) lacks.push('azimuths');
  return lacks;
}

const filled = (text: string | null): string | null => (text?.trim() ? text.trim() : null);

function fieldsOf(draft: DemandDraft) {
  const { position: _position, datum: _datum, azimuths, searchRadiusM, code, ...rest } = draft;
  const degrees = readAzimuths(azimuths) ?? [];
  return {
    ...rest,
    operator: rest.operator.trim(),
    band: filled(rest.band),
    keyArea: filled(rest.keyArea),
    tags: [...rest.tags],
    azimuthsDeg: degrees.length === 0 ? null : degrees,
    ...(code.trim() !== '' && { code: code.trim() }),
    ...(searchRadiusM !== null && { searchRadiusM }),
  };
}

export function newDemandOf(draft: DemandDraft): NewDemandJson {
  const position = readPosition(draft.position)?.position ?? [0, 0];
  return { ...fieldsOf(draft), place: { position, datum: draft.datum } };
}

/** Only what differs from the row; nothing: an empty object. */
export function changesOf(demand: DemandJson, draft: DemandDraft): DemandChangesJson {
  const before: Readonly<Record<string, unknown>> = { ...demand };
  const given = Object.entries(fieldsOf(draft)).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key]),
  );
  const read = readPosition(draft.position);
  const isMoved =
    draft.datum !== demand.datum ||
    JSON.stringify(read?.position) !== JSON.stringify(demand.originalPosition);
  return {
    // keys are those of the draft
    ...(Object.fromEntries(given) as DemandChangesJson),
    ...(isMoved && read !== null && { place: { position: read.position, datum: draft.datum } }),
  };
}
