// The people to call about a resource. Nothing is asked before somebody wants to see them: every reading goes on record. A list that
// somebody else changed meanwhile says so and keeps what was typed.
import { App, Button, Empty, Input, Spin } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactListJson } from '../../../server/contract/resources.ts';
import { freshContacts, useContacts, useSaveContacts } from '../../api/resources.ts';
import { changedKeys } from '../../parts/typed-on-fresh.ts';
import { useLateEdit } from '../../parts/use-late-edit.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import { LateNote } from '../shell/late-note.tsx';
import { contactDraftOf, contactsOf, oneMoreContact } from './contact-draft.ts';
import styles from './library.module.css';

type Contact = ContactListJson['contacts'][number];

const MOST_CONTACTS = 20;
const parts = [
  ['name', 'name', 100],
  ['phone', 'phone', 50],
  ['duty', 'duty', 100],
  ['note', 'remark', 200],
] as const;

export interface ContactsPanelProps {
  readonly resourceId: string;
  readonly mayChange: boolean;
}

export function ContactsPanel({ resourceId, mayChange }: ContactsPanelProps) {
  const { t } = useTranslation();
  const [isShown, setShown] = useState(false);
  const [saves, setSaves] = useState(0);
  const reply = useContacts(resourceId, isShown);
  if (!isShown)
    return (
      <div className={styles.stack}>
        <span className={styles.soft}>{t('library.contact.note')}</span>
        <Button onClick={() => setShown(true)} style={{ alignSelf: 'start' }} data-testid="contacts-show">
          {t('library.contact.show')}
        </Button>
      </div>
    );
  return (
    <div className={styles.stack} data-testid="contacts">
      <RefusalNote error={reply.error} />
      {reply.isPending ? <Spin /> : null}
      {reply.data ? (
        mayChange ? (
          // what was saved begins anew: a new line has its place by its name then
          <ContactsForm
            key={saves}
            resourceId={resourceId}
            list={reply.data}
            onSaved={() => setSaves((count) => count + 1)}
          />
        ) : (
          <ContactsList contacts={reply.data.contacts} />
        )
      ) : null}
    </div>
  );
}

function ContactsList({ contacts }: { readonly contacts: readonly Contact[] }) {
  const { t } = useTranslation();
  if (contacts.length === 0)
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('library.contact.none')} />;
  return (
    <dl className={styles.facts}>
      {contacts.map((contact) => (
        <div key={`${contact.name} ${contact.phone}`}>
          <dt>{contact.duty || t('library.contact.name')}</dt>
          <dd>
            {contact.name} {contact.phone} {contact.note}
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface ContactsFormProps {
  readonly resourceId: string;
  readonly list: ContactListJson;
  readonly onSaved: () => void;
}

function ContactsForm({ resourceId, list, onSaved }: ContactsFormProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const save = useSaveContacts(resourceId);
  const { base, draft, news, change, takeFresh, follow } = useLateEdit(list, contactDraftOf);
  // somebody else's change may also come by itself, over the live line
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another list is followed
  useEffect(() => {
    if (list.version !== base.version) follow(list);
  }, [list.version]);
  const seen = contactDraftOf(base);
  const contacts = contactsOf(draft);
  const isNameless = contacts.some(({ name }) => name.trim() === '');
  const isTouched = changedKeys(seen, draft).length > 0;
  return (
    <>
      <LateNote
        news={news}
        label={(place) => seen[place]?.name ?? draft[place]?.name ?? t('library.contact.name')}
        value={(place) => contactText(seen[place]) ?? t('library.contact.gone')}
      />
      {contacts.length === 0 ? <span className={styles.soft}>{t('library.contact.none')}</span> : null}
      {Object.entries(draft).map(([place, contact]) =>
        contact === null ? null : (
          <div key={place} className={styles.contact}>
            {parts.map(([part, word, longest]) => (
              <Input
                key={part}
                value={contact[part]}
                maxLength={longest}
                placeholder={t(`library.contact.${word}`)}
                aria-label={t(`library.contact.${word}`)}
                onChange={(event) => change({ [place]: { ...contact, [part]: event.target.value } })}
                data-testid={`contact-${part}`}
              />
            ))}
            <Button type="text" danger onClick={() => change({ [place]: null })}>
              {t('library.contact.remove')}
            </Button>
          </div>
        ),
      )}
      {isNameless ? <small role="alert">{t('library.contact.nameMissing')}</small> : null}
      <RefusalNote error={freshContacts(save.error) === null ? save.error : null} />
      <div className={styles.acts}>
        <Button
          disabled={contacts.length >= MOST_CONTACTS}
          onClick={() => change(oneMoreContact(draft))}
          data-testid="contact-add"
        >
          {t('library.contact.add')}
        </Button>
        <Button
          type="primary"
          disabled={isNameless || !isTouched || contacts.length > MOST_CONTACTS}
          loading={save.isPending}
          onClick={() =>
            save.mutate(
              { list: base, contacts },
              {
                onSuccess: () => {
                  void message.success(t('library.drawer.saved'));
                  onSaved();
                },
                onError: (error) => takeFresh(freshContacts(error)),
              },
            )
          }
          data-testid="contacts-save"
        >
          {t('library.drawer.save')}
        </Button>
      </div>
    </>
  );
}

/** Null: nobody stands there any more. */
const contactText = (contact: Contact | null | undefined): string | null =>
  contact
    ? [contact.name, contact.phone, contact.duty, contact.note].filter((part) => part !== '').join(' ')
    : null;
