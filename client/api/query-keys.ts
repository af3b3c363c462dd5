// Names under which answers are cached, in one place so that a change can name everything it makes stale.
export const queryKeys = {
  status: ['status'] as const,
  rules: ['coverage-rules'] as const,
  profiles: ['profiles'] as const,
  resourceTypes: ['resource-types'] as const,
  areas: ['areas'] as const,
  districts: ['districts'] as const,
  sites: ['sites'] as const,
  imports: ['imports'] as const,
  rasters: ['rasters'] as const,
  antennas: ['antennas'] as const,
  plans: ['plans'] as const,
  plan: (planId: string) => ['plan', planId] as const,
  planItems: (planId: string) => ['plan', planId, 'items'] as const,
  siteCards: (planId: string) => ['plan', planId, 'site-card'] as const,
  siteLinks: (planId: string) => ['plan', planId, 'site-link'] as const,
};
