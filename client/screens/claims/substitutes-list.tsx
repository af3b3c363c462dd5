// What else could serve, best first, each with its reasons, its place on the map and one click that claims it instead.
import { Button, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ClaimSubstituteJson } from '../../../server/contract/claims.ts';
import { formatDistance } from '../../format/measures.ts';
import { resourceOnMapPath } from '../library/resource-on-map-path.ts';
import desk from '../shell/desk.module.css';
import styles from './claims.module.css';
import type { ClaimWords } from './use-claim-words.ts';

export interface SubstitutesListProps {
  readonly substitutes: readonly ClaimSubstituteJson[];
  readonly words: ClaimWords;
  /** Null: this person claims nothing. */
  readonly onTake: ((resourceId: string) => void) | null;
  /** The one being claimed right now. */
  readonly takingId: string | null;
}

export function SubstitutesList({ substitutes, words, onTake, takingId }: SubstitutesListProps) {
  const { t } = useTranslation();
  /** The service says distance and free places among its reasons; where it gives none they are said here. */
  const reasonsOf = ({ reasons, distanceM, slotsFree }: ClaimSubstituteJson) =>
    (reasons.length > 0
      ? reasons.map((reason) => words.sentence(reason))
      : [
          t('claims.substitutes.away', { distance: formatDistance(distanceM, words.language) }),
          t('claims.substitutes.free', { count: slotsFree }),
        ]
    ).join(words.language === 'en' ? ', ' : '，');
  if (substitutes.length === 0) return <p className={desk.soft}>{t('claims.substitutes.none')}</p>;
  return (
    <ol className={styles.substitutes} data-testid="claim-substitutes">
      {substitutes.map((one) => (
        <li key={one.resourceId}>
          <div className={styles.substitute}>
            <div>
              <strong>{one.name || one.code}</strong> {one.whitelisted ? <WhitelistTag /> : null}
              <div className={desk.soft}>
                {[words.library.resourceType(one.resourceType), one.owner].filter(Boolean).join(' · ')}
              </div>
              <div>{reasonsOf(one)}</div>
            </div>
            <div className={desk.acts}>
              <Link to={resourceOnMapPath({ siteId: null, position: one.position }) ?? '/'}>
                {t('claims.onMap')}
              </Link>
              {onTake === null ? null : (
                <Button
                  size="small"
                  type="primary"
                  loading={takingId === one.resourceId}
                  disabled={takingId !== null}
                  onClick={() => onTake(one.resourceId)}
                  data-testid={`substitute-${one.rank}`}
                >
                  {t('claims.substitutes.take')}
                </Button>
              )}
            </div>
          </div>
        </li>
      ))}
    </ol>
  );
}

export function WhitelistTag() {
  const { t } = useTranslation();
  return <Tag color="green">{t('claims.whitelisted')}</Tag>;
}
