// Claiming one resource: what is wanted, what would come of it before anything is done (outcome, price, warnings), the claim itself.
// A claim that is not won shows the rule and what else could serve; taking a substitute is one click with the same wishes.
import { Alert, App, Modal, Spin } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClaimLostJson, ClaimMadeJson, NewClaimJson } from '../../../server/contract/claims.ts';
import type { ResourceJson } from '../../../server/contract/resources.ts';
import { lostClaim, useClaimPreview, useMakeClaim } from '../../api/claims.ts';
import { type Act, makeAct } from '../../api/once-key.ts';
import { useResource } from '../../api/resources.ts';
import { formatDateTime } from '../../format/dates.ts';
import { changedKeys } from '../../parts/typed-on-fresh.ts';
import { useDebounced } from '../../parts/use-debounced.ts';
import { useLateEdit } from '../../parts/use-late-edit.ts';
import { ResourceThumbs } from '../library/resource-thumbs.tsx';
import { RefusalNote } from '../session/refusal-note.tsx';
import desk from '../shell/desk.module.css';
import { RestoredNote } from '../shell/restored-note.tsx';
import { useKeptTyping } from '../shell/use-kept-typing.ts';
import { useLeave } from '../shell/use-leave.ts';
import { type ClaimDraft, claimLacks, emptyClaim, newClaimOf, sameClaimAt } from './claim-draft.ts';
import { ClaimFields } from './claim-fields.tsx';
import styles from './claims.module.css';
import { ExplanationNote } from './explanation-note.tsx';
import { PriceTable } from './price-table.tsx';
import { SubstitutesList, WhitelistTag } from './substitutes-list.tsx';
import { type ClaimWords, useClaimWords } from './use-claim-words.ts';

export interface ClaimDialogProps {
  readonly resourceId: string;
  /** claim: by a tower company · request: an operator asks for one. */
  readonly kind: 'claim' | 'request';
  /** What the address or the row already knows. */
  readonly given: Partial<ClaimDraft>;
  /** The own organisation, when operators ask for themselves. */
  readonly operator: string | null;
  readonly onMade: (claimId: string) => void;
  readonly onClose: () => void;
}

export function ClaimDialog(props: ClaimDialogProps) {
  const { resourceId, kind, onClose } = props;
  const { t } = useTranslation();
  const reply = useResource(resourceId);
  if (reply.data !== undefined) return <OpenedDialog {...props} resource={reply.data} />;
  return (
    <Modal open title={t(`claims.dialog.${kind}`)} footer={null} onCancel={onClose}>
      {reply.error ? <RefusalNote error={reply.error} /> : <Spin />}
    </Modal>
  );
}

function OpenedDialog({
  resource,
  kind,
  given,
  operator,
  onMade,
  onClose,
}: ClaimDialogProps & { readonly resource: ResourceJson }) {
  const { t } = useTranslation();
  const words = useClaimWords();
  const { message } = App.useApp();
  const [first] = useState<ClaimDraft>({
    ...emptyClaim,
    operators: operator === null ? [] : [operator],
    ...given,
    resourceId: resource.id,
  });
  const edit = useLateEdit(null, () => first);
  const { draft, change } = edit;
  const kept = useKeptTyping(`${kind}.${resource.id}`, edit, () => first);
  const [isTried, setTried] = useState(false);
  const [takingId, setTakingId] = useState<string | null>(null);
  const make = useMakeClaim(kind);
  const actOf = useActs();
  const lost = lostClaim(make.error);
  const lacks = claimLacks(draft);
  const leave = useLeave(changedKeys(first, draft).length > 0 && lost === null);

  const send = (claim: NewClaimJson, at: string) =>
    make.mutate(
      { claim, act: actOf(at) },
      {
        onSuccess: (made) => {
          kept.forget();
          void message.success(madeText(made));
          onMade(made.claim.id);
        },
        onSettled: () => setTakingId(null),
      },
    );
  const submit = () => {
    setTried(true);
    if (lacks === null) send(newClaimOf(draft, resource.siteId), resource.id);
  };
  const take = (substituteId: string) => {
    setTakingId(substituteId);
    send(sameClaimAt(draft, substituteId), substituteId);
  };
  const madeText = ({ outcome, claim }: ClaimMadeJson) =>
    t(`claims.made.${outcome}`, {
      name: claim.resource.name || claim.resource.code,
      until: formatDateTime(claim.until, words.language),
    });
  return (
    <Modal
      open
      width={760}
      title={`${t(`claims.dialog.${kind}`)} · ${resource.name || resource.code}`}
      okText={t(lost === null ? `claims.dialog.${kind}Ok` : 'claims.dialog.again')}
      cancelText={t('claims.dialog.close')}
      confirmLoading={make.isPending && takingId === null}
      okButtonProps={{ disabled: takingId !== null, 'data-testid': 'claim-ok' }}
      onOk={lost === null ? submit : () => make.reset()}
      onCancel={() =>
        leave(() => {
          kept.forget();
          onClose();
        })
      }
    >
      <div className={desk.stack} data-testid="claim-dialog">
        {lost === null ? (
          <>
            <ResourceLine resource={resource} words={words} />
            <RestoredNote isRestored={kept.isRestored} onClear={() => change(first)} />
            <ClaimFields
              draft={draft}
              resource={resource}
              operator={operator}
              lacksOperators={isTried && lacks === 'operators'}
              onChange={change}
            />
            {kind === 'claim' && lacks === null ? (
              <Preview claim={newClaimOf(draft, resource.siteId)} words={words} />
            ) : null}
            {kind === 'request' ? <p className={desk.soft}>{t('claims.dialog.requestNote')}</p> : null}
            <RefusalNote error={make.error} />
          </>
        ) : (
          <Lost lost={lost} words={words} takingId={takingId} onTake={take} />
        )}
      </div>
    </Modal>
  );
}

