// Which column means what: the header table of the domain reference 4.7 with its Chinese and English names. A header is
// compared without brackets, units, blanks, line breaks and letter case; the first fitting column of a field wins.
import type { TableKind } from '../contract/imports.ts';

export type ImportField =
  | 'code'
  | 'name'
  | 'lon'
  | 'lat'
  | 'lonLat'
  | 'wkt'
  | 'districtCode'
  | 'townCode'
  | 'owner'
  | 'resourceType'
  | 'heightM'
  | 'levels'
  | 'azimuthsDeg'
  | 'electricalTiltDeg'
  | 'mechanicalTiltDeg'
  | 'status'
  | 'freeStatus'
  | 'powerMode'
  | 'buildMode'
  | 'costCny'
  | 'kind'
  | 'kindDetail'
  | 'ducts'
  | 'weight'
  | ResourceField
  | DemandField;

/** Columns only a list of resources has (domain reference, 4.2 and 4.7). */
export type ResourceField =
  | 'address'
  | 'committees'
  | 'ownerType'
  | 'locationQuality'
  | 'feeCnyPerYear'
  | 'feeBasis'
  | 'totalHeightM'
  | 'mountHeightsM'
  | 'loadKg'
  | 'slots'
  | 'powerDistanceM'
  | 'powerKva'
  | 'powerPriceCnyPerKwh'
  | 'fibre'
  | 'ductDistanceM'
  | 'roomRef'
  | 'structureCheck'
  | 'appearanceRequirement'
  | 'existingSystems'
  | 'constraintFlags'
  | 'surveyDate'
  | 'surveyor'
  | 'validFrom'
  | 'validTo'
  | 'contactName'
  | 'contactPhone'
  | 'contactDuty';

/** Columns only a list of demands has (domain reference, 4.3 and 4.7). */
export type DemandField =
  | 'operator'
  | 'batch'
  | 'scenario'
  | 'searchRadiusM'
  | 'band'
  | 'form'
  | 'wantHeightM'
  | 'reason'
  | 'tags'
  | 'priority'
  | 'wantDate'
  | 'shareable'
  | 'keyArea'
  | 'note';

