// The fields of an account. Role decides what else is needed; places come from the districts and towns of the store.
import { Button, Checkbox, Input, Radio, Select } from 'antd';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountDraft, MissingField } from './account-draft.ts';
import { makePassword } from './make-password.ts';
import styles from './people.module.css';
import { roles } from './role-list.ts';
import { TerritoryField } from './territory-field.tsx';
import { usePeopleWords } from './use-people-words.ts';

export interface AccountFormProps {
  readonly draft: AccountDraft;
  readonly isNew: boolean;
  readonly oidcLinked: boolean;
  readonly missing: readonly MissingField[];
  readonly onChange: (part: Partial<AccountDraft>) => void;
}

export function AccountForm({ draft, isNew, oidcLinked, missing, onChange }: AccountFormProps) {
  const { t } = useTranslation();
  const words = usePeopleWords();
  const ids = { login: useId(), name: useId(), role: useId(), organisation: useId(), password: useId() };
  const status = (field: MissingField) => (missing.includes(field) ? 'error' : '');
  const lack = (field: MissingField) =>
    missing.includes(field) ? <Lack>{t(`people.form.missing.${field}`)}</Lack> : null;
  return (
    <>
      {isNew ? (
        <div className={styles.field}>
          <label htmlFor={ids.login}>{t('people.form.login')}</label>
          <Input
            id={ids.login}
            value={draft.login}
            status={status('login')}
            autoComplete="off"
            autoFocus
            maxLength={64}
            onChange={(event) => onChange({ login: event.target.value })}
            data-testid="account-login"
          />
          {lack('login') ?? <small>{t('people.form.loginNote')}</small>}
        </div>
      ) : null}
      <div className={styles.field}>
        <label htmlFor={ids.name}>{t('people.form.name')}</label>
        <Input
          id={ids.name}
          value={draft.name}
          status={status('name')}
          autoComplete="off"
          maxLength={100}
          onChange={(event) => onChange({ name: event.target.value })}
          data-testid="account-name"
        />
        {lack('name')}
      </div>
      <div className={styles.field}>
        <label htmlFor={ids.role}>{t('people.form.role')}</label>
        <Select
          id={ids.role}
          value={draft.role}
          options={roles.map((value) => ({ value, label: words.role(value) }))}
          onChange={(role) => onChange({ role })}
          data-testid="account-role"
        />
      </div>
      <div className={styles.field}>
        <label htmlFor={ids.organisation}>{t('people.form.organisation')}</label>
        <Input
          id={ids.organisation}
          value={draft.organisation}
          status={status('organisation')}
          autoComplete="off"
          maxLength={200}
          onChange={(event) => onChange({ organisation: event.target.value })}
          data-testid="account-organisation"
        />
        {lack('organisation') ?? <small>{t('people.form.organisationNote')}</small>}
      </div>
      <div className={styles.field}>
        <span>{t('people.form.territory')}</span>
        <Radio.Group
          value={draft.territory.everywhere}
          onChange={(event) =>
            onChange({ territory: { ...draft.territory, everywhere: event.target.value } })
          }
          options={[
            { value: true, label: t('people.form.everywhere') },
            { value: false, label: <span data-testid="account-some">{t('people.form.some')}</span> },
          ]}
        />
        {draft.territory.everywhere ? null : (
          <TerritoryField territory={draft.territory} onChange={(territory) => onChange({ territory })} />
        )}
        {lack('districts')}
        {lack('towns')}
      </div>
      {isNew ? (
        <div className={styles.field}>
          <label htmlFor={ids.password}>{t('people.form.password')}</label>
          <div className={styles.line}>
            <Input
              id={ids.password}
              value={draft.password}
              autoComplete="off"
              spellCheck={false}
              maxLength={200}
              onChange={(event) => onChange({ password: event.target.value })}
              data-testid="account-password"
            />
            <Button onClick={() => onChange({ password: makePassword() })} data-testid="account-generate">
              {t('people.form.generate')}
            </Button>
          </div>
          <small>{t('people.form.passwordNote')}</small>
        </div>
      ) : null}
      {oidcLinked ? null : (
        <Checkbox
          checked={draft.oidcLinkAllowed}
          onChange={(event) => onChange({ oidcLinkAllowed: event.target.checked })}
        >
          {t('people.form.oidc')}
        </Checkbox>
      )}
    </>
  );
}

function Lack({ children }: { readonly children: ReactNode }) {
  return (
    <small role="alert" style={{ color: '#a8071a' }}>
      {children}
    </small>
  );
}
