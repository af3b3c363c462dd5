// Whether the areas of a plan were approved when it was made, and whether they still are: from the rows, not from a mark somebody set.
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { usePlanAreas } from '../../api/areas.ts';
import { useMay } from '../../state/session.ts';
import styles from './areas.module.css';
import { areaPath } from './areas-query.ts';
import { useAreaWords } from './use-area-words.ts';

const SHOWN = 8;

/** Draws nothing for a plan made before this was noted. */
export function PlanAreas({ planId }: { readonly planId: string }) {
  const { t } = useTranslation();
  const words = useAreaWords();
  const mayRead = useMay('area:read');
  const areas = usePlanAreas(planId).data ?? [];
  if (areas.length === 0) return null;
  const approved = areas.filter(({ number }) => number !== null).length;
  return (
    <section className="plan-areas" data-testid="plan-areas" aria-label={t('areas.ofPlan.title')}>
      <h4>
        {approved === areas.length
          ? t('areas.ofPlan.all', { count: areas.length })
          : t('areas.ofPlan.some', { count: areas.length, approved })}
      </h4>
      <ul className={styles.standing}>
        {areas
          .slice(0, SHOWN)
          .map(({ areaId, name, state, number, documentNo, approvedAt, stillApproved }) => (
            <li key={areaId}>
              {mayRead ? <Link to={areaPath(areaId)}>{name}</Link> : <span>{name}</span>}
              {number === null || approvedAt === null ? (
                <Tag>{t('areas.ofPlan.was', { state: t(`areas.state.${state}`) })}</Tag>
              ) : (
                <Tag color="green">
                  {words.approval({ number, documentNo: documentNo ?? '', at: approvedAt })}
                </Tag>
              )}
              {number !== null && !stillApproved ? <Tag color="orange">{t('areas.ofPlan.since')}</Tag> : null}
            </li>
          ))}
        {areas.length > SHOWN ? <li>{t('areas.ofPlan.more', { count: areas.length - SHOWN })}</li> : null}
      </ul>
    </section>
  );
}
