// One place in the bar for all desks: the bar has no room for six more names, on a telephone least of all.
import { DownOutlined } from '@ant-design/icons';
import { Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { mayDo, useMe } from '../../state/session.ts';
import { deskAt, deskNav } from './desk-nav.ts';

export function DeskMenu() {
  const { t } = useTranslation();
  const me = useMe();
  const here = deskAt(useLocation().pathname);
  const open = deskNav.filter(({ permission }) => mayDo({ me }, permission));
  if (open.length === 0) return null;
  return (
    <Dropdown
      trigger={['click', 'hover']}
      menu={{
        selectedKeys: here ? [here.key] : [],
        items: open.map(({ key, path }) => ({
          key,
          label: (
            <Link to={path} className="desk-link" data-testid={`nav-${key}`}>
              <span>{t(`shell.desks.${key}`)}</span>
              <small>{t(`shell.desks.${key}Note`)}</small>
            </Link>
          ),
        })),
      }}
    >
      <button
        type="button"
        className={here ? 'top-desks active' : 'top-desks'}
        aria-haspopup="menu"
        data-testid="nav-desks"
      >
        {here ? `${t('shell.nav.desks')} · ${t(`shell.desks.${here.key}`)}` : t('shell.nav.desks')}
        <DownOutlined />
      </button>
    </Dropdown>
  );
}
