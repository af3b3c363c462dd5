// Addresses of the claim board from where people stand: one claim, and the dialog filled for the resource a site stands for.

export const claimPath = (claimId: string): string => `/claims?${new URLSearchParams({ claim: claimId })}`;

/** `planId` null: the site is no row of a plan that is kept. */
export const claimSitePath = (siteId: string, planId: string | null): string =>
  `/claims?${new URLSearchParams({ ...(planId !== null && { plan: planId }), site: siteId })}`;
