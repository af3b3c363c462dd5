// Who is signed in, at the right end of the top bar: the own account, and the ways out.
import { UserOutlined } from '@ant-design/icons';
import { App, Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { MeJson } from '../../../server/contract/people.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { useLanguage } from '../../format/use-language.ts';
import { signOut } from '../../state/session.ts';
import { usePeopleWords } from '../people/use-people-words.ts';
import styles from '../session/session.module.css';

export function PersonMenu({ me }: { readonly me: MeJson }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const words = usePeopleWords();
  const navigate = useNavigate();
  const { message, modal } = App.useApp();
  const leave = (from: 'here' | 'everywhere') =>
    signOut(from).catch((error) => void message.error(describeError(error, language).message));
  const askEverywhere = () =>
    modal.confirm({
      title: t('session.menu.signOutEverywhereAsk'),
      content: t('session.menu.signOutEverywhereNote'),
      okText: t('session.menu.signOut'),
      okButtonProps: { danger: true },
      onOk: () => leave('everywhere'),
    });
  const acts: Readonly<Record<string, () => unknown>> = {
    me: () => navigate('/me'),
    exports: () => navigate('/exports'),
    tokens: () => navigate('/me/tokens'),
    sessions: () => navigate('/me/sessions'),
    password: () => navigate('/me/password'),
    signOut: () => leave('here'),
    signOutEverywhere: askEverywhere,
  };
  const item = (key: string, danger = false) => ({
    key,
    danger,
    label: <span data-testid={`menu-${key}`}>{t(`session.menu.${key}`)}</span>,
  });
  return (
    <Dropdown
      trigger={['click']}
      placement="bottomRight"
      menu={{
        items: [
          item('me'),
          item('exports'),
          item('tokens'),
          item('sessions'),
          item('password'),
          { type: 'divider' },
          item('signOut'),
          item('signOutEverywhere', true),
        ],
        onClick: ({ key }) => void acts[key]?.(),
      }}
      popupRender={(menu) => (
        <div className="person-popup">
          <div className={styles.personHead} data-testid="person-head">
            <strong>{me.name}</strong>
            <small>{[words.role(me.role), me.organisation].filter((text) => text !== '').join(' · ')}</small>
            <small>{words.territory(me.territory)}</small>
          </div>
          {menu}
        </div>
      )}
    >
      <Button
        type="text"
        className={styles.personButton}
        icon={<UserOutlined />}
        aria-label={`${t('session.menu.open')} ${me.name}`}
        data-testid="person-menu"
      >
        <span className={styles.personName}>{me.name}</span>
      </Button>
    </Dropdown>
  );
}
