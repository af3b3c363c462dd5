// What is under way on a site, for its card on the map: each operator's case with its state, the claims behind it, a relocation that wants
// it away. Only for those who may read them.
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCasePage } from '../../api/cases.ts';
import { useMay } from '../../state/session.ts';
import desk from '../shell/desk.module.css';
import { CaseStateTag } from './case-state-tag.tsx';
import { useCaseWords } from './use-case-words.ts';

const MOST = 10;

export function SiteDuties({ siteId }: { readonly siteId: string }) {
  const { t } = useTranslation();
  const words = useCaseWords();
  const may = {
    cases: useMay('case:read'),
    claims: useMay('claim:read'),
    relocations: useMay('relocation:read'),
  };
  const page = useCasePage({ siteId, page: 1, pageSize: MOST }, may.cases);
  const cases = page.isPlaceholderData ? [] : (page.data?.cases ?? []);
  const [first] = cases;
  if (first === undefined) return null;
  return (
    <section data-testid="site-duties" style={{ marginTop: 12 }}>
      <h3>{t('cases.onSite')}</h3>
      <ul className={desk.plainList}>
        {cases.map(({ id, number, operator, state }) => (
          <li key={id} className={desk.line}>
            <Link to={`/cases/${encodeURIComponent(id)}`}>{operator || number}</Link>
            <CaseStateTag state={state} words={words} />
          </li>
        ))}
      </ul>
      <div className={desk.line}>
        {may.claims && first.resourceId !== null ? (
          <Link to={`/claims?${new URLSearchParams({ tab: 'all', resourceId: first.resourceId })}`}>
            {t('cases.claimsOnSite')}
          </Link>
        ) : null}
        {may.relocations && cases.some(({ relocating }) => relocating) ? (
          <Link to={`/relocations?${new URLSearchParams({ siteId })}`}>
            <Tag color="magenta">{t('cases.relocating')}</Tag>
          </Link>
        ) : null}
      </div>
    </section>
  );
}
