// Propagation models a station can be planned with, and what each is for.
export const stationModels = ['UMa', 'UMi', 'RMa', 'P1411', 'Hata', 'P1812'] as const;

/**
 * UMa, UMi, RMa: 3GPP TR 38.901, above the roofs, below them, and in open country. P1411: ITU-R P.1411-12 below the roofs, street
 * canyon in sight and site-general hidden. Hata: Okumura-Hata up to 1500 MHz, COST 231 above, for comparison with older plans.
 * P1812: ITU-R P.1812 over the profile of terrain and clutter, for open land.
 */
export type StationModel = (typeof stationModels)[number];