const headersOf: Readonly<Record<Exclude<ImportField, ResourceField | DemandField>, readonly string[]>> = {
  code: [
    '站址编码',
    '铁塔站址编码',
    '物理站址编码',
    '站点编码',
    '站址id',
    '站址编号',
    '站点id',
    '编码',
    '编号',
    '资源编码',
    '杆件编号',
    '行政区划代码',
    '区划代码',
    '代码',
    'adcode',
    'code',
    'sitecode',
    'siteid',
    'extcode',
    'stationid',
    'id',
    'osmid',
  ],
  name: [
    '站址名称',
    '站名',
    '基站名称',
    '站点名称',
    '移动名称',
    '联通名称',
    '电信名称',
    '名称',
    '区域名称',
    '建筑名称',
    '道路名称',
    '路名',
    '小区名称',
    'name',
    'sitename',
    'stationname',
    'title',
    'label',
  ],
  lon: [
    '经度',
    '东经',
    'lon',
    'lng',
    'long',
    'longitude',
    'x',
    'celllongitude',
    'rru经度',
    '百度经度',
    '高德经度',
    'gps经度',
    '站址经度',
  ],
  lat: [
    '纬度',
    '北纬',
    'lat',
    'latitude',
    'y',
    'celllatitude',
    'rru纬度',
    '百度纬度',
    '高德纬度',
    'gps纬度',
    '站址纬度',
  ],
  lonLat: [
    '坐标',
    '经纬度',
    '位置坐标',
    'coordinates',
    'coordinate',
    'lonlat',
    'lnglat',
    'latlon',
    'latlng',
    'position',
  ],
  wkt: ['wkt', 'geom', 'geometry', 'thegeom', 'shape', '图形', '几何'],
  districtCode: ['区县', '市/县', '运营商区县', '区县代码', '所属区县', 'districtcode', 'district', 'county'],
  townCode: [
    '片区',
    '乡镇街道',
    '乡、镇、街道',
    '乡、镇',
    '街镇',
    '街道',
    '乡镇',
    '街镇代码',
    'towncode',
    'town',
  ],
  owner: [
    '产权单位',
    '原产权单位',
    '原产权方',
    '产权属性',
    '物业所属单位',
    '权属单位',
    '权属',
    '产权',
    'owner',
    'ownerunit',
    'operator',
  ],
  resourceType: [
    '资源类型',
    '杆件类型',
    '设施类型',
    '建筑类型',
    '站址类型',
    '类型',
    'resourcetype',
    'type',
    'sitetype',
    'highway',
    'amenity',
  ],
  heightM: [
    '挂高',
    '站高',
    '天线挂高',
    '塔高',
    '杆高',
    '高度',
    '建筑高度',
    '楼高',
    'heightm',
    'height',
    'antennaheight',
    'mountheight',
    // in feet: found by isFeetHeader
    'heightft',
    'heightfeet',
    '高度英尺',
    '建筑高度英尺',
  ],
  levels: ['层数', '楼层', '楼层数', '地上层数', 'building:levels', 'levels', 'floors', 'storeys', 'stories'],
  azimuthsDeg: ['方位角', '天线方位角', '扇区方位角', 'azimuth', 'azimuths', 'azimuthdeg', 'azimuthsdeg'],
  electricalTiltDeg: ['电下倾', '电下倾角', '电子下倾角', 'electricaltilt', 'electricaltiltdeg', 'etilt'],
  mechanicalTiltDeg: ['机械下倾', '机械下倾角', '物理下倾角', 'mechanicaltilt', 'mechanicaltiltdeg', 'mtilt'],
  status: ['状态', '站址状态', '建设状态', 'status', 'state'],
  freeStatus: ['是否免费', '免费', '免费情况', 'freestatus', 'free'],
  powerMode: ['供电方式', '供电', '供电业主', 'powermode', 'power'],
  buildMode: ['建设方式', '建设模式', 'buildmode'],
  costCny: ['造价', '建设造价', '建设成本', '投资', '费用', '单站造价', 'costcny', 'cost', 'price', 'capex'],
  kind: [
    '种类',
    '类别',
    '区域类型',
    '场景分类',
    '道路等级',
    '管道类型',
    'kind',
    'class',
    'category',
    'roadclass',
    'fclass',
    'areakind',
  ],
  kindDetail: ['kinddetail', 'subclass', 'subtype'],
  ducts: ['孔数', '管孔数', 'ducts', 'ductcount'],
  weight: [
    '需求',
    '权重',
    '人口',
    '人数',
    '常住人口',
    '业务量',
    'weight',
    'people',
    'population',
    'pop',
    'demand',
    'traffic',
    'count',
    'value',
  ],
};