/** One act for each resource: a click after silence is the same act, another resource is another one. */
function useActs(): (resourceId: string) => Act {
  const acts = useRef(new Map<string, Act>());
  return (resourceId) => {
    const act = acts.current.get(resourceId) ?? makeAct();
    acts.current.set(resourceId, act);
    return act;
  };
}

function ResourceLine({ resource, words }: { readonly resource: ResourceJson; readonly words: ClaimWords }) {
  const { t } = useTranslation();
  const { library } = words;
  const parts = [
    resource.code,
    library.resourceType(resource.resourceType),
    resource.owner,
    `${library.place(resource.districtCode)} ${library.place(resource.townCode)}`,
    resource.totalHeightM === null ? '' : library.value('totalHeightM', resource.totalHeightM),
  ];
  return (
    <>
      <p className={desk.line}>
        {parts.filter((part) => part !== '').join(' · ')} {resource.whitelisted ? <WhitelistTag /> : null}
      </p>
      <ResourceThumbs resourceId={resource.id} />
      {resource.whitelisted ? (
        <Alert type="success" showIcon title={t('claims.dialog.whitelist')} data-testid="claim-whitelist" />
      ) : null}
    </>
  );
}

function Preview({ claim, words }: { readonly claim: NewClaimJson; readonly words: ClaimWords }) {
  const { t } = useTranslation();
  const rested = useDebounced(JSON.stringify(claim), 400);
  const reply = useClaimPreview([JSON.parse(rested) as NewClaimJson], true);
  const item = reply.data?.items[0];
  if (reply.error) return <RefusalNote error={reply.error} />;
  if (item === undefined) return <Spin size="small" />;
  const title = t(`claims.preview.${item.outcome}`, { until: formatDateTime(item.until, words.language) });
  return (
    <section className={styles.preview} aria-live="polite" data-testid="claim-preview">
      {item.explanation === null ? (
        <Alert
          type={item.outcome === 'refused' ? 'warning' : 'info'}
          showIcon
          title={title}
          description={item.message === null ? null : words.sentence(item.message)}
        />
      ) : (
        <>
          <strong>{title}</strong>
          <ExplanationNote
            explanation={item.explanation}
            words={words}
            severity={item.outcome === 'refused' ? 'warning' : 'info'}
          />
        </>
      )}
      {item.warnings.length > 0 ? (
        <ul className={styles.warnings}>
          {item.warnings.map((warning) => (
            <li key={warning.en}>{words.sentence(warning)}</li>
          ))}
        </ul>
      ) : null}
      {item.price === null || item.outcome === 'refused' ? null : (
        <PriceTable price={item.price} words={words} />
      )}
    </section>
  );
}

function Lost({
  lost,
  words,
  takingId,
  onTake,
}: {
  readonly lost: ClaimLostJson;
  readonly words: ClaimWords;
  readonly takingId: string | null;
  readonly onTake: (resourceId: string) => void;
}) {
  const { t } = useTranslation();
  const explanation = lost.claim?.explanation ?? null;
  return (
    <div className={desk.stack} data-testid="claim-lost">
      {explanation === null ? (
        <Alert
          type="warning"
          showIcon
          title={words.sentence(lost.message)}
          description={words.sentence(lost.hint)}
        />
      ) : (
        <ExplanationNote explanation={explanation} words={words} severity="error" />
      )}
      <h3 className={desk.heading}>{t('claims.substitutes.title')}</h3>
      <SubstitutesList
        substitutes={lost.substitutes ?? []}
        words={words}
        onTake={onTake}
        takingId={takingId}
      />
    </div>
  );
}
