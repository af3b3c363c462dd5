// The course of one import as a value: a file is chosen, checked, kept. Whatever changes the meaning of the file (kind,
// datum, defaults) makes an earlier check void, so nobody stores what was never looked at.
import type { Datum, ImportKind, ImportMode, ImportReportJson } from '../../../server/contract/imports.ts';
import type { SiteJson } from '../../../server/contract/sites.ts';

export const importKinds = [
  'sites',
  'pipes',
  'buildings',
  'roads',
  'districts',
  'areas',
  'demand',
  'resources',
  'demands',
  'terrain',
  'population',
  'clutter',
] as const satisfies readonly ImportKind[];
/** An operator brings its demands and nothing else. */
export const kindsFor = (role: string | undefined): readonly ImportKind[] =>
  role === 'operator' ? ['demands'] : importKinds;
/** Kinds that come as a raster: the file states its own coordinate system. */
export const isRasterKind = (kind: ImportKind): boolean =>
  kind === 'terrain' || kind === 'population' || kind === 'clutter';
export const acceptedFiles = '.geojson,.json,.csv,.txt,.xlsx,.tif,.tiff,.hgt';

export interface ImportChoice {
  readonly kind: ImportKind;
  readonly datum: Datum;
  /** For rows of sites that say nothing; null leaves the gap an issue. */
  readonly defaultType: string | null;
  readonly defaultStatus: SiteJson['status'] | null;
  readonly defaultHeightM: number | null;
  /** For areas whose row names no kind. */
  readonly defaultAreaKind: string | null;
}

export interface ImportFlow {
  readonly choice: ImportChoice;
  readonly file: File | null;
  /** What was wrong with a file before it was sent. */
  readonly refusedFile: { readonly name: string; readonly problem: FileProblem } | null;
  readonly sending: ImportMode | null;
  /** 0..1 of the file has left. */
  readonly sentShare: number;
  readonly report: ImportReportJson | null;
  readonly error: unknown;
  /** What was under way when the person cancelled. */
  readonly cancelled: ImportMode | null;
}

export type FileProblem = 'wrongType' | 'emptyFile';

export type ImportEvent =
  | { readonly type: 'choose'; readonly choice: Partial<ImportChoice> }
  | { readonly type: 'file'; readonly file: File }
  | { readonly type: 'send'; readonly mode: ImportMode }
  | { readonly type: 'sent'; readonly share: number }
  | { readonly type: 'report'; readonly report: ImportReportJson }
  | { readonly type: 'fail'; readonly error: unknown }
  | { readonly type: 'cancel' }
  | { readonly type: 'again' };

export const firstFlow: ImportFlow = {
  choice: {
    kind: 'sites',
    datum: 'CGCS2000',
    defaultType: null,
    defaultStatus: null,
    defaultHeightM: null,
    defaultAreaKind: null,
  },
  file: null,
  refusedFile: null,
  sending: null,
  sentShare: 0,
  report: null,
  error: null,
  cancelled: null,
};

const nothingKnown = { report: null, error: null, cancelled: null, sending: null, sentShare: 0 } as const;

export function importFlow(flow: ImportFlow, event: ImportEvent): ImportFlow {
  switch (event.type) {
    case 'choose':
      return { ...flow, ...nothingKnown, choice: { ...flow.choice, ...event.choice } };
    case 'file': {
      const problem = fileProblem(event.file);
      const refusedFile = problem === null ? null : { name: event.file.name, problem };
      return { ...flow, ...nothingKnown, file: problem === null ? event.file : null, refusedFile };
    }
    case 'send':
      return { ...flow, sending: event.mode, sentShare: 0, error: null, cancelled: null };
    case 'sent':
      return flow.sending === null ? flow : { ...flow, sentShare: event.share };
    case 'report':
      return flow.sending === null ? flow : { ...flow, sending: null, report: event.report };
    case 'fail':
      return flow.sending === null ? flow : { ...flow, sending: null, error: event.error };
    case 'cancel':
      return { ...flow, sending: null, cancelled: flow.sending };
    case 'again':
      return { ...firstFlow, choice: flow.choice };
  }
}

/** Seen before anything is sent; the content is judged by the server. */
export function fileProblem(file: { readonly name: string; readonly size: number }): FileProblem | null {
  const ending = /\.\w+$/.exec(file.name.toLowerCase())?.[0] ?? '';
  if (!acceptedFiles.split(',').includes(ending)) return 'wrongType';
  return file.size === 0 ? 'emptyFile' : null;
}

/** The next moves that make sense now. */
export function importMoves(flow: ImportFlow): {
  readonly canCheck: boolean;
  readonly canKeepUsable: boolean;
  readonly canKeepAll: boolean;
  readonly isFinished: boolean;
} {
  const isIdle = flow.file !== null && flow.sending === null;
  const report = flow.report;
  const isFinished = report !== null && (report.outcome === 'stored' || report.outcome === 'repeated');
  const isChecked = isIdle && report !== null && !isFinished;
  return {
    canCheck: isIdle && !isFinished,
    canKeepUsable: isChecked && report.accepted > 0 && report.rejected > 0,
    canKeepAll: isChecked && report.accepted > 0 && report.rejected === 0,
    isFinished,
  };
}

/** Only the defaults that mean something for the kind are sent. */
export function importQuery(choice: ImportChoice): {
  readonly kind: ImportKind;
  readonly datum: Datum;
  readonly defaultType?: string;
  readonly defaultStatus?: SiteJson['status'];
  readonly defaultHeightM?: number;
  readonly defaultAreaKind?: string;
} {
  const { kind, datum, defaultType, defaultStatus, defaultHeightM } = choice;
  if (isRasterKind(kind)) return { kind, datum: 'CGCS2000' };
  const areaKind = choice.defaultAreaKind?.trim() ?? '';
  if (kind === 'areas' && areaKind !== '') return { kind, datum, defaultAreaKind: areaKind };
  if (kind !== 'sites') return { kind, datum };
  return {
    kind,
    datum,
    ...(defaultType === null ? {} : { defaultType }),
    ...(defaultStatus === null ? {} : { defaultStatus }),
    ...(defaultHeightM === null ? {} : { defaultHeightM }),
  };
}
