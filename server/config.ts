// Every setting with its type, default and meaning. Values come from the environment; keys that begin with ZHANZHI_ and
// are not listed here are reported at start, because a mistyped setting otherwise looks like one that does not work.
import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ProductError } from './errors.ts';

export const projectDir: string = fileURLToPath(new URL('..', import.meta.url));

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly allowRemote: boolean;
  /** Folder of the embedded database and its lock. */
  readonly dataDir: string;
  /** Folder of the bytes of photos; their rows are in the database. */
  readonly photoDir: string;
  /** postgres://… for a real PostGIS; null uses the embedded one. Holds a password: never log it. */
  readonly databaseUrl: string | null;
  readonly storeDeadlineMs: number;
  /** Built client; served when the folder exists. */
  readonly clientDir: string;
  readonly basemapUrl: string | null;
  readonly basemapAttribution: string;
  readonly uploadMb: number;
  readonly importRows: number;
  readonly importSeconds: number;
  readonly importMemoryMb: number;
  readonly importsAtOnce: number;
  readonly planWorkers: number;
  readonly planMemoryMb: number;
  /** Threads that share the coverage of one plan; 1 computes it in the plan's own. */
  readonly planThreads: number;
  /** How long the coverage of the last plan is kept for the next one; 0 for not at all. */
  readonly planKeepS: number;
  readonly planQueue: number;
  readonly requestSeconds: number;
  readonly requestsPerMinute: number;
  readonly tileCacheMb: number;
  /** Webhooks may lead into private networks. */
  readonly webhookPrivate: boolean;
  /** Origin people type, such as https://zhanzhi.example.cn; null: whatever address they reached. */
  readonly publicUrl: string | null;
  /** Addresses or networks whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  /** Password of the first administrator. Never log it. */
  readonly adminPassword: string | null;
  /** Null: no identity provider, and no connection to one. */
  readonly oidcIssuer: string | null;
  readonly oidcClientId: string;
  /** Never log it. */
  readonly oidcClientSecret: string;
  readonly logLevel: string;
}

export interface Setting {
  readonly key: string;
  readonly type: 'text' | 'integer' | 'switch';
  readonly default: string;
  readonly zh: string;
  readonly en: string;
  readonly min?: number;
  readonly max?: number;
  readonly oneOf?: readonly string[];
}

const text = (key: string, fallback: string, zh: string, en: string, oneOf?: readonly string[]): Setting => ({
  key,
  type: 'text',
  default: fallback,
  zh,
  en,
  ...(oneOf && { oneOf }),
});
const integer = (
  key: string,
  fallback: number,
  range: readonly [number, number],
  zh: string,
  en: string,
): Setting => ({
  key,
  type: 'integer',
  default: String(fallback),
  zh,
  en,
  min: range[0],
  max: range[1],
});

/** One core stays with request handling. */
const planWorkers = Math.max(1, availableParallelism() - 1);

