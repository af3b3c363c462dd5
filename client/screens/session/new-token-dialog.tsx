// Makes a token, then shows its value once: the dialog is the only place that ever holds it.
import { CopyOutlined } from '@ant-design/icons';
import { Alert, App, Button, Checkbox, Input, Modal, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeJson } from '../../../server/contract/people.ts';
import { useCreateToken } from '../../api/tokens.ts';
import type { Permission } from '../../state/session.ts';
import { usePeopleWords } from '../people/use-people-words.ts';
import { RefusalNote } from './refusal-note.tsx';
import styles from './session.module.css';

const dayChoices = [7, 30, 90, 180, 365] as const;
const usualDays = 90;

export function NewTokenDialog({ me, onClose }: { readonly me: MeJson; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const ids = { name: useId(), days: useId() };
  const words = usePeopleWords();
  const create = useCreateToken();
  const [name, setName] = useState('');
  const [days, setDays] = useState<number>(usualDays);
  const [scope, setScope] = useState<readonly Permission[]>([]);
  const [isTried, setTried] = useState(false);
  // the record's keys are the words of the permission table
  const mine = Object.keys(me.permissions) as Permission[];
  const missing = [
    ...(name.trim() === '' ? (['name'] as const) : []),
    ...(scope.length === 0 ? (['scope'] as const) : []),
  ];
  if (create.data?.value === null) return <LostValue name={create.data.token.name} onClose={onClose} />;
  if (create.data) return <TokenValue value={create.data.value} onClose={onClose} />;
  const submit = () => {
    setTried(true);
    if (missing.length === 0) create.mutate({ name: name.trim(), days, scope: [...scope] });
  };
  return (
    <Modal
      open
      title={t('session.tokens.create')}
      width={560}
      onCancel={onClose}
      okText={t('session.tokens.submit')}
      onOk={submit}
      okButtonProps={{ loading: create.isPending, 'data-testid': 'token-save' }}
    >
      <div className={styles.form} data-testid="token-dialog">
        <div className={styles.field}>
          <label htmlFor={ids.name}>{t('session.tokens.name')}</label>
          <Input
            id={ids.name}
            value={name}
            maxLength={100}
            autoFocus
            placeholder={t('session.tokens.namePlaceholder')}
            onChange={(event) => setName(event.target.value)}
            data-testid="token-name"
          />
        </div>
        <div className={styles.field}>
          <label htmlFor={ids.days}>{t('session.tokens.days')}</label>
          <Select
            id={ids.days}
            value={days}
            onChange={setDays}
            options={dayChoices.map((value) => ({
              value,
              label: t('session.tokens.daysOption', { days: value }),
            }))}
          />
        </div>
        <fieldset className={styles.field} aria-label={t('session.tokens.scope')}>
          <label htmlFor={`${ids.name}-all`}>
            {t('session.tokens.scope')}{' '}
            <Checkbox
              id={`${ids.name}-all`}
              style={{ marginLeft: 8, fontWeight: 400 }}
              checked={scope.length === mine.length}
              indeterminate={scope.length > 0 && scope.length < mine.length}
              onChange={(event) => setScope(event.target.checked ? mine : [])}
            >
              {t('session.tokens.all')}
            </Checkbox>
          </label>
          <small>{t('session.tokens.scopeNote')}</small>
          <div className={styles.scopes}>
            {mine.map((permission) => (
              <Checkbox
                key={permission}
                checked={scope.includes(permission)}
                onChange={(event) =>
                  setScope(
                    event.target.checked
                      ? [...scope, permission]
                      : scope.filter((other) => other !== permission),
                  )
                }
                data-testid={`token-scope-${permission}`}
              >
                {words.permission(permission)}
              </Checkbox>
            ))}
          </div>
        </fieldset>
        {isTried && missing.length > 0 ? (
          <Alert
            type="warning"
            showIcon
            title={missing.map((key) => t(`session.tokens.missing.${key}`)).join(' · ')}
          />
        ) : null}
        <RefusalNote error={create.error} />
      </div>
    </Modal>
  );
}

function TokenValue({ value, onClose }: { readonly value: string; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const copy = () =>
    navigator.clipboard.writeText(value).then(
      () => void message.success(t('session.tokens.copied')),
      // without the right to the clipboard: it is selected by one click
      () => undefined,
    );
  return (
    <Modal
      open
      title={t('session.tokens.create')}
      width={560}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onClose} data-testid="token-kept">
          {t('session.tokens.kept')}
        </Button>
      }
    >
      <div className={styles.form}>
        <Alert type="warning" showIcon title={t('session.tokens.shownOnce')} />
        <div className={styles.secret}>
          <code data-testid="token-value">{value}</code>
          <Button icon={<CopyOutlined />} onClick={copy} data-testid="token-copy">
            {t('session.tokens.copy')}
          </Button>
        </div>
        <div className={styles.field}>
          <small>{t('session.tokens.usage')}</small>
          <pre className={styles.usage}>Authorization: Bearer {value.slice(0, 6)}…</pre>
        </div>
      </div>
    </Modal>
  );
}

/** The call was answered before, and that answer got lost on the way. */
function LostValue({ name, onClose }: { readonly name: string; readonly onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      open
      title={t('session.tokens.create')}
      width={560}
      onCancel={onClose}
      footer={
        <Button type="primary" onClick={onClose} data-testid="token-lost">
          {t('shell.close')}
        </Button>
      }
    >
      <Alert type="warning" showIcon title={t('session.tokens.notShown', { name })} />
    </Modal>
  );
}
