// The claim board: what can be claimed, what my organisation claimed, everything within reach; a drawer for one claim, a dialog to claim.
import { Modal, Segmented, Spin } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { useDemand } from '../../api/demands.ts';
import { useSiteUnderWay } from '../../api/under-way.ts';
import { Page } from '../../parts/page.tsx';
import { useMay, useMe, useOwnOnly } from '../../state/session.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import { ClaimDialog } from './claim-dialog.tsx';
import type { ClaimDraft } from './claim-draft.ts';
import { ClaimDrawer } from './claim-drawer.tsx';
import {
  type ClaimsView,
  type ClaimTab,
  changedClaims,
  claimTabs,
  readClaimsView,
  writeClaimsView,
} from './claims-query.ts';
import { ClaimsTable } from './claims-table.tsx';
import { OpenResourcesTable } from './open-resources-table.tsx';
import { useClaimKind } from './use-claim-kind.ts';
import { useClaimWords } from './use-claim-words.ts';

export function ClaimsScreen() {
  const { t } = useTranslation();
  const words = useClaimWords();
  const navigate = useNavigate();
  const me = useMe();
  const mayResources = useMay('resource:read');
  const kind = useClaimKind();
  const ownOnly = useOwnOnly('claim:read');
  const tabs = claimTabs.filter((tab) => (tab === 'open' ? mayResources : tab === 'all' || !ownOnly));
  const first: ClaimTab = kind === null || !mayResources ? 'all' : 'open';
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => {
    const read = readClaimsView(params, first);
    // all that are listed are one's own, and those that wait for one's word
    return ownOnly && read.tab === 'mine' ? { ...read, tab: 'all' as const } : read;
  }, [params, first, ownOnly]);
  const change = (part: Partial<ClaimsView>) => {
    const opens = part.claim != null || part.resource != null || part.tab !== undefined;
    setParams(writeClaimsView(changedClaims(view, part)), { replace: !opens });
  };
  // a link from a plan or the map names the site; the claim is for the resource it stands for
  const named = useSiteUnderWay(view.resource === null && kind !== null ? view.site : null);
  const resourceId = view.resource ?? named.data?.resource?.id ?? null;
  /** Wishes of a lost claim, for the substitute that is claimed instead. */
  const [wishes, setWishes] = useState<Partial<ClaimDraft>>({});
  const closeDialog = () => {
    setWishes({});
    change({ resource: null, demand: null, plan: null, site: null });
  };
  const open = (resource: string) => {
    if (kind === null) void navigate(`/library?${new URLSearchParams({ resource })}`);
    else change({ resource });
  };
  return (
    <Page
      title={t('claims.title')}
      subtitle={t(ownOnly ? 'claims.subtitleOwn' : 'claims.subtitle')}
      width="full"
      testId="claims-screen"
    >
      <Segmented
        value={view.tab}
        style={{ alignSelf: 'flex-start', flex: 'none' }}
        aria-label={t('claims.tabs')}
        options={tabs.map((tab) => ({
          value: tab,
          label: t(`claims.tab.${ownOnly ? { open: 'openOwn', mine: 'mine', all: 'mine' }[tab] : tab}`),
        }))}
        onChange={(tab) => change({ tab })}
        data-testid="claims-tabs"
      />
      {view.tab === 'open' ? (
        <OpenResourcesTable view={view} words={words} kind={kind} onChange={change} onOpen={open} />
      ) : (
        <ClaimsTable view={view} words={words} onChange={change} />
      )}
      {view.claim === null ? null : (
        <ClaimDrawer
          key={view.claim}
          id={view.claim}
          onTake={(resource, { operators, demandIds, slots, loadKg, powerKva, onAirBy, note }) => {
            setWishes({ operators, demandIds, slots, loadKg, powerKva, onAirBy, note });
            change({ claim: null, resource });
          }}
          onClose={() => change({ claim: null })}
        />
      )}
      {resourceId !== null && kind !== null ? (
        <ClaimDialog
          key={resourceId}
          resourceId={resourceId}
          kind={kind}
          operator={kind === 'request' ? (me?.organisation ?? null) : null}
          given={{
            ...(view.demand !== null && { demandIds: [view.demand] }),
            ...(view.plan !== null && { planId: view.plan }),
            ...wishes,
          }}
          onMade={(claim) => {
            setWishes({});
            change({ tab: 'mine', resource: null, demand: null, plan: null, site: null, claim });
          }}
          onClose={closeDialog}
        />
      ) : null}
      {resourceId === null && view.site !== null && kind !== null ? (
        <NamedSite reply={named} onClose={closeDialog} />
      ) : null}
      {view.resource === null && view.site === null && view.demand !== null && kind !== null ? (
        <ChosenResource demandId={view.demand} onTake={open} onClose={closeDialog} />
      ) : null}
    </Page>
  );
}

/** A link that names only the demand means the resource that was matched to it. */
function ChosenResource({
  demandId,
  onTake,
  onClose,
}: {
  readonly demandId: string;
  readonly onTake: (resourceId: string) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { data: demand, isLoading } = useDemand(demandId, useMay('demand:read'));
  const resourceId = demand?.resourceId ?? null;
  return (
    <Modal
      open
      title={t('claims.dialog.forDemand', { name: demand?.name || demand?.code || '' })}
      okText={t('claims.dialog.openMatched')}
      cancelText={t('claims.dialog.close')}
      okButtonProps={{ disabled: resourceId === null }}
      onOk={() => resourceId !== null && onTake(resourceId)}
      onCancel={onClose}
    >
      {isLoading ? <Spin /> : t(resourceId === null ? 'claims.dialog.notMatched' : 'claims.dialog.matched')}
    </Modal>
  );
}

/** While the resource of a site is looked for, and where the site stands for none. */
function NamedSite({
  reply,
  onClose,
}: {
  readonly reply: ReturnType<typeof useSiteUnderWay>;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Modal open title={t('claims.site.title')} footer={null} onCancel={onClose}>
      <RefusalNote error={reply.error} />
      {reply.isPending ? <Spin /> : null}
      {reply.data ? <p data-testid="claim-not-library">{t('claims.site.notLibrary')}</p> : null}
    </Modal>
  );
}
