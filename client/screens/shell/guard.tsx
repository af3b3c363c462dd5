// A screen somebody may not see says so, and what it would take, instead of showing refused calls.
import { Result } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '../../parts/link-button.tsx';
import { type Permission, useMay, useMe } from '../../state/session.ts';
import { usePeopleWords } from '../people/use-people-words.ts';

export function Guard({
  permission,
  children,
}: {
  readonly permission: Permission;
  readonly children: ReactNode;
}) {
  const may = useMay(permission);
  if (may) return children;
  return <Forbidden permission={permission} />;
}

function Forbidden({ permission }: { readonly permission: Permission }) {
  const { t } = useTranslation();
  const words = usePeopleWords();
  const role = useMe()?.role ?? '';
  return (
    <div data-testid="forbidden">
      <Result
        status="403"
        title={t('session.forbidden.title')}
        subTitle={t('session.forbidden.note', {
          permission: words.permission(permission),
          role: words.role(role),
        })}
        extra={
          <LinkButton to="/home" type="primary">
            {t('session.forbidden.home')}
          </LinkButton>
        }
      />
    </div>
  );
}