export const settings = {
  port: integer(
    'PORT',
    8080,
    [0, 65_535],
    '监听端口；0 表示任选一个空闲端口',
    'port to listen on; 0 takes any free one',
  ),
  host: text('HOST', '127.0.0.1', '监听地址', 'address to listen on'),
  allowRemote: {
    key: 'ZHANZHI_ALLOW_REMOTE',
    type: 'switch',
    default: '0',
    zh: '1 允许其他机器访问（HOST 不是本机地址时必须设置）',
    en: '1 lets other machines in (needed when HOST is not a loopback address)',
  },
  dataDir: text('ZHANZHI_DATA', 'data/local', '内置数据库所在目录', 'folder of the embedded database'),
  photoDir: text(
    'ZHANZHI_PHOTOS',
    '',
    '照片和附件文件所在目录（与数据库一同备份）；留空为 ZHANZHI_DATA 下的 photos',
    'folder of photos and attachments, to be backed up with the database; empty: photos in ZHANZHI_DATA',
  ),
  databaseUrl: text(
    'DATABASE_URL',
    '',
    '外部 PostGIS 地址；留空用内置数据库',
    'a real PostGIS; empty uses the embedded one',
  ),
  storeDeadlineMs: integer(
    'ZHANZHI_STORE_DEADLINE_MS',
    30_000,
    [100, 3_600_000],
    '一条数据库语句的时限（毫秒）',
    'longest time for one database statement, ms',
  ),
  clientDir: text('ZHANZHI_CLIENT', 'build/client', '构建好的前端所在目录', 'folder of the built client'),
  basemapUrl: text(
    'ZHANZHI_BASEMAP_URL',
    '',
    '在线底图瓦片地址模板（含 {z}{x}{y}）；留空不访问外网',
    'tile address of an online basemap with {z}{x}{y}; empty asks nobody outside',
  ),
  basemapAttribution: text('ZHANZHI_BASEMAP_ATTRIBUTION', '', '底图来源说明', 'credit line of the basemap'),
  uploadMb: integer('ZHANZHI_UPLOAD_MB', 200, [1, 2_000], '上传文件上限（MB）', 'largest uploaded file, MB'),
  importRows: integer(
    'ZHANZHI_IMPORT_ROWS',
    500_000,
    [1, 5_000_000],
    '一次导入的行数上限',
    'most rows in one import',
  ),
  importSeconds: integer(
    'ZHANZHI_IMPORT_SECONDS',
    60,
    [1, 3_600],
    '读取一个文件的时限（秒）',
    'longest time to read one file, s',
  ),
  importMemoryMb: integer(
    'ZHANZHI_IMPORT_MEMORY_MB',
    1_024,
    [64, 32_768],
    '读取文件的内存上限（MB）',
    'memory to read one file, MB',
  ),
  importsAtOnce: integer(
    'ZHANZHI_IMPORTS_AT_ONCE',
    2,
    [1, 64],
    '同时进行的导入数',
    'imports at the same time',
  ),
  planWorkers: integer(
    'ZHANZHI_PLAN_WORKERS',
    planWorkers,
    [1, 64],
    '同时计算的方案数',
    'plans computed at the same time',
  ),
  planMemoryMb: integer(
    'ZHANZHI_PLAN_MEMORY_MB',
    4_096,
    [128, 131_072],
    '一个方案的内存上限（MB）',
    'memory for one plan, MB',
  ),
  planThreads: integer(
    'ZHANZHI_PLAN_THREADS',
    availableParallelism(),
    [1, 64],
    '一个方案的覆盖计算线程数；1 表示不另开线程',
    'threads that share the coverage of one plan; 1 starts none',
  ),
  planKeepS: integer(
    'ZHANZHI_PLAN_KEEP_S',
    600,
    [0, 86_400],
    '上一个方案的覆盖结果保留多久（秒），同一区域再算时直接沿用；0 表示不保留',
    'how long the coverage of the last plan is kept for the next on the same ground, s; 0 keeps nothing',
  ),
  planQueue: integer('ZHANZHI_PLAN_QUEUE', 50, [1, 10_000], '排队方案上限', 'most plans waiting'),
  requestSeconds: integer(
    'ZHANZHI_REQUEST_SECONDS',
    300,
    [1, 3_600],
    '接收一个请求的时限（秒）',
    'longest time to receive one request, s',
  ),
  requestsPerMinute: integer(
    'ZHANZHI_REQUESTS_PER_MINUTE',
    1_200,
    [10, 1_000_000],
    '每个地址每分钟的请求上限（瓦片不计）',
    'requests per address and minute (tiles are not counted)',
  ),
  tileCacheMb: integer(
    'ZHANZHI_TILE_CACHE_MB',
    128,
    [1, 16_384],
    '瓦片缓存（MB）',
    'memory for cached tiles, MB',
  ),
  webhookPrivate: {
    key: 'ZHANZHI_WEBHOOK_PRIVATE',
    type: 'switch',
    default: '0',
    zh: '1 允许推送到本机和内网地址（单位内网的接收系统需要设置）；0 只推送到公网地址',
    en: '1 lets webhooks post to this machine and private networks (an office with receivers on its intranet needs it); 0 only to public addresses',
  },
  publicUrl: text(
    'ZHANZHI_PUBLIC_URL',
    '',
    '用户访问的网址（如 https://站点）；https 时会话 Cookie 只走 TLS，使用统一身份认证时必填',
    'address people use (https://host); with https the session cookie travels over TLS only; needed for OpenID Connect',
  ),
  trustedProxies: text(
    'ZHANZHI_TRUSTED_PROXIES',
    '',
    '可信反向代理的地址或网段，逗号分隔；只采信它们给出的来访地址',
    'addresses or networks of reverse proxies, with commas; only theirs is believed who a caller is',
  ),
  adminPassword: text(
    'ZHANZHI_ADMIN_PASSWORD',
    '',
    '首次启动时管理员 admin 的口令；留空则启动时打印一次性设置码',
    'password of the administrator "admin" at the first start; empty prints a one-time code instead',
  ),
  oidcIssuer: text(
    'ZHANZHI_OIDC_ISSUER',
    '',
    '统一身份认证（OpenID Connect）的签发地址；留空不使用，也不外连',
    'issuer address of an OpenID Connect provider; empty uses none and asks nobody outside',
  ),
  oidcClientId: text(
    'ZHANZHI_OIDC_CLIENT_ID',
    '',
    '本服务在身份认证处登记的编号',
    'id this service is registered under at the provider',
  ),
  oidcClientSecret: text(
    'ZHANZHI_OIDC_CLIENT_SECRET',
    '',
    '与编号对应的密钥',
    'secret that belongs to the id',
  ),
  logLevel: text('ZHANZHI_LOG', 'info', '日志级别', 'log level', [
    'silent',
    'error',
    'warn',
    'info',
    'debug',
  ]),
} as const satisfies Record<keyof Config, Setting>;

