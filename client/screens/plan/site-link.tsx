// The name of another site as a button: opens its card and moves the map there. Asks for the name when the plan has it not.
import { Button } from 'antd';
import { useSite } from '../../api/sites.ts';
import { hoverSite } from '../../state/focus.ts';
import { useStore } from '../../state/make-store.ts';
import { previewStore } from '../../state/preview.ts';
import { useShownPlan } from '../../state/shown-plan.ts';
import { moveMapTo } from '../../state/view.ts';

export interface SiteLinkProps {
  readonly siteId: string;
  readonly onOpen: (siteId: string) => void;
}

export function SiteLink({ siteId, onOpen }: SiteLinkProps) {
  const { shown } = useShownPlan();
  const previewSite = useStore(
    previewStore,
    ({ moveSites, sitesById }) => moveSites.get(siteId) ?? sitesById.get(siteId),
  );
  const known = shown?.itemsBySite.get(siteId)?.site ?? previewSite;
  const asked = useSite(known === undefined ? siteId : null);
  const site = known ?? asked.data;
  return (
    <Button
      type="link"
      size="small"
      className="site-link"
      onMouseEnter={() => hoverSite(siteId)}
      onMouseLeave={() => hoverSite(null)}
      onClick={() => {
        const [lon, lat] = site?.position ?? [];
        onOpen(siteId);
        if (lon !== undefined && lat !== undefined) moveMapTo([lon, lat]);
      }}
    >
      {site === undefined ? siteId : site.name || site.code}
    </Button>
  );
}
