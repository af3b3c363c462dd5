// A site is a place where equipment can stand. What one operator hangs on it is a station.
import type { LonLat } from './geometry.ts';

export const siteStatuses = ['existing', 'candidate', 'proposed', 'unavailable'] as const;
export type SiteStatus = (typeof siteStatuses)[number];

/** What carries the antenna. It decides which station form of an equipment profile is used. */
export const siteStructures = ['pole', 'roof', 'tower'] as const;
export type SiteStructure = (typeof siteStructures)[number];

/** Free status of a resource (domain: 必须免费 · 协调免费 · 商谈). */
export const freeStatuses = ['必须免费', '协调免费', '商谈'] as const;
export type FreeStatus = (typeof freeStatuses)[number];

/** Power supply mode of a resource (直供 · 转供 · 待引入). */
export const powerModes = ['直供', '转供', '待引入'] as const;
export type PowerMode = (typeof powerModes)[number];

/** Build mode, in the order a plan prefers them (直接利用 > 改造 > 替换 > 新建). */
export const buildModes = ['直接利用', '改造', '替换', '新建'] as const;
export type BuildMode = (typeof buildModes)[number];

export interface Site {
  /** Opaque and stable; ties in the selection go to the smaller id. */
  readonly id: string;
  /** The sender's own code: free text, never validated for length. */
  readonly code: string;
  readonly name: string;
  /** Resource type, one of `resourceTypes` (路灯杆, 政府机关, 住宅天面, …). */
  readonly resourceType: string;
  readonly structure: SiteStructure;
  readonly position: LonLat;
  /** Antenna centre above the ground at the site, metres. On a roof it includes the building. */
  readonly heightM: number;
  readonly status: SiteStatus;
  /** Whole yuan to bring one station on air here. 0 for existing sites. */
  readonly costCny: number;
  readonly owner: string;
  readonly freeStatus: FreeStatus | null;
  readonly powerMode: PowerMode | null;
  readonly buildMode: BuildMode;
  readonly districtCode: string;
  readonly townCode: string;
  /** Sector directions clockwise from north; null: as the equipment has them. */
  readonly azimuthsDeg: readonly number[] | null;
  /** Down from the horizon; null: as the equipment has it. A measured antenna keeps its own electrical tilt. */
  readonly electricalTiltDeg: number | null;
  readonly mechanicalTiltDeg: number | null;
}