/** Keys that other commands read; they are no mistake. */
const keysOfCommands = ['ZHANZHI_REAL_DATA', 'ZHANZHI_REQUIRE_ALL', 'ZHANZHI_NOT_RUN_FILE', 'ZHANZHI_ENV'];

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads all settings. Throws ProductError CONFIG_INVALID or CONFIG_REMOTE_HOST. Paths are made absolute. */
export function readConfig(env: Environment = process.env): Config {
  const config: Config = {
    port: integerOf(env, settings.port),
    host: textOf(env, settings.host),
    allowRemote: switchOf(env, settings.allowRemote),
    dataDir: resolve(projectDir, textOf(env, settings.dataDir)),
    photoDir: resolve(
      projectDir,
      textOf(env, settings.photoDir) || join(textOf(env, settings.dataDir), 'photos'),
    ),
    databaseUrl: textOf(env, settings.databaseUrl) || null,
    storeDeadlineMs: integerOf(env, settings.storeDeadlineMs),
    clientDir: resolve(projectDir, textOf(env, settings.clientDir)),
    basemapUrl: textOf(env, settings.basemapUrl) || null,
    basemapAttribution: textOf(env, settings.basemapAttribution),
    uploadMb: integerOf(env, settings.uploadMb),
    importRows: integerOf(env, settings.importRows),
    importSeconds: integerOf(env, settings.importSeconds),
    importMemoryMb: integerOf(env, settings.importMemoryMb),
    importsAtOnce: integerOf(env, settings.importsAtOnce),
    planWorkers: integerOf(env, settings.planWorkers),
    planMemoryMb: integerOf(env, settings.planMemoryMb),
    planThreads: integerOf(env, settings.planThreads),
    planKeepS: integerOf(env, settings.planKeepS),
    planQueue: integerOf(env, settings.planQueue),
    requestSeconds: integerOf(env, settings.requestSeconds),
    requestsPerMinute: integerOf(env, settings.requestsPerMinute),
    tileCacheMb: integerOf(env, settings.tileCacheMb),
    webhookPrivate: switchOf(env, settings.webhookPrivate),
    publicUrl: originOf(env, settings.publicUrl),
    trustedProxies: networksOf(env, settings.trustedProxies),
    adminPassword: env[settings.adminPassword.key] || null,
    oidcIssuer: issuerOf(env, settings.oidcIssuer),
    oidcClientId: textOf(env, settings.oidcClientId),
    oidcClientSecret: textOf(env, settings.oidcClientSecret),
    logLevel: textOf(env, settings.logLevel),
  };
  if (!isLoopback(config.host) && !config.allowRemote)
    throw new ProductError('CONFIG_REMOTE_HOST', { host: config.host });
  if (config.oidcIssuer) {
    if (!config.publicUrl) throw invalid(settings.publicUrl.key, '', 'https://…');
    if (!config.oidcClientId) throw invalid(settings.oidcClientId.key, '', 'client id');
  }
  if (config.basemapUrl && !isTileTemplate(config.basemapUrl)) {
    throw invalid(settings.basemapUrl.key, config.basemapUrl, 'http(s)://<one host>/…{z}…{x}…{y}');
  }
  return config;
}

