// The contacts of a resource as a form: each has a place named after the person, so that what two people change of one list meets person
// by person and not line by line.
import type { ContactsJson } from '../../../server/contract/resources.ts';

type Contact = ContactsJson['contacts'][number];

/** Place → contact; null: taken away by this person. */
export type ContactDraft = Readonly<Record<string, Contact | null>>;

const noContact: Contact = { name: '', phone: '', duty: '', note: '' };

/** In the order of the list. Two of one name have two places. */
export function contactDraftOf({ contacts }: Pick<ContactsJson, 'contacts'>): ContactDraft {
  const draft: Record<string, Contact> = {};
  for (const contact of contacts) {
    let place = `of ${contact.name}`;
    while (place in draft) place += ' again';
    draft[place] = contact;
  }
  return draft;
}

/** One more line, in a place no list gives. */
export function oneMoreContact(draft: ContactDraft): ContactDraft {
  let number = 1;
  while (`new ${number}` in draft) number += 1;
  return { [`new ${number}`]: noContact };
}

/** What is sent. */
export const contactsOf = (draft: ContactDraft): Contact[] =>
  Object.values(draft).filter((contact) => contact !== null);