/** In a list of resources these come first: there a pole's own height is not where the antenna hangs. */
const resourceHeadersOf: Readonly<Record<ResourceField | 'code' | 'name' | 'owner', readonly string[]>> = {
  code: ['资源编码', '资源编号', '资源id'],
  name: ['资源名称', '杆件名称', '设施名称', '物业名称'],
  owner: ['业主单位', '管理单位'],
  address: [
    '地址',
    '详细地址',
    '资源地址',
    '站址地址',
    '安装地址',
    '具体位置',
    '位置',
    '位置描述',
    'address',
    'addr',
  ],
  committees: ['居委会', '居委', '社区', '村居', '村居委', 'committees', 'committee'],
  ownerType: ['产权类型', '产权性质', '单位性质', 'ownertype'],
  locationQuality: ['定位方式', '坐标来源', '定位精度', 'locationquality', 'locquality'],
  feeCnyPerYear: ['年租金', '租金', '年费用', '年收费', 'feecnyperyear', 'fee', 'rent'],
  feeBasis: ['收费标准', '收费依据', '计费方式', 'feebasis'],
  totalHeightM: [
    '总高',
    '总高度',
    '杆高',
    '塔高',
    '楼高',
    '建筑高度',
    '高度',
    '杆体高度',
    'totalheight',
    'totalheightm',
    'height',
    'heightm',
  ],
  mountHeightsM: [
    '挂高',
    '站高',
    '天线挂高',
    '可用挂高',
    '可挂高度',
    '平台高度',
    'mountheights',
    'mountheightsm',
    'mountheight',
  ],
  loadKg: ['承重', '载重', '承载力', '可承载重量', '荷载', 'loadkg', 'load'],
  slots: ['可用数量', '可用位置数', '可挂数量', '槽位', '抱杆数', '可用抱杆数', 'slots'],
  powerDistanceM: ['引电距离', '取电距离', '电源距离', 'powerdistance', 'powerdistancem'],
  powerKva: ['供电容量', '电源容量', '变压器容量', 'powerkva'],
  powerPriceCnyPerKwh: ['电价', '用电单价', '电费单价', 'powerprice', 'powerpricecnyperkwh'],
  fibre: ['光缆', '传输', '光纤', '光缆情况', 'fibre', 'fiber'],
  ductDistanceM: ['管道距离', '管线距离', '接入距离', 'ductdistance', 'ductdistancem'],
  roomRef: ['机房', '机房类型', '机房名称', '所属机房', 'roomref', 'room'],
  structureCheck: ['结构核查', '结构安全', '结构鉴定', '承载核查', 'structurecheck'],
  appearanceRequirement: ['景观要求', '美化要求', '外观要求', 'appearancereq', 'appearancerequirement'],
  existingSystems: ['现有系统', '频段', '频带', '制式', '收发模式', '现网系统', 'existingsystems'],
  constraintFlags: ['限制因素', '制约因素', '限制条件', '敏感因素', 'constraintflags'],
  surveyDate: ['勘察日期', '勘查日期', '踏勘日期', '勘察时间', 'surveydate'],
  surveyor: ['勘察人', '勘查人', '勘察人员', 'surveyor'],
  validFrom: ['有效期起', '开放日期', '起始日期', 'validfrom'],
  validTo: ['有效期止', '有效期至', '截止日期', 'validto'],
  contactName: ['联系人', '联系人姓名', '产权联系人', '负责人', 'contact', 'contactname'],
  contactPhone: ['联系电话', '联系方式', '电话', '手机', '手机号', 'phone', 'contactphone'],
  contactDuty: ['联系人职务', '职务', 'contactduty'],
};

/** In a list of demands these come first: there an operator is who wants, and a height is a wish. */
const demandHeadersOf: Readonly<Record<DemandField | 'code' | 'name', readonly string[]>> = {
  code: ['需求编码', '需求编号', '需求id', '需求点编号', 'demandcode', 'demandid'],
  name: ['需求名称', '需求点名称', '需求点', 'demandname'],
  operator: ['需求运营商', '运营商', '所属运营商', '需求单位', '电信企业', 'operator', 'carrier'],
  batch: ['需求批次', '批次', '期次', 'batch'],
  scenario: [
    '覆盖场景',
    '建设场景',
    '场景分类',
    '详细覆盖场景',
    '五高一地一景',
    '区域类型',
    '场景',
    'scenario',
    'scene',
  ],
  searchRadiusM: ['搜索半径', '搜寻半径', '查找半径', '选址半径', 'searchradius', 'searchradiusm', 'radius'],
  band: ['频段', '频带', '制式', '需求频段', 'band'],
  form: ['站型', '建站类型', '站点类型', '基站类型', '建设类型', 'form', 'stationform'],
  wantHeightM: [
    '需求挂高',
    '期望挂高',
    '挂高',
    '站高',
    '天线挂高',
    '高度',
    'wantheight',
    'wantheightm',
    'height',
    'heightm',
  ],
  reason: ['需求原因', '需求类型', '建设原因', '原因', 'reason'],
  tags: ['标签', '需求标签', 'tags', 'tag'],
  priority: ['优先级', '需求优先级', '优先级别', '紧急程度', 'priority'],
  wantDate: [
    '期望日期',
    '需求日期',
    '期望开通日期',
    '期望时间',
    '需求时间',
    '要求完成时间',
    'wantdate',
    'date',
  ],
  shareable: ['是否共享', '共享情况', '可否共享', '是否共建共享', 'shareable', 'shared'],
  keyArea: ['重点区域', '重点场所', '所属重点区域', 'keyarea', 'keyarearef'],
  note: ['备注', '说明', '需求说明', 'note', 'remark', 'comment'],
};

