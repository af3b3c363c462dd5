// The people to call about a resource. Nothing is asked before somebody wants to see them: every reading goes on record.
import { App, Button, Empty, Input, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactsJson } from '../../../server/contract/resources.ts';
import { useContacts, useSaveContacts } from '../../api/resources.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import styles from './library.module.css';

type Contact = ContactsJson['contacts'][number];

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
          <ContactsForm
            key={JSON.stringify(reply.data.contacts)}
            resourceId={resourceId}
            contacts={reply.data.contacts}
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

function ContactsForm({
  resourceId,
  contacts,
}: {
  readonly resourceId: string;
  readonly contacts: readonly Contact[];
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const save = useSaveContacts(resourceId);
  const [draft, setDraft] = useState(contacts);
  const isNameless = draft.some(({ name }) => name.trim() === '');
  const isTouched = JSON.stringify(draft) !== JSON.stringify(contacts);
  const put = (at: number, part: Partial<Contact>) =>
    setDraft(draft.map((contact, index) => (index === at ? { ...contact, ...part } : contact)));
  return (
    <>
      {draft.length === 0 ? <span className={styles.soft}>{t('library.contact.none')}</span> : null}
      {draft.map((contact, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: contacts have no id, their place in the list is what they are
        <div key={at} className={styles.contact}>
          {parts.map(([part, word, longest]) => (
            <Input
              key={part}
              value={contact[part]}
              maxLength={longest}
              placeholder={t(`library.contact.${word}`)}
              aria-label={t(`library.contact.${word}`)}
              onChange={(event) => put(at, { [part]: event.target.value })}
              data-testid={`contact-${part}`}
            />
          ))}
          <Button type="text" danger onClick={() => setDraft(draft.filter((_, index) => index !== at))}>
            {t('library.contact.remove')}
          </Button>
        </div>
      ))}
      {isNameless ? <small role="alert">{t('library.contact.nameMissing')}</small> : null}
      <RefusalNote error={save.error} />
      <div className={styles.acts}>
        <Button
          disabled={draft.length >= MOST_CONTACTS}
          onClick={() => setDraft([...draft, { name: '', phone: '', duty: '', note: '' }])}
          data-testid="contact-add"
        >
          {t('library.contact.add')}
        </Button>
        <Button
          type="primary"
          disabled={isNameless || !isTouched}
          loading={save.isPending}
          onClick={() =>
            save.mutate(
              { contacts: [...draft] },
              { onSuccess: () => void message.success(t('library.drawer.saved')) },
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
