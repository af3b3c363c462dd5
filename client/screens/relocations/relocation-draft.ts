// What the form of a relocation holds, and what is sent of it: everything for a new one, only what was touched for one that is there.
import type {
  NewRelocationJson,
  RelocationChangesJson,
  RelocationDetailJson,
} from '../../../server/contract/relocations.ts';

export interface RelocationDraft {
  readonly cause: RelocationDetailJson['cause'];
  readonly project: string;
  readonly dueOn: string | null;
  readonly compensationCny: number | null;
  readonly compensationNote: string;
  readonly remark: string;
  readonly affectedSiteIds: readonly string[];
  readonly replacementSiteIds: readonly string[];
  readonly milestones: RelocationDetailJson['milestones'];
}

export const emptyRelocation: RelocationDraft = {
  cause: '道路改造',
  project: '',
  dueOn: null,
  compensationCny: null,
  compensationNote: '',
  remark: '',
  affectedSiteIds: [],
  replacementSiteIds: [],
  milestones: [],
};

export function relocationDraftOf(detail: RelocationDetailJson): RelocationDraft {
  const { cause, project, dueOn, compensationCny, compensationNote, remark, milestones } = detail;
  return {
    cause,
    project,
    dueOn,
    compensationCny,
    compensationNote,
    remark,
    milestones,
    affectedSiteIds: detail.affectedSites.map(({ siteId }) => siteId),
    replacementSiteIds: detail.replacementSites.map(({ siteId }) => siteId),
  };
}

export function relocationLacks({
  project,
  affectedSiteIds,
  replacementSiteIds,
}: RelocationDraft): 'project' | 'affected' | 'both' | null {
  if (project.trim() === '') return 'project';
  if (affectedSiteIds.length === 0) return 'affected';
  return affectedSiteIds.some((id) => replacementSiteIds.includes(id)) ? 'both' : null;
}

export function newRelocationOf(draft: RelocationDraft): NewRelocationJson {
  return {
    cause: draft.cause,
    project: draft.project.trim(),
    dueOn: draft.dueOn,
    compensationCny: draft.compensationCny,
    compensationNote: draft.compensationNote.trim(),
    remark: draft.remark.trim(),
    milestones: keptMilestones(draft),
    affectedSiteIds: [...draft.affectedSiteIds],
    replacementSiteIds: [...draft.replacementSiteIds],
  };
}

export function relocationChangesOf(before: RelocationDraft, draft: RelocationDraft): RelocationChangesJson {
  const now: RelocationChangesJson = newRelocationOf(draft);
  const old: RelocationChangesJson = newRelocationOf(before);
  const keys = Object.keys(now) as (keyof RelocationChangesJson)[];
  return Object.fromEntries(
    keys.filter((key) => JSON.stringify(now[key]) !== JSON.stringify(old[key])).map((key) => [key, now[key]]),
  );
}

/** A milestone without a name is an empty line. */
function keptMilestones({ milestones }: RelocationDraft): RelocationDetailJson['milestones'] {
  return milestones.map((one) => ({ ...one, name: one.name.trim() })).filter(({ name }) => name !== '');
}