/** Fields a kind reads. A column that means nothing to the kind is reported with `field: null`. */
const fieldsOf: Readonly<Record<TableKind, readonly ImportField[]>> = {
  sites: [
    'code',
    'name',
    'lon',
    'lat',
    'lonLat',
    'wkt',
    'districtCode',
    'townCode',
    'owner',
    'resourceType',
    'heightM',
    'azimuthsDeg',
    'electricalTiltDeg',
    'mechanicalTiltDeg',
    'status',
    'freeStatus',
    'powerMode',
    'buildMode',
    'costCny',
    'kind',
  ],
  pipes: ['code', 'name', 'wkt', 'owner', 'kind', 'resourceType', 'ducts'],
  buildings: ['code', 'wkt', 'heightM', 'levels'],
  roads: ['code', 'name', 'wkt', 'kind', 'kindDetail', 'resourceType'],
  districts: ['code', 'name', 'wkt'],
  areas: ['name', 'kind', 'resourceType', 'wkt'],
  demand: ['lon', 'lat', 'lonLat', 'wkt', 'weight'],
  resources: [
    'lon',
    'lat',
    'lonLat',
    'wkt',
    'districtCode',
    'townCode',
    'resourceType',
    'freeStatus',
    'powerMode',
    'buildMode',
    'costCny',
    ...(Object.keys(resourceHeadersOf) as (keyof typeof resourceHeadersOf)[]), // its own keys
  ],
  demands: [
    'lon',
    'lat',
    'lonLat',
    'wkt',
    'districtCode',
    'townCode',
    'azimuthsDeg',
    ...(Object.keys(demandHeadersOf) as (keyof typeof demandHeadersOf)[]), // its own keys
  ],
};

/** A header's field, and how early it stands among the names of that field: the earliest wins. */
interface HeaderMeaning {
  readonly field: ImportField;
  readonly rank: number;
}

const meaningsOf = (table: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, HeaderMeaning> =>
  new Map(
    Object.entries(table).flatMap(([field, headers]) =>
      // keys of the tables are ImportField by their types
      headers.map((header, rank) => [header, { field: field as ImportField, rank }] as const),
    ),
  );
const meaningByHeader = meaningsOf(headersOf);
/** Kinds in which some headers mean something else. */
const meaningsOfKind: ReadonlyMap<TableKind, ReadonlyMap<string, HeaderMeaning>> = new Map([
  ['resources', new Map([...meaningByHeader, ...meaningsOf(resourceHeadersOf)])],
  ['demands', new Map([...meaningByHeader, ...meaningsOf(demandHeadersOf)])],
]);

/** The field each header stands for, in the order of the headers; every field at most once. */
export function recogniseHeaders(kind: TableKind, headers: readonly string[]): (ImportField | null)[] {
  const known = meaningsOfKind.get(kind) ?? meaningByHeader;
  const found = headers.map((header): HeaderMeaning | null => {
    const meaning = known.get(normaliseHeader(header)) ?? null;
    return meaning && fieldsOf[kind].includes(meaning.field) ? meaning : null;
  });
  const best = new Map<ImportField, number>();
  found.forEach((meaning, index) => {
    if (!meaning) return;
    const holder = best.get(meaning.field);
    if (holder === undefined || meaning.rank < (found[holder]?.rank ?? Number.MAX_SAFE_INTEGER))
      best.set(meaning.field, index);
  });
  return found.map((meaning, index) => (meaning && best.get(meaning.field) === index ? meaning.field : null));
}

/** The datum a position header names, if any: 百度 is BD-09, 高德 is GCJ-02, GPS is WGS 84. */
export function datumOfHeader(header: string): 'BD-09' | 'GCJ-02' | 'WGS84' | null {
  if (/百度|bd-?09/i.test(header)) return 'BD-09';
  if (/高德|腾讯|gcj-?02/i.test(header)) return 'GCJ-02';
  if (/gps|wgs-?84/i.test(header)) return 'WGS84';
  return null;
}

/** Whether a height column says it is in feet: `height_ft`, `Height (feet)`, 高度（英尺）. */
export const isFeetHeader = (header: string): boolean =>
  /英尺|呎|feet|foot|(?:^|[^a-z]|height)ft(?:[^a-z]|$)/i.test(header);

export function normaliseHeader(header: string): string {
  return header
    .normalize('NFKC')
    .replace(/[([{【<][^)\]}】>]*[)\]}】>]/g, '')
    .replace(/[\s_\-.*"']/g, '')
    .replace(/(?<=\p{Script=Han})\/?(?:m|米|元|万元)$/iu, '')
    .toLowerCase();
}