/** ZHANZHI_* keys nobody reads, for a warning at start. */
export function unknownSettings(env: Environment = process.env): string[] {
  const known = new Set<string>([...Object.values(settings).map((s) => s.key), ...keysOfCommands]);
  return Object.keys(env)
    .filter((key) => key.startsWith('ZHANZHI_') && !known.has(key))
    .sort();
}

/** True for addresses only this machine can reach. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);

/** One fixed host (it goes into the security headers, so no `{s}` there), and all three of z, x and y. */
const isTileTemplate = (url: string): boolean =>
  /^https?:\/\/[a-z0-9.[\]:-]+\/[^\s]*$/i.test(url) &&
  URL.canParse(url) &&
  ['{z}', '{x}', '{y}'].every((part) => url.includes(part));

const textOf = (env: Environment, setting: Setting): string => {
  const value = env[setting.key]?.trim() || setting.default;
  if (setting.oneOf && !setting.oneOf.includes(value))
    throw invalid(setting.key, value, setting.oneOf.join(' | '));
  return value;
};

/** Addresses and networks such as 10.0.0.0/8, with commas or blanks. */
const networksOf = (env: Environment, setting: Setting): string[] => {
  const networks = textOf(env, setting)
    .split(/[\s,]+/)
    .filter(Boolean);
  const odd = networks.find((each) => !/^[^/]+(\/\d{1,3})?$/.test(each) || isIP(each.split('/')[0]!) === 0);
  if (odd !== undefined) throw invalid(setting.key, odd, '10.0.0.1, 10.0.0.0/8');
  return networks;
};

/** Scheme, host and port; nothing after them. */
const originOf = (env: Environment, setting: Setting): string | null => {
  const value = textOf(env, setting).replace(/\/$/, '');
  if (value === '') return null;
  const url = URL.canParse(value) ? new URL(value) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.href !== `${url.origin}/`)
    throw invalid(setting.key, value, 'http(s)://host[:port]');
  return url.origin;
};

/** A provider on another machine is asked over TLS only: its answers say who somebody is. */
const issuerOf = (env: Environment, setting: Setting): string | null => {
  const value = textOf(env, setting);
  if (value === '') return null;
  const url = URL.canParse(value) ? new URL(value) : null;
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  if (!url || !safe || url.username !== '' || url.search !== '' || url.hash !== '')
    throw invalid(setting.key, value, 'https://…');
  return value;
};

const switchOf = (env: Environment, setting: Setting): boolean => {
  const value = textOf(env, setting);
  if (value !== '0' && value !== '1') throw invalid(setting.key, value, '0 | 1');
  return value === '1';
};

const integerOf = (env: Environment, setting: Setting): number => {
  const value = textOf(env, setting);
  const { min = 0, max = Number.MAX_SAFE_INTEGER } = setting;
  const number = /^\d{1,12}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= min && number <= max)) throw invalid(setting.key, value, `${min}…${max}`);
  return number;
};

const invalid = (key: string, found: string, expected: string): ProductError =>
  new ProductError('CONFIG_INVALID', { key, found, expected });
