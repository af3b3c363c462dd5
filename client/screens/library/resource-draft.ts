// A resource while it is typed, and what goes to the service.
import type {
  NewResourceJson,
  ResourceChangesJson,
  ResourceJson,
} from '../../../server/contract/resources.ts';
import { type FieldKind, fieldKinds, type ResourceField, resourceFields } from './resource-fields.ts';

export type ResourceDraft = Pick<ResourceJson, ResourceField>;

export function draftOf(resource: ResourceJson): ResourceDraft {
  // every field of the list is one of the resource
  return Object.fromEntries(resourceFields.map((field) => [field, resource[field]])) as ResourceDraft;
}

/** Nothing known yet. */
export function emptyResourceDraft(owner: string): ResourceDraft {
  // every field of the list is one of the resource
  const draft = Object.fromEntries(
    resourceFields.map((field) => [field, unknownOf(fieldKinds[field])]),
  ) as ResourceDraft;
  return { ...draft, owner };
}

/** Only what somebody filled in: the rest is left to the service. */
export function newResourceOf(draft: ResourceDraft): NewResourceJson {
  const empty = emptyResourceDraft('');
  const filled = resourceFields.filter((field) => !isSame(empty[field], sent(draft[field])));
  return Object.fromEntries(filled.map((field) => [field, sent(draft[field])]));
}

/** What a new resource cannot go without: a code, and a name or an address to find it by. */
export function newResourceLacks({ code, name, address }: ResourceDraft): ResourceField[] {
  const isNowhere = sent(name) === '' && sent(address) === '';
  return [...(sent(code) === '' ? ['code' as const] : []), ...(isNowhere ? ['name' as const] : [])];
}

/** Blanks around a text mean nothing. */
const sent = (value: unknown): unknown => (typeof value === 'string' ? value.trim() : value);

function unknownOf(kind: FieldKind): unknown {
  switch (kind.kind) {
    case 'text':
    case 'district':
    case 'town':
      return '';
    case 'flags':
    case 'tags':
      return [];
    case 'choice':
      return kind.isNeeded ? kind.words[0] : null;
    default:
      return null;
  }
}

/** Only what differs from the resource as it was read; what is left out stays. */
export function resourceChangesOf(before: ResourceJson, draft: ResourceDraft): ResourceChangesJson {
  const touched = resourceFields.filter(
    (field) => !isSame(before[field], draft[field]) && !isSame(before[field], sent(draft[field])),
  );
  return Object.fromEntries(touched.map((field) => [field, sent(draft[field])]));
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
