// What was approved of an area, the latest first, each with what is otherwise now. Nothing of it changes any more.
import { Empty, Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AreaField } from '../../../engine/index.ts';
import type { AreaApprovalsJson, AreaJson } from '../../../server/contract/areas.ts';
import { useAreaApprovals } from '../../api/areas.ts';
import { formatDateTime } from '../../format/dates.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import desk from '../shell/desk.module.css';
import styles from './areas.module.css';
import { useAreaWords } from './use-area-words.ts';

type Approval = AreaApprovalsJson['approvals'][number];

export function AreaApprovals({ area }: { readonly area: AreaJson }) {
  const { t } = useTranslation();
  const reply = useAreaApprovals(area.id);
  if (reply.error) return <RefusalNote error={reply.error} />;
  if (reply.data === undefined) return <Spin />;
  if (reply.data.length === 0)
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('areas.neverApproved')} />;
  return (
    <div className={desk.stack} data-testid="area-approvals">
      {reply.data.map((approval) => (
        <ApprovalCard key={approval.number} area={area} approval={approval} />
      ))}
    </div>
  );
}

function ApprovalCard({ area, approval }: { readonly area: AreaJson; readonly approval: Approval }) {
  const { t } = useTranslation();
  const words = useAreaWords();
  const { differs } = approval;
  return (
    <article className={styles.approval} data-testid="area-approval">
      <header>
        <b>{t('areas.approvalNumber', { number: approval.number })}</b>
        <span>{approval.documentNo || t('areas.noDocument')}</span>
        <small>{`${approval.byName} · ${formatDateTime(approval.at, words.language)}`}</small>
      </header>
      <p>
        {approval.name} · {words.line(approval)}
      </p>
      {approval.note === '' ? null : <p className={desk.soft}>{t('areas.note', { note: approval.note })}</p>}
      {differs.length === 0 ? (
        <p className={styles.same}>{t('areas.same')}</p>
      ) : (
        <ul className={styles.changes} aria-label={t('areas.differsSince')}>
          {differs.map((field) => (
            <li key={field}>
              <span>{words.field(field)}</span>
              <Difference field={field} area={area} approval={approval} />
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}

interface DifferenceProps {
  readonly field: AreaField;
  readonly area: AreaJson;
  readonly approval: Approval;
}

function Difference({ field, area, approval }: DifferenceProps) {
  const { t } = useTranslation();
  const words = useAreaWords();
  if (field === 'geom')
    return (
      <span>
        {t('areas.ground', {
          added: words.ground(approval.addedKm2),
          removed: words.ground(approval.removedKm2),
        })}
      </span>
    );
  return (
    <span>
      <del>{words.value(field, approval[field])}</del> → <ins>{words.value(field, area[field])}</ins>
    </span>
  );
}
