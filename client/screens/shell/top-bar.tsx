// The walk as navigation, as far as somebody may walk it; one search box, the language switch, the person.
import { GlobalOutlined } from '@ant-design/icons';
import { Button, Tag, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useStatus } from '../../api/catalogue.ts';
import { switchLanguage } from '../../format/i18n.ts';
import { useLanguage } from '../../format/use-language.ts';
import { focusStore } from '../../state/focus.ts';
import { useStore } from '../../state/make-store.ts';
import { useMay, useMe } from '../../state/session.ts';
import { NoticeBell } from '../notices/notice-bell.tsx';
import { DeskMenu } from './desk-menu.tsx';
import { PersonMenu } from './person-menu.tsx';
import { SearchBox } from './search-box.tsx';

export function TopBar() {
  const { t } = useTranslation();
  const language = useLanguage();
  const status = useStatus();
  const planId = useStore(focusStore, (focus) => focus.planId);
  const me = useMe();
  const may = {
    library: useMay('resource:read'),
    directories: useMay('directory:read'),
    import: useMay('import:read'),
    plans: useMay('plan:read'),
    review: useMay('review:read'),
    people: useMay('account:read'),
    audit: useMay('audit:read'),
  };
  const review = planId === null ? '/plans' : `/plans/${encodeURIComponent(planId)}/review`;
  return (
    <header className="top-bar" data-testid="top-bar">
      <NavLink to="/" className="top-logo" aria-label={`${t('shell.product')} ${t('shell.tagline')}`}>
        <img src="/mark.svg" alt="" width={26} height={26} />
        <strong>{t('shell.product')}</strong>
        <span className="top-tagline">{t('shell.tagline')}</span>
      </NavLink>
      <nav className="top-nav" aria-label={t('shell.tagline')}>
        {me === null ? null : (
          <NavLink to="/home" data-testid="nav-home">
            {t('shell.nav.home')}
          </NavLink>
        )}
        <NavLink to="/" end data-testid="nav-map">
          {t('shell.nav.map')}
        </NavLink>
        {may.library ? (
          <NavLink to="/library" data-testid="nav-library">
            {t('shell.nav.library')}
          </NavLink>
        ) : null}
        {may.directories ? (
          <NavLink to="/directories" data-testid="nav-directories">
            {t('shell.nav.directories')}
          </NavLink>
        ) : null}
        {may.import ? (
          <NavLink to="/import" data-testid="nav-import">
            {t('shell.nav.import')}
          </NavLink>
        ) : null}
        {may.plans ? (
          <NavLink to="/plans" end data-testid="nav-plans">
            {t('shell.nav.plans')}
          </NavLink>
        ) : null}
        <DeskMenu />
        {may.review ? (
          <NavLink
            to={review}
            data-testid="nav-review"
            className={({ isActive }) => (isActive && planId !== null ? 'active' : 'quiet')}
            aria-disabled={planId === null}
          >
            {t('shell.nav.review')}
          </NavLink>
        ) : null}
        {may.people ? (
          <NavLink to="/people" data-testid="nav-people">
            {t('shell.nav.people')}
          </NavLink>
        ) : null}
        {may.audit ? (
          <NavLink to="/audit" data-testid="nav-audit">
            {t('shell.nav.audit')}
          </NavLink>
        ) : null}
      </nav>
      <SearchBox />
      {status.data?.sample ? (
        <Tooltip title={t('shell.sampleHint')}>
          <Tag color="gold" className="top-sample" data-testid="sample-tag">
            {t('shell.sample')}
          </Tag>
        </Tooltip>
      ) : null}
      <Button
        type="text"
        icon={<GlobalOutlined />}
        aria-label={t('shell.languageSwitch')}
        data-testid="language-switch"
        onClick={() => switchLanguage(language === 'en' ? 'zh-CN' : 'en')}
      >
        <span className="top-language">{t('shell.language')}</span>
      </Button>
      {me === null ? null : <NoticeBell />}
      {me === null ? null : <PersonMenu me={me} />}
    </header>
  );
}
