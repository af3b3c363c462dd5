// Every refusal of the product: code, status, sentence and next move in Chinese and English. The first word of a code is
// the step of the walk. {placeholders} are filled from the values of the error.
import { PlanningError, type PlanningErrorCode } from '../engine/index.ts';
import { StoreError, type StoreErrorCode } from './store/store.ts';

export interface Sentence {
  readonly zh: string;
  readonly en: string;
}

export interface ErrorEntry {
  /** HTTP status; issues of an import carry 422. */
  readonly status: number;
  readonly message: Sentence;
  readonly hint: Sentence;
}

/** A value may differ by language, too. */
export type ErrorValues = Readonly<Record<string, string | number | Sentence>>;
export interface ErrorDetail {
  readonly path: string;
  readonly message: string;
}

const entry = (status: number, zh: string, en: string, hintZh: string, hintEn: string): ErrorEntry => ({
  status,
  message: { zh, en },
  hint: { zh: hintZh, en: hintEn },
});

const fixFile: readonly [string, string] = [
  '改正文件中的这一处后重新导入，或选择“只保留可用行”。',
  'Correct this place in the file and import it again, or choose to keep the usable rows.',
];
const doctor: readonly [string, string] = ['请运行：npm run doctor', 'Run: npm run doctor'];
const tellLog: readonly [string, string] = [
  '请把请求编号 {requestId} 交给管理员查日志。',
  'Give the request id {requestId} to whoever reads the log.',
];

export const errors = {
  // anything
  INTERNAL: entry(
    500,
    '服务内部出错，已记入日志。',
    'Something went wrong inside the service; it is in the log.',
    '请把请求编号 {requestId} 交给管理员查日志。',
    'Give the request id {requestId} to whoever reads the log.',
  ),
  SERVICE_BUSY: entry(
    503,
    '服务正忙，暂不接受新的请求。',
    'The service is busy and takes no more work right now.',
    '请稍候几秒再试。',
    'Try again in a few seconds.',
  ),

  // settings
  CONFIG_INVALID: entry(
    500,
    '设置 {key} 的值不合法：{found}。',
    'The setting {key} has a value that does not fit: {found}.',
    '应为：{expected}。说明见 .env.example。',
    'Expected: {expected}. See .env.example.',
  ),
  CONFIG_REMOTE_HOST: entry(
    500,
    'HOST={host} 会让其他机器访问本服务。',
    'HOST={host} would open this service to other machines.',
    '确实需要时请同时设置 ZHANZHI_ALLOW_REMOTE=1；否则使用 HOST=127.0.0.1。',
    'If that is meant, also set ZHANZHI_ALLOW_REMOTE=1; otherwise use HOST=127.0.0.1.',
  ),
  CONFIG_PORT_TAKEN: entry(
    500,
    '端口 {port} 已被占用。',
    'Port {port} is already in use.',
    '停止占用该端口的程序，或设置 PORT 为其他端口。',
    'Stop the program that holds it, or set PORT to another one.',
  ),

  // requests
  REQUEST_INVALID: entry(
    400,
    '请求内容不符合要求：{where}。',
    'The request does not have the expected shape: {where}.',
    '按 details 中的路径改正；接口说明见 /api/docs。',
    'Correct the paths named in details; the interface is described at /api/docs.',
  ),
  REQUEST_JSON: entry(
    400,
    '请求正文不是合法的 JSON。',
    'The request body is not valid JSON.',
    '检查引号、逗号与括号。',
    'Check quotes, commas and brackets.',
  ),
  REQUEST_BOX: entry(
    400,
    '范围 bbox 不合法：{found}。',
    'The bbox does not fit: {found}.',
    '按“西,南,东,北”给出四个度数，西<东，南<北。',
    'Give west,south,east,north in degrees with west < east and south < north.',
  ),
  REQUEST_TOO_LARGE: entry(
    413,
    '请求内容超过上限 {limit}。',
    'The request is larger than the limit of {limit}.',
    '拆分后再提交，或由管理员调高上限设置。',
    'Send it in parts, or have the limit raised in the settings.',
  ),
  REQUEST_TIMEOUT: entry(
    408,
    '请求没有在时限内发完。',
    'The request was not sent completely in time.',
    '检查网络后重试；大文件可由管理员调高 ZHANZHI_REQUEST_SECONDS。',
    'Check the network and try again; for large files have ZHANZHI_REQUEST_SECONDS raised.',
  ),
  REQUEST_HEADERS: entry(
    431,
    '请求头过大。',
    'The headers of the request are too large.',
    '清除本站的 Cookie 或缩短地址后重试。',
    'Clear the cookies of this site or shorten the address and try again.',
  ),
  REQUEST_MEDIA_TYPE: entry(
    415,
    '不支持这种内容类型：{found}。',
    'This content type is not accepted: {found}.',
    '提交数据用 application/json，上传文件用 multipart/form-data。',
    'Use application/json for data and multipart/form-data for files.',
  ),
  REQUEST_NOT_FOUND: entry(
    404,
    '没有这个地址：{path}。',
    'There is nothing at {path}.',
    '接口列表见 /api/docs。',
    'The list of addresses is at /api/docs.',
  ),
  REQUEST_ORIGIN: entry(
    403,
    '来自其他网站的写入请求被拒绝：{origin}。',
    'A write from another site was refused: {origin}.',
    '请在本服务自己的页面上操作。',
    'Use the pages of this service.',
  ),
  REQUEST_HOST: entry(
    403,
    '请求的主机名不是本服务：{host}。',
    'The host name of the request is not this service: {host}.',
    '用启动时打印的地址访问；远程访问需设置 ZHANZHI_ALLOW_REMOTE=1。',
    'Use the address printed at start; for remote use set ZHANZHI_ALLOW_REMOTE=1.',
  ),
  REQUEST_RATE: entry(
    429,
    '请求太频繁。',
    'Too many requests.',
    '请等待 {seconds} 秒后再试。',
    'Wait {seconds} seconds and try again.',
  ),
  REQUEST_REFUSED: entry(
    400,
    '请求无法处理。',
    'The request cannot be handled.',
    '接口说明见 /api/docs。',
    'The interface is described at /api/docs.',
  ),

  // areas and sites
  AREA_UNKNOWN: entry(
    404,
    '没有编号为“{id}”的区域。',
    'There is no area with the id "{id}".',
    '刷新区域列表后重新选择。',
    'Refresh the list of areas and choose again.',
  ),
  AREA_IN_USE: entry(
    409,
    '方案“{plan}”以这个区域为目标，不能删除。',
    'The plan "{plan}" was made for this area, so it cannot be deleted.',
    '先删除用到它的方案。',
    'Delete the plans made for it first.',
  ),
  ANTENNA_UNKNOWN: entry(
    404,
    '没有编号为“{id}”的天线文件。',
    'There is no antenna file with the id "{id}".',
    '刷新后重新选择，或重新上传天线文件。',
    'Refresh and choose again, or upload the antenna file again.',
  ),
  ANTENNA_IN_USE: entry(
    409,
    '方案“{plan}”用到这个天线文件，不能删除。',
    'The plan "{plan}" uses this antenna file, so it cannot be deleted.',
    '先删除用到它的方案。',
    'Delete the plans that use it first.',
  ),
  ANTENNA_FILE_TOO_LARGE: entry(
    413,
    '天线文件超过上限 {limit}。',
    'The antenna file is larger than the limit of {limit}.',
    '方向图文件通常只有几十 kB，确认选对了文件。',
    'A pattern file has some tens of kB; make sure that it is the right file.',
  ),
  AREA_GEOMETRY: entry(
    422,
    '区域图形不可用：{reason}。',
    'The shape of the area cannot be used: {reason}.',
    '重新绘制，边界不要交叉，首尾闭合。',
    'Draw it again without crossing borders and with closed rings.',
  ),
  SITE_UNKNOWN: entry(
    404,
    '没有编号为“{id}”的站址。',
    'There is no site with the id "{id}".',
    '刷新站址列表后重新选择。',
    'Refresh the list of sites and choose again.',
  ),
  DERIVE_NOTHING: entry(
    422,
    '所选区域内没有可推导站址的{missing}数据。',
    'The chosen areas hold no {missing} to derive sites from.',
    '先导入建筑物或道路。',
    'Import buildings or roads first.',
  ),

  // plans
  PLAN_UNKNOWN: entry(
    404,
    '没有编号为“{id}”的方案。',
    'There is no plan with the id "{id}".',
    '刷新方案列表后重新选择。',
    'Refresh the list of plans and choose again.',
  ),
  PLAN_NOT_DONE: entry(
    409,
    '方案尚未算完（当前状态：{state}）。',
    'The plan is not finished (its state is {state}).',
    '等方案完成后再试。',
    'Wait until the plan is done.',
  ),
  PLAN_LAYER_MISSING: entry(
    409,
    '这个方案由较早的版本算出，没有图层“{layer}”。',
    'This plan was made by an earlier version and has no layer "{layer}".',
    '用同样的设置重新计算一次方案。',
    'Plan again with the same settings.',
  ),
  PLAN_STILL_RUNNING: entry(
    409,
    '方案正在计算，不能删除。',
    'The plan is still being computed and cannot be deleted.',
    '先取消计算。',
    'Cancel it first.',
  ),
  PLAN_ALREADY_ENDED: entry(
    409,
    '方案已经结束（当前状态：{state}）。',
    'The plan has already ended ({state}).',
    '需要新结果时另建方案。',
    'Make a new plan if another result is wanted.',
  ),
  PLAN_NOT_RUNNING: entry(
    409,
    '方案还没有开始计算（当前状态：{state}）。',
    'The plan is not being computed yet ({state}).',
    '等它开始后再试，或直接取消。',
    'Try again when it has started, or cancel it.',
  ),
  PLAN_NO_CERTIFICATE: entry(
    404,
    '这个方案没有可供核对的界。',
    'This plan has no bound to check.',
    '它由较早的版本算出，或不需要价格；重算一次即可得到。',
    'An earlier version computed it, or its bound needs no prices; compute it again to get one.',
  ),
  PLAN_AREA_UNKNOWN: entry(
    422,
    '方案引用的区域不存在：{id}。',
    'The plan names an area that does not exist: {id}.',
    '刷新区域列表后重新选择。',
    'Refresh the list of areas and choose again.',
  ),
  PLAN_RULE_UNKNOWN: entry(
    422,
    '覆盖规则表中没有“{word}”。',
    'The coverage rule table has no "{word}".',
    '从 /api/coverage-rules 中选择。',
    'Choose one of /api/coverage-rules.',
  ),
  PLAN_BASE_UNKNOWN: entry(
    422,
    '所依据的方案不存在：{id}。',
    'The plan to start from does not exist: {id}.',
    '刷新方案列表后重新选择。',
    'Refresh the list of plans and choose again.',
  ),
  PLAN_QUEUE_FULL: entry(
    503,
    '排队的方案已达上限 {limit}。',
    'The queue already holds {limit} plans.',
    '等待其中一个完成，或取消不需要的方案。',
    'Wait for one to finish or cancel one that is not needed.',
  ),
  PLAN_TRIES_SPENT: entry(
    500,
    '方案被中断 {tries} 次后停止重试。',
    'The plan was interrupted {tries} times and is not tried again.',
    '查看日志；缩小区域或加大 ZHANZHI_PLAN_MEMORY_MB 后新建方案。',
    'Read the log; make a new plan with a smaller area or a larger ZHANZHI_PLAN_MEMORY_MB.',
  ),
  PLAN_OUT_OF_MEMORY: entry(
    422,
    '方案需要的内存超过 {limitMb} MB。',
    'The plan needs more memory than {limitMb} MB.',
    '缩小区域、加大栅格，或调高 ZHANZHI_PLAN_MEMORY_MB。',
    'Choose a smaller area or larger bins, or raise ZHANZHI_PLAN_MEMORY_MB.',
  ),
  PLAN_WORKER_FAILED: entry(
    500,
    '方案计算出错，已记入日志。',
    'Computing the plan failed; it is in the log.',
    '请把方案编号 {id} 交给管理员查日志。',
    'Give the plan id {id} to whoever reads the log.',
  ),
  PLAN_SITE_UNKNOWN: entry(
    404,
    '该方案的范围内没有编号为“{id}”的站址。',
    'This plan does not know a site with the id "{id}".',
    '在地图或列表中重新选择。',
    'Choose again on the map or in the list.',
  ),
  PLAN_INPUT_BYTES: entry(
    422,
    '方案输入数据不完整或不是本版本写出的。',
    'The plan input is incomplete or was not written by this version.',
    '重新从服务获取。',
    'Fetch it from the service again.',
  ),

  // engine
  GRID_AREA_EMPTY: entry(
    422,
    '区域内没有可以计算的地面。',
    'The areas hold no ground to plan for.',
    '检查区域是否过小，或全部落在水域内；按人口或道路里程计时，还要检查区域内有没有人口或公共道路数据。',
    'Check whether the areas are tiny or lie wholly in water, and, when people or roads count, whether any are known there.',
  ),
  GRID_TOO_LARGE: entry(
    422,
    '区域按此栅格划分过大（上限 2000 万格）。',
    'The areas hold too many bins at this bin size (the limit is 20 million).',
    '加大栅格边长，或分成几个方案。',
    'Choose larger bins or split the areas into several plans.',
  ),
  GRID_AREA_TOO_WIDE: entry(
    422,
    '区域横跨太宽，一个投影带放不下。',
    'The areas are too wide for one map zone.',
    '按东西方向分成几个方案。',
    'Split them into several plans from west to east.',
  ),
  COVERAGE_PROFILE_UNKNOWN: entry(
    422,
    '没有这个设备配置。',
    'There is no such equipment profile.',
    '从 /api/profiles 中选择。',
    'Choose one of /api/profiles.',
  ),
  COVERAGE_SITE_HEIGHT: entry(
    422,
    '站址的挂高无法用于传播模型。',
    'A site has an antenna height the propagation model cannot use.',
    '把挂高改到 1.5 至 150 米之间。',
    'Give it a height between 1.5 and 150 m.',
  ),
  COVERAGE_TOO_LARGE: entry(
    422,
    '覆盖计算约需 {needMb} MB 内存，只允许用 {haveMb} MB。',
    'The coverage would take about {needMb} MB of memory; {haveMb} MB are allowed.',
    '加大栅格边长、缩小区域、减少候选站址，或调高 ZHANZHI_PLAN_MEMORY_MB。',
    'Choose larger bins, a smaller area or fewer candidates, or raise ZHANZHI_PLAN_MEMORY_MB.',
  ),
  COVERAGE_NO_SITES: entry(
    422,
    '区域及其周围没有任何站址。',
    'There are no sites in or around the areas.',
    '先导入站址，或从建筑物和道路推导候选站址。',
    'Import sites first, or derive candidates from buildings and roads.',
  ),
  COVERAGE_RECEIVER_FAR: entry(
    422,
    '接收点离站址 {distanceM} 米，超出可计算的 {mostM} 米。',
    'The receiver is {distanceM} m away from the site, beyond the {mostM} m that can be computed.',
    '在站址周围重新选择接收点。',
    'Choose a receiver closer to the site.',
  ),
  COVERAGE_RECEIVER_NEAR: entry(
    422,
    '接收点就在天线脚下，画不出路径剖面。',
    'The receiver stands right under the antenna: there is no path to draw.',
    '选择离站址至少 {leastM} 米的接收点。',
    'Choose a receiver at least {leastM} m away from the site.',
  ),
  COVERAGE_ANTENNA_EMPTY: entry(
    422,
    '天线方向图文件是空的。',
    'The antenna pattern file is empty.',
    '检查导出是否成功，或从设备厂家重新获取 MSI/PLN 文件。',
    'Check the export that made it, or get the MSI or PLN file from the maker again.',
  ),
  COVERAGE_ANTENNA_NO_GAIN: entry(
    422,
    '天线方向图文件没有 GAIN 行。',
    'The antenna pattern file has no GAIN line.',
    '补上一行增益，例如：GAIN 17.0 dBi。',
    'Add a line with the gain, for example: GAIN 17.0 dBi.',
  ),
  COVERAGE_ANTENNA_NUMBER: entry(
    422,
    '天线方向图文件第 {line} 行应为数字：{found}。',
    'Line {line} of the antenna pattern file should hold numbers: {found}.',
    '每行写角度与损耗两个数，用空格隔开，例如：12 3.5。',
    'Write an angle and a loss per line with a space between them, for example: 12 3.5.',
  ),
  COVERAGE_ANTENNA_CUT_SHORT: entry(
    422,
    '天线方向图的 {keyword} 切面不完整：应有 {expected} 行，只有 {found} 行（到第 {line} 行为止）。',
    'The {keyword} cut of the antenna pattern is incomplete: {expected} lines expected, {found} found (up to line {line}).',
    '文件可能被截断，请重新获取完整文件。',
    'The file was probably cut off; get the complete file again.',
  ),
  COVERAGE_ANTENNA_ANGLE_REPEATED: entry(
    422,
    '{keyword} 切面的角度 {angleDeg}° 出现两次且数值不同，已取前一个。',
    'The {keyword} cut holds {angleDeg}° twice with different values; the first was taken.',
    '核对该角度的数值（第 {line} 行）。',
    'Check the value at this angle (line {line}).',
  ),
  COVERAGE_ANTENNA_ANGLE_GAP: entry(
    422,
    '{keyword} 切面有 {gapDeg}° 没有数值，已按直线补齐。',
    'The {keyword} cut has no values over {gapDeg}°; a straight line was drawn across.',
    '使用覆盖整个圆周的方向图文件。',
    'Use a pattern file that goes all the way round.',
  ),
  COVERAGE_ANTENNA_ABOVE_PEAK: entry(
    422,
    '{keyword} 切面有 {count} 个数值高于最大增益，已按 0 dB 计。',
    'The {keyword} cut has {count} values above the peak gain; they count as 0 dB.',
    '确认损耗是相对最大增益的正 dB 值。',
    'Make sure that losses are positive dB below the peak.',
  ),
  COVERAGE_ANTENNA_NEGATIVE: entry(
    422,
    '{keyword} 切面写的是负增益而不是正损耗，已取反。',
    'The {keyword} cut is written as negative gains, not as losses; the sign was turned.',
    '核对方向图是否正确。',
    'Check that the pattern looks right.',
  ),
  COVERAGE_ANTENNA_LIKELY_DBI: entry(
    422,
    '增益 {gain} 没有写单位，按 dBd 计；这个数值更像 dBi。',
    'The gain {gain} has no unit and counts as dBd; a value this high is more likely dBi.',
    '在 GAIN 行写明 dBi 或 dBd，或读入时选择单位。',
    'Write dBi or dBd in the GAIN line, or choose the unit when reading the file.',
  ),
  COVERAGE_ANTENNA_UPSIDE_DOWN: entry(
    422,
    '垂直切面上下颠倒：最大值在 {angleDeg}°，已翻转。',
    'The vertical cut is upside down: its peak lies at {angleDeg}°; it was turned over.',
    '有下倾角的天线，最大值应在 0° 到 20° 之间；请与厂家核对。',
    'The peak of a tilted antenna lies between 0° and 20°; check it with the maker.',
  ),
  SELECTION_SHARE_RANGE: entry(
    422,
    '目标覆盖率应在 0 与 1 之间。',
    'The target share must lie between 0 and 1.',
    '例如 0.95 表示 95 %。',
    'For example 0.95 for 95 %.',
  ),
  SELECTION_BUDGET_RANGE: entry(
    422,
    '预算或数量上限不合法。',
    'The budget or the count limit does not fit.',
    '填写不小于 0 的整数，或留空表示不限；锁定的站址也要放得下。',
    'Give a whole number from 0, or leave it empty for no limit; locked sites must fit into it.',
  ),
  SELECTION_LOCK_CONFLICT: entry(
    422,
    '有站址同时被锁定和排除。',
    'A site is both locked and refused.',
    '从其中一个名单里去掉它。',
    'Take it out of one of the two lists.',
  ),
  SELECTION_EXACT_TOO_LARGE: entry(
    422,
    '精确求解的模型太大：化简后仍有 {sites} 个候选站址、{nonzeros} 个系数，上限为 {limit}。',
    'The model is too large for an exact answer: {sites} candidates and {nonzeros} entries after reduction, {limit} at the most.',
    '缩小区域或减少候选；也可以不用精确模式，改用带证明的搜索。',
    'Take a smaller area or fewer candidates, or leave exact mode: the search comes with its own proof of quality.',
  ),
  SELECTION_MATRIX_EMPTY: entry(
    422,
    '{file} 没有数据行。',
    '{file} has no rows of data.',
    '第一行为列名，其后每行一条记录。',
    'The first line names the columns; each line after it is one record.',
  ),
  SELECTION_MATRIX_ENCODING: entry(
    422,
    '{file} 不是 UTF-8 编码。',
    '{file} is not UTF-8.',
    '另存为 UTF-8 的 CSV。',
    'Save it as CSV in UTF-8.',
  ),
  SELECTION_MATRIX_COLUMNS: entry(
    422,
    '{file} 缺少列 {column}；找到的列：{found}。',
    '{file} has no column {column}; it has: {found}.',
    '覆盖表需要 site,bin[,weight]；站址表需要 site[,cost,district,…]；每个列名只出现一次。',
    'The coverage table needs site,bin[,weight], the table of sites site[,cost,district,…], each name once.',
  ),
  SELECTION_MATRIX_ROW: entry(
    422,
    '{file} 第 {line} 行不完整或引号不配对：{found}',
    '{file}, line {line}: the row is incomplete or its quotes do not match: {found}',
    '每行的字段数应与列名相同，编号不能为空。',
    'Each row needs as many fields as there are columns, and no empty id.',
  ),
  SELECTION_MATRIX_NUMBER: entry(
    422,
    '{file} 第 {line} 行，{column}：“{found}” 不是可用的数。',
    '{file}, line {line}, {column}: "{found}" is not a number that fits.',
    '权重与造价为不小于 0 的数；坐标为数。',
    'Weights and costs are numbers from 0; positions are numbers.',
  ),
  SELECTION_MATRIX_TWICE: entry(
    422,
    '{file} 第 {line} 行与第 {first} 行重复：{found}。',
    '{file}: line {line} repeats line {first}: {found}.',
    '删去其中一行。',
    'Take one of the two lines out.',
  ),
  SELECTION_MATRIX_WEIGHT: entry(
    422,
    '{file} 第 {line} 行：栅格 {bin} 的权重 {found} 与前面的 {expected} 不同。',
    '{file}, line {line}: bin {bin} has the weight {found}, before it had {expected}.',
    '同一栅格在每一行写同一个权重。',
    'Give a bin the same weight in each of its rows.',
  ),
  SELECTION_MATRIX_SITE: entry(
    422,
    '{file} 第 {line} 行的站址 {site} 不在站址表中。',
    '{file}, line {line}: the site {site} is not in the table of sites.',
    '在站址表中补上这个站址，或删去这一行。',
    'Add the site to the table of sites, or take the line out.',
  ),
  SELECTION_MATRIX_DIGITS: entry(
    422,
    '{column} 的数值太大，无法精确求和。',
    'The numbers of {column} are too large for exact sums.',
    '换用更大的单位，例如万元、千人。',
    'Use a larger unit, such as thousands.',
  ),
  SELECTION_MATRIX_ROUNDED: entry(
    422,
    '{column} 的小数位太多，已舍入到小数点后 {digits} 位。',
    'The numbers of {column} have more digits than exact sums can carry; they were rounded to {digits} behind the point.',
    '比例与证明按舍入后的数值计算；需要时请先自行舍入。',
    'Shares and proof are of the rounded numbers; round them before if that matters.',
  ),
  SELECTION_MATRIX_QUOTA: entry(
    422,
    '限额 {quota} 没有对应的站址：{column} 列中没有这个值，或没有这一列。',
    'No site fits the quota {quota}: the column {column} has no such value, or there is no such column.',
    '核对站址表的 {column} 列。',
    'Look at the column {column} of the table of sites.',
  ),
  SELECTION_MATRIX_PLACES: entry(
    422,
    '间距规则需要坐标，站址表没有 east,north 或 lon,lat 列。',
    'A spacing rule needs places; the table of sites has no columns east,north or lon,lat.',
    '补上坐标列，或去掉 --spacing。',
    'Add the columns, or leave --spacing out.',
  ),
  SELECTION_AREA_UNKNOWN: entry(
    422,
    '方案里没有目标区域 {areaId}，不能为它单独设目标。',
    'Area {areaId} is not part of the plan, so it cannot have a share of its own.',
    '把该区域加入方案，或去掉它的单独目标。',
    'Add the area to the plan, or drop its share.',
  ),
  SELECTION_QUOTA_UNKNOWN: entry(
    422,
    '没有候选站址符合限额 {by}={value}。',
    'No candidate meets the quota {by}={value}.',
    '核对名称或代码；例如区划代码应与站址上的一致。',
    'Compare the name or code with those of the sites, for example the district code.',
  ),
  SELECTION_COST_RANGE: entry(
    422,
    '站址 {siteId} 的造价不合法：{cost}。',
    'The cost of site {siteId} does not fit: {cost}.',
    '造价应为不小于 0 的整数（元）。',
    'Give a whole number of yuan from 0.',
  ),
  SELECTION_WEIGHT_RANGE: entry(
    422,
    '目标 {targetId} 中第 {bin} 个栅格的权重为负：{weight}。',
    'Bin {bin} of target {targetId} has a negative weight: {weight}.',
    '权重应为不小于 0 的整数。',
    'Give a whole number from 0.',
  ),
  SELECTION_SITE_TWICE: entry(
    422,
    '站址 {siteId} 出现了两次。',
    'Site {siteId} appears twice.',
    '每个站址只列一次；同一位置的不同配置要用不同的编号。',
    'List every site once; several configurations of one place need ids of their own.',
  ),
  SELECTION_SITES_EMPTY: entry(
    422,
    '没有可供选择的站址。',
    'There are no sites to choose from.',
    '先导入或生成候选站址。',
    'Import or derive candidate sites first.',
  ),
  SELECTION_SPACING_RANGE: entry(
    422,
    '站址 {siteId} 的最小间距不合法：{spacingM} 米。',
    'The least spacing of site {siteId} does not fit: {spacingM} m.',
    '间距应为不小于 0 的米数；0 表示不受限制。',
    'Give metres from 0; 0 means exempt.',
  ),
  SELECTION_QUOTA_LOCKED: entry(
    422,
    '锁定的站址 {siteId} 违反了自己的规则（{rule}：{with}）。',
    'The locked site {siteId} breaks a rule by itself ({rule}: {with}).',
    '解除其中一个锁定，或放宽这条规则。',
    'Unlock one of the sites, or relax the rule.',
  ),
  SELECTION_GROUP_LEAST: entry(
    422,
    '分组 {groupId} 至少要 {leastSites} 个站址，但最多只能有 {possible} 个。',
    'Group {groupId} asks for at least {leastSites} sites, but can have {possible} at the most.',
    '降低下限，提高上限，或增加该组的候选站址。',
    'Lower the least, raise the most, or add candidates to the group.',
  ),
  SELECTION_GROUP_RANGE: entry(
    422,
    '分组 {groupId} 的限额 {limit} 不合法：{value}。',
    'The limit {limit} of group {groupId} does not fit: {value}.',
    '填写不小于 0 的整数，或留空表示不限。',
    'Give a whole number from 0, or leave it empty for no limit.',
  ),
  SELECTION_GROUP_UNKNOWN: entry(
    422,
    '分组 {groupId} 里有不存在的站址：{site}。',
    'Group {groupId} names a site that does not exist: {site}.',
    '核对分组与站址名单。',
    'Compare the group with the list of sites.',
  ),
  SELECTION_CERTIFICATE: entry(
    422,
    '证明文件与当前数据不符：{what} 为 {found}。',
    'The certificate does not belong to this input: {what} is {found}.',
    '用写出证明时的同一批文件和选项核对。',
    'Check it with the same files and options it was written with.',
  ),
  SELECTION_PHASE_EMPTY: entry(
    422,
    '没有任何建设年度。',
    'There are no years to plan.',
    '至少给出一个年度及其目标、数量或投资。',
    'Give one year at least, with its shares, counts or money.',
  ),
  SELECTION_PHASES_ORDER: entry(
    422,
    '{year} 年度的 {what} 低于 {before} 年度；各年数值应为累计值。',
    'The {what} of {year} is below that of {before}; all values are cumulative.',
    '填写从第一年累计到当年年底的数值，不得逐年下降。',
    'Give values counted from the first year to the end of each year; they never fall.',
  ),
  SELECTION_PHASE_DEMOLISHED: entry(
    422,
    '{year} 年度计划拆除的站址 {siteId} 不是现存站址，或已在更早年度拆除。',
    'Site {siteId}, to be removed in {year}, does not stand then.',
    '只能拆除现存站址，每个站址只列一次。',
    'Only existing stations can be removed, each once.',
  ),
  SELECTION_PHASE_IMPORTANCE: entry(
    422,
    '{year} 年度的重要程度不合法：{importance}。',
    'The importance of {year} does not fit: {importance}.',
    '填写不小于 0 的数；1 表示各年同等重要。',
    'Give a number from 0; 1 for all years makes them equal.',
  ),

  // reviews
  REVIEW_REASON_MISSING: entry(
    422,
    '退回或不同意必须填写原因。',
    'Returning or refusing a row needs a reason.',
    '选择一个原因后再提交。',
    'Choose a reason and send it again.',
  ),
  REVIEW_SITE_NOT_IN_PLAN: entry(
    422,
    '站址“{siteId}”不是该方案的入选站址。',
    'The site "{siteId}" is not a row of this plan.',
    '只能对方案清单中的站址作出意见。',
    'Only rows of the plan can be reviewed.',
  ),
  REVIEW_NOT_ALLOWED: entry(
    422,
    '不能这样更改意见（{reason}）。',
    'The judgement cannot be changed like this ({reason}).',
    '刷新后查看该站址的最新意见。',
    'Refresh and look at the latest judgement of this site.',
  ),

  // store
  STORE_LOCKED: entry(
    503,
    '数据目录正被另一个进程使用。',
    'Another process is using the data folder.',
    '先停止另一个服务，或用 ZHANZHI_DATA 指定其他目录。',
    'Stop the other service first, or set ZHANZHI_DATA to another folder.',
  ),
  STORE_OPEN_FAILED: entry(503, '内置数据库没有启动。', 'The embedded database did not start.', ...doctor),
  STORE_UNREACHABLE: entry(
    503,
    '连接不上数据库。',
    'The database cannot be reached.',
    '检查 DATABASE_URL 与数据库是否运行；请运行：npm run doctor',
    'Check DATABASE_URL and whether the database runs; run: npm run doctor',
  ),
  STORE_POSTGIS_MISSING: entry(
    503,
    '数据库可用，但没有 PostGIS 扩展。',
    'The database answers, but the PostGIS extension is not there.',
    ...doctor,
  ),
  STORE_SCHEMA_NEWER: entry(
    503,
    '数据库是由更新的版本建立的。',
    'The database was made by a newer version.',
    '升级本服务，或换一个数据目录。',
    'Upgrade this service or use another data folder.',
  ),
  STORE_SCHEMA_CHANGED: entry(
    503,
    '数据库结构与本版本不一致。',
    'The structure of the database differs from this version.',
    '恢复原有的迁移文件，或换一个数据目录。',
    'Restore the original migrations or use another data folder.',
  ),
  STORE_GONE: entry(
    503,
    '数据库连接中断，正在恢复。',
    'The database went away and is being reopened.',
    '请稍候几秒再试。',
    'Try again in a few seconds.',
  ),
  STORE_CLOSED: entry(
    503,
    '数据库已关闭，服务正在停止。',
    'The database is closed; the service is stopping.',
    '服务重新启动后再试。',
    'Try again after the service has started.',
  ),
  STORE_DEADLINE: entry(
    503,
    '数据库没有在时限内完成。',
    'The database did not finish in time.',
    '缩小查询范围后重试。',
    'Try again with a smaller range.',
  ),
  STORE_BUSY: entry(
    503,
    '数据库正忙。',
    'The database is busy.',
    '请稍候几秒再试。',
    'Try again in a few seconds.',
  ),
  STORE_NESTED: entry(
    500,
    '数据库用法有误，已记入日志。',
    'The database was used wrongly; it is in the log.',
    ...tellLog,
  ),
  STORE_SILENT_FAILURE: entry(
    503,
    '数据库语句没有完成，已撤销。',
    'A database statement did not complete and was undone.',
    '请重试；再次出现时请运行 npm run doctor。',
    'Try again; if it comes back run: npm run doctor',
  ),
  STORE_CONFLICT: entry(
    409,
    '同一数据正被另一操作修改，或编号已存在。',
    'Another action changed the same data, or the code is taken.',
    '刷新后重试。',
    'Refresh and try again.',
  ),
  STORE_CONSTRAINT: entry(
    422,
    '数据不符合数据库的约束。',
    'The data breaks a rule of the database.',
    '检查图形是否有效、取值是否合理。',
    'Check for invalid shapes and implausible values.',
  ),
  STORE_VALUE: entry(
    422,
    '数据库不接受其中一个值。',
    'The database does not accept one of the values.',
    '检查数字与文字的取值范围。',
    'Check the range of numbers and texts.',
  ),
  STORE_GEOMETRY: entry(
    422,
    '数据库无法处理这个图形。',
    'The database cannot handle this shape.',
    '检查边界是否交叉、坐标是否正确。',
    'Check for crossing borders and wrong positions.',
  ),
  STORE_LIMIT: entry(
    422,
    '数据过深或过大，数据库无法处理。',
    'The data is too deep or too large for the database.',
    '简化或拆分后重试。',
    'Simplify or split it and try again.',
  ),
  STORE_RETRY: entry(
    503,
    '与另一操作冲突，没有完成。',
    'Another action got in the way; nothing was changed.',
    '请重试。',
    'Try again.',
  ),
  STORE_FULL: entry(
    507,
    '磁盘空间不足，无法保存。',
    'There is no room left on the disk.',
    '清理磁盘后重试，现有数据仍可读取。',
    'Make room and try again; stored data can still be read.',
  ),
  STORE_FORBIDDEN: entry(503, '数据库账号权限不足。', 'The database account lacks a right.', ...doctor),
  STORE_SQL: entry(
    500,
    '数据库语句有误，已记入日志。',
    'A database statement is wrong; it is in the log.',
    ...tellLog,
  ),
  STORE_INTERNAL: entry(
    500,
    '数据库内部出错，已记入日志。',
    'The database failed inside; it is in the log.',
    ...tellLog,
  ),

  // imports: the file
  IMPORT_FILE_MISSING: entry(
    400,
    '请求中没有文件。',
    'The request holds no file.',
    '用 multipart/form-data 的 file 字段上传一个文件。',
    'Send one file in the field "file" of multipart/form-data.',
  ),
  IMPORT_FILE_FORM: entry(
    400,
    '上传的表单不完整，或不是恰好一个文件。',
    'The uploaded form is incomplete, or does not hold exactly one file.',
    '用 multipart/form-data 的 file 字段上传一个文件，其余参数写在地址中。',
    'Send one file in the field "file" of multipart/form-data, and everything else in the address.',
  ),
  IMPORT_FILE_EMPTY: entry(
    422,
    '文件是空的。',
    'The file is empty.',
    '检查导出是否成功。',
    'Check the export that made it.',
  ),
  IMPORT_NO_ROWS: entry(
    422,
    '文件中没有数据行。',
    'The file holds no rows.',
    '检查导出时的筛选条件；CSV 表头之后应有数据，GeoJSON 的 features 不应为空。',
    'Check the filters of the export; data must follow the CSV header, and GeoJSON needs features.',
  ),
  IMPORT_FILE_TOO_LARGE: entry(
    413,
    '文件超过上限 {limit}。',
    'The file is larger than the limit of {limit}.',
    '拆分文件，或由管理员调高 ZHANZHI_UPLOAD_MB。',
    'Split the file, or have ZHANZHI_UPLOAD_MB raised.',
  ),
  IMPORT_FORMAT_UNKNOWN: entry(
    422,
    '无法识别文件格式。',
    'The format of the file was not recognised.',
    '使用 GeoJSON（.geojson、.json）或 CSV（.csv、.txt）。',
    'Use GeoJSON (.geojson, .json) or CSV (.csv, .txt).',
  ),
  IMPORT_ENCODING: entry(
    422,
    '文字编码既不是 UTF-8 也不是 GB18030。',
    'The text is neither UTF-8 nor GB18030.',
    '另存为 UTF-8 编码后再导入。',
    'Save it as UTF-8 and import again.',
  ),
  IMPORT_JSON: entry(
    422,
    '文件不是合法的 JSON。',
    'The file is not valid JSON.',
    '检查文件是否完整：{found}。',
    'Check that the file is complete: {found}.',
  ),
  IMPORT_JSON_DEPTH: entry(
    422,
    'JSON 嵌套超过 {limit} 层。',
    'The JSON is nested deeper than {limit} levels.',
    ...fixFile,
  ),
  IMPORT_GEOJSON_TYPE: entry(
    422,
    '文件是 JSON，但不是 GeoJSON 要素集合。',
    'The file is JSON but not a GeoJSON feature collection.',
    '最外层的 type 应为 FeatureCollection 并含 features。',
    'The outermost type must be FeatureCollection with features.',
  ),
  IMPORT_CSV_BROKEN: entry(
    422,
    'CSV 在第 {line} 行处无法继续读取。',
    'The CSV cannot be read on from line {line}.',
    '检查该行的引号是否成对。',
    'Check that quotes on this line come in pairs.',
  ),
  IMPORT_CSV_COLUMNS: entry(
    422,
    '这一行的列数与表头不同。',
    'This row has another number of cells than the header.',
    ...fixFile,
  ),
  IMPORT_POSITION_COLUMNS: entry(
    422,
    '没有找到经纬度或 WKT 列。',
    'No longitude and latitude columns or WKT column were found.',
    '把列名改为 经度、纬度（点）或 WKT（线、面）。',
    'Name the columns lon, lat (points) or wkt (lines and areas).',
  ),
  IMPORT_TOO_MANY_ROWS: entry(
    422,
    '文件行数超过上限 {limit}。',
    'The file holds more rows than the limit of {limit}.',
    '拆分成几个文件导入。',
    'Split it into several files.',
  ),
  IMPORT_TOO_MANY_VERTICES: entry(
    422,
    '图形顶点数超过上限 {limit}。',
    'The shape has more vertices than the limit of {limit}.',
    '简化图形后再导入。',
    'Simplify the shape and import again.',
  ),
  IMPORT_TIMEOUT: entry(
    422,
    '读取文件超过 {seconds} 秒，已停止。',
    'Reading the file took longer than {seconds} seconds and was stopped.',
    '拆分文件后再导入。',
    'Split the file and import again.',
  ),
  IMPORT_READER_FAILED: entry(
    422,
    '读取文件时超出内存上限或异常结束。',
    'Reading the file ran out of memory or ended abnormally.',
    '拆分文件后再导入；再次出现请查看日志。',
    'Split the file and import again; if it comes back, read the log.',
  ),
  IMPORT_DEFAULT_TYPE: entry(
    400,
    '默认资源类型不存在：{found}。',
    'The default resource type does not exist: {found}.',
    '从 /api/resource-types 中选择。',
    'Choose one of /api/resource-types.',
  ),
  IMPORT_UNKNOWN: entry(
    404,
    '没有编号为“{id}”的导入记录。',
    'There is no import with the id "{id}".',
    '刷新导入列表后重新选择。',
    'Refresh the list of imports and choose again.',
  ),

  // imports: rasters
  IMPORT_RASTER_FORMAT: entry(
    422,
    '这不是栅格文件。',
    'This is not a raster file.',
    '地形、人口、地物栅格用 GeoTIFF（.tif、.tiff）；地形还可以用 SRTM（.hgt）。压缩包请先解压。',
    'Terrain, population and clutter come as GeoTIFF (.tif, .tiff), terrain also as SRTM (.hgt). Unpack archives first.',
  ),
  IMPORT_RASTER_KIND: entry(
    422,
    '这是栅格文件（TIFF），而所选种类需要 GeoJSON 或 CSV。',
    'This is a raster (TIFF), but the chosen kind needs GeoJSON or CSV.',
    '改选种类：地形、人口栅格或地物类型。',
    'Choose another kind: terrain, population or clutter.',
  ),
  IMPORT_RASTER_NO_CRS: entry(
    422,
    '栅格没有写明坐标系或位置。',
    'The raster does not say its coordinate system or where it lies.',
    '用 gdal_edit.py -a_srs EPSG:代码 文件（缺位置时加 -a_ullr）写入，或导出时带上坐标系。',
    'Write it in with gdal_edit.py -a_srs EPSG:CODE FILE (-a_ullr for the position), or export it with its coordinate system.',
  ),
  IMPORT_RASTER_CRS_UNKNOWN: entry(
    422,
    '不支持栅格的坐标系 {found}。',
    'The coordinate system {found} of the raster is not supported.',
    '先转换：gdalwarp -t_srs EPSG:4490 输入 输出。支持 WGS 84、CGCS2000 的经纬度、UTM 与高斯-克吕格 3°、6° 带。',
    'Convert it first: gdalwarp -t_srs EPSG:4490 IN OUT. Supported: degrees, UTM and 3°/6° Gauss-Krüger of WGS 84 and CGCS2000.',
  ),
  IMPORT_RASTER_TOO_LARGE: entry(
    422,
    '栅格有 {found} 个像元，超过上限 {limit}。',
    'The raster has {found} cells, more than the limit of {limit}.',
    '裁剪到规划范围（gdal_translate -projwin），或降低分辨率（gdal_translate -outsize 50% 50%）。',
    'Cut it to the planned ground (gdal_translate -projwin) or make it coarser (gdal_translate -outsize 50% 50%).',
  ),
  IMPORT_RASTER_BROKEN: entry(
    422,
    '栅格文件不完整或已损坏（{reason}）。',
    'The raster file is cut off or damaged ({reason}).',
    '重新下载或导出；用 gdalinfo -checksum 文件 检查。',
    'Fetch or export it again; gdalinfo -checksum FILE tells whether it can be read.',
  ),
  IMPORT_RASTER_COMPRESSION: entry(
    422,
    '不支持栅格的压缩方式（编号 {found}）。',
    'The packing of the raster (number {found}) is not supported.',
    '先转换：gdal_translate -co COMPRESS=DEFLATE 输入 输出。',
    'Convert it first: gdal_translate -co COMPRESS=DEFLATE IN OUT.',
  ),
  IMPORT_RASTER_ROTATED: entry(
    422,
    '栅格是旋转或镜像的。',
    'The raster is rotated or mirrored.',
    '先转正：gdalwarp -t_srs EPSG:4490 输入 输出。',
    'Put it upright first: gdalwarp -t_srs EPSG:4490 IN OUT.',
  ),
  IMPORT_RASTER_POSITION: entry(
    422,
    '按文件的坐标系，栅格落在地球之外（{found}）。',
    'By its coordinate system the raster lies outside the world ({found}).',
    '坐标系可能写错：用 gdalinfo 检查，用 gdal_edit.py -a_srs 更正。',
    'The coordinate system may be wrong: look with gdalinfo, correct it with gdal_edit.py -a_srs.',
  ),
  IMPORT_RASTER_ALL_HOLES: entry(
    422,
    '栅格的 {found} 个像元都没有有效值。',
    'None of the {found} cells of the raster holds a usable value.',
    '检查无数据值（NoData）、单位与波段。',
    'Check the no-data value, the unit and the band.',
  ),
  IMPORT_RASTER_DATUM: entry(
    422,
    '栅格不能按 {datum} 导入：偏移后的像元不再成网格。',
    'A raster cannot be imported as {datum}: shifted cells make no lattice.',
    '坐标系改选 CGCS2000 或 WGS84；栅格文件自己写明坐标系。',
    'Choose CGCS2000 or WGS84; a raster file states its own coordinate system.',
  ),
  IMPORT_HGT_NAME: entry(
    422,
    'SRTM 文件名应给出西南角，如 N31E121.hgt。',
    'The name of an SRTM file must give its south-western corner, such as N31E121.hgt.',
    '改回原来的文件名后再导入。',
    'Give the file its original name and import again.',
  ),
  IMPORT_HGT_SIZE: entry(
    422,
    'SRTM 文件有 {found} 字节，应为 1201² 或 3601² 个 16 位数。',
    'The SRTM file has {found} bytes; 1201² or 3601² numbers of 16 bits are expected.',
    '文件可能没有下载完整，请重新下载。',
    'It may be cut off; fetch it again.',
  ),
  IMPORT_RASTER_BANDS: entry(
    422,
    '文件有 {found} 个波段，只取第一个。',
    'The file has {found} bands; the first one was taken.',
    '若需要其他波段：gdal_translate -b 编号 输入 输出。',
    'For another one: gdal_translate -b NUMBER IN OUT.',
  ),
  IMPORT_RASTER_HOLES: entry(
    422,
    '{cells} 个像元中有 {holes} 个没有高程，规划时取最近的已知高程。',
    '{holes} cells of {cells} have no height; plans take the nearest known one.',
    '需要准确时用 gdal_fillnodata.py 补洞，或换用其他来源。',
    'Fill them with gdal_fillnodata.py or take another source where it matters.',
  ),
  IMPORT_RASTER_FEET: entry(
    422,
    '高程单位是 {unit}，已换算为米。',
    'The heights are in {unit}; they were converted to metres.',
    '若单位标错，请更正文件后重新导入。',
    'If the unit is stated wrongly, correct the file and import again.',
  ),
  IMPORT_RASTER_HEIGHT_RANGE: entry(
    422,
    '{count} 个像元的高程不合理，按无数据处理。',
    '{count} cells hold heights no ground has; they were taken for unknown.',
    '检查无数据值（如 -9999）和单位（厘米、分米）。',
    'Check the no-data value (such as -9999) and the unit (centimetres, decimetres).',
  ),
  IMPORT_CLUTTER_CODES: entry(
    422,
    '有不认识的地物代码：{found}，按未知处理。',
    'There are clutter codes that are not known: {found}; they count as unknown.',
    '使用本产品代码 1 至 8，或 ESA WorldCover 代码 10 至 100。',
    'Use the codes 1 to 8 of this product, or 10 to 100 of ESA WorldCover.',
  ),
  IMPORT_CLUTTER_HOLES: entry(
    422,
    '{cells} 个像元中有 {holes} 个没有地物类型。',
    '{holes} cells of {cells} have no clutter class.',
    '规划时这些地面按空地处理。',
    'Plans take that ground for open.',
  ),
  IMPORT_POPULATION_VALUES: entry(
    422,
    '{count} 个像元的人数为负或大得不合理，未计入。',
    '{count} cells hold negative or impossible numbers of people and were left out.',
    '检查无数据值是否写入文件。',
    'Check that the file states its no-data value.',
  ),
  IMPORT_POPULATION_MIDDLES: entry(
    422,
    '有人的像元较多（{found} 个），人口放在像元中心，不在像元内分散。',
    'Many cells ({found}) hold people; they stand at the middle of their cell instead of spread over it.',
    '裁剪到规划范围后导入即可分散。',
    'Cut the raster to the planned ground to have them spread.',
  ),
  RASTER_UNKNOWN: entry(
    404,
    '没有编号为“{id}”的栅格。',
    'There is no raster with the id "{id}".',
    '刷新后重新选择。',
    'Refresh and choose again.',
  ),

  // imports: one row
  IMPORT_GEOMETRY_MISSING: entry(422, '这一行没有图形。', 'This row has no geometry.', ...fixFile),
  IMPORT_GEOMETRY_STRUCTURE: entry(
    422,
    '图形结构不合法：{reason}。',
    'The structure of the geometry is wrong: {reason}.',
    ...fixFile,
  ),
  IMPORT_GEOMETRY_KIND: entry(
    422,
    '图形类型与导入种类不符。',
    'This kind of import needs another type of geometry.',
    '检查导入种类是否选对。',
    'Check that the right kind of import was chosen.',
  ),
  IMPORT_GEOMETRY_INVALID: entry(
    422,
    '图形无效：{reason}。',
    'The shape is invalid: {reason}.',
    '在绘图软件中修复自相交等问题后再导入。',
    'Repair crossing borders and the like in a drawing program and import again.',
  ),
  IMPORT_GEOMETRY_REPAIRED: entry(
    422,
    '图形有细小缺陷（{reason}），已自动修复，面积变化 {changed}。',
    'The shape had a small flaw ({reason}) and was mended; its area changed by {changed}.',
    '如需保留原样，请在绘图软件中修复后重新导入。',
    'Mend it in a drawing program and import again if this is not wanted.',
  ),
  IMPORT_RING_NOT_CLOSED: entry(
    422,
    '面的边界没有闭合。',
    'A ring of the area is not closed.',
    '让最后一个点与第一个点相同。',
    'Make the last position equal to the first.',
  ),
  IMPORT_POSITION_MISSING: entry(
    422,
    '没有坐标。',
    'The position is missing.',
    '补上经度与纬度。',
    'Fill in longitude and latitude.',
  ),
  IMPORT_POSITION_TEXT: entry(
    422,
    '坐标文字无法识别。',
    'The position cannot be read.',
    '用十进制度（121.4737）或度分秒（121°28′25″E）。',
    'Use decimal degrees (121.4737) or degrees, minutes, seconds (121°28′25″E).',
  ),
  IMPORT_POSITION_RANGE: entry(
    422,
    '坐标超出范围。',
    'The position is out of range.',
    '经度应在 −180 至 180，纬度应在 −90 至 90 之间。',
    'Longitude lies between -180 and 180, latitude between -90 and 90.',
  ),
  IMPORT_POSITION_ZERO: entry(
    422,
    '坐标为 (0, 0)，多为未填写。',
    'The position is (0, 0), which usually means it was not filled in.',
    '补上实际坐标。',
    'Fill in the real position.',
  ),
  IMPORT_AXES_SWAPPED: entry(
    422,
    '经度与纬度看起来写反了。',
    'Longitude and latitude look swapped.',
    '把两列对调后再导入。',
    'Exchange the two columns and import again.',
  ),
  IMPORT_OUTSIDE_CHINA: entry(
    422,
    '坐标不在中国范围内，已按原值保留（未作坐标系换算）。',
    'The position lies outside China; it was kept as it is, without datum conversion.',
    '若不是国外数据，请检查坐标与坐标系。',
    'Unless the data is from abroad, check position and datum.',
  ),
  IMPORT_TYPE_MISSING: entry(
    422,
    '没有资源类型。',
    'The resource type is missing.',
    '增加“资源类型”列，或在导入时选择默认类型。',
    'Add a column resource_type, or choose a default type when importing.',
  ),
  IMPORT_TYPE_UNKNOWN: entry(
    422,
    '不认识的资源类型。',
    'The resource type is not known.',
    '用资源类型表中的名称{suggestion}，或在导入时选择默认类型。',
    'Use a name of the resource type table{suggestion}, or choose a default type when importing.',
  ),
  IMPORT_TYPE_DEFAULTED: entry(
    422,
    '资源类型缺失或不认识，已用默认类型。',
    'The resource type was missing or unknown; the default was used.',
    '如需区分类型，请补上“资源类型”列。',
    'Fill in the resource type if it matters.',
  ),
  IMPORT_HEIGHT_MISSING: entry(
    422,
    '没有挂高，已用默认值。',
    'The antenna height is missing; a default was used.',
    '补上“挂高”列（米），或在导入时填写默认挂高。',
    'Add a column height_m, or give a default height when importing.',
  ),
  IMPORT_HEIGHT_TEXT: entry(422, '高度不是数字。', 'The height is not a number.', ...fixFile),
  IMPORT_HEIGHT_RANGE: entry(
    422,
    '高度不合理。',
    'The height is not plausible.',
    '单位应为米；若原表为英尺请先换算（1 英尺 = 0.3048 米）。',
    'Metres are expected; convert feet first (1 ft = 0.3048 m).',
  ),
  IMPORT_HEIGHT_FEET: entry(
    422,
    '有 {count} 个高度以英尺为单位，已换算为米（1 英尺 = 0.3048 米）。',
    '{count} heights are in feet; they were converted to metres (1 ft = 0.3048 m).',
    '若表头或单位写错，请更正后重新导入。',
    'Correct header or unit and import again if that is wrong.',
  ),
  IMPORT_BUILDING_HEIGHT: entry(
    422,
    '有 {count} 栋建筑没有高度，规划时按默认高度计算。',
    '{count} buildings have no height; plans assume one.',
    '补上 height（米）或 building:levels（层数）。',
    'Fill in height (m) or building:levels.',
  ),
  IMPORT_AZIMUTH: entry(
    422,
    '方位角应为 0 到 360 的度数。',
    'Azimuths must be degrees from 0 to 360.',
    '每个扇区一个方位角，用斜杠隔开，例如 0/120/240；留空则按设备默认。',
    'Give one per sector with slashes between, such as 0/120/240; leave empty for the default of the equipment.',
  ),
  IMPORT_TILT: entry(
    422,
    '下倾角应为 -30 到 30 的度数。',
    'A tilt must be degrees from -30 to 30.',
    '向下为正，例如 6；留空则按设备默认。',
    'Down is positive, such as 6; leave empty for the default of the equipment.',
  ),
  IMPORT_COST_TEXT: entry(422, '造价不是有效金额。', 'The cost is not a valid amount.', ...fixFile),
  IMPORT_VALUE_UNKNOWN: entry(
    422,
    '“{field}”的取值不认识，已忽略。',
    'The value of {field} is not known and was left out.',
    '使用列出的取值之一。',
    'Use one of the listed values.',
  ),
  IMPORT_WEIGHT: entry(
    422,
    '需求权重应为不小于 0 的数字。',
    'The demand weight must be a number from 0.',
    ...fixFile,
  ),
  IMPORT_TEXT_TOO_LONG: entry(
    422,
    '文字超过 {limit} 个字符。',
    'The text is longer than {limit} characters.',
    ...fixFile,
  ),
  IMPORT_TEXT_CONTROL: entry(
    422,
    '文字中含有控制字符或残缺的字符。',
    'The text holds control characters or broken ones.',
    ...fixFile,
  ),
  IMPORT_CODE_REPEATED: entry(
    422,
    '编码与第 {other} 行重复。',
    'The code is the same as in row {other}.',
    '每个站址使用不同的编码。',
    'Give every site its own code.',
  ),
  IMPORT_ROW_REPEATED: entry(
    422,
    '与第 {other} 行完全相同。',
    'This row is the same as row {other}.',
    '删除重复的行。',
    'Delete the repeated row.',
  ),
  IMPORT_PLACE_REPEATED: entry(
    422,
    '同一位置已有相同类型的站址，已加序号保留。',
    'A site of the same type already stands at this place; it was kept with a number.',
    '若为重复行请删除；若确为两个站址请分别编码。',
    'Delete it if it is a repeated row, or give both their own codes.',
  ),
  IMPORT_CODE_MISSING: entry(
    422,
    '没有行政区划代码。',
    'The district code is missing.',
    '补上 adcode 或“行政区划代码”列。',
    'Fill in adcode or code.',
  ),
  IMPORT_NAME_MISSING: entry(
    422,
    '没有名称。',
    'The name is missing.',
    '补上 name 或“名称”列。',
    'Fill in name.',
  ),
  IMPORT_CRS: entry(
    422,
    '文件声明的坐标系不支持：{found}。',
    'The file names a coordinate system that is not supported: {found}.',
    '转换为经纬度（CGCS2000 或 WGS 84）后再导入。',
    'Convert it to longitude and latitude (CGCS2000 or WGS 84) first.',
  ),
  IMPORT_DATUM_HEADER: entry(
    422,
    '列名提到的坐标系与所选的“{datum}”不同。',
    'The header names another datum than the chosen {datum}.',
    '确认坐标系后重新导入；选错会偏移数百米。',
    'Make sure of the datum and import again; a wrong one moves everything by hundreds of metres.',
  ),
  IMPORT_MULTIPOINT: entry(
    422,
    '一行含有多个点，只取第一个。',
    'The row holds several points; the first one was taken.',
    '需要全部时请拆成多行。',
    'Split it into rows to keep them all.',
  ),
} as const satisfies Record<string, ErrorEntry> & Record<PlanningErrorCode | StoreErrorCode, ErrorEntry>;

export type ErrorCode = keyof typeof errors;

/** A refusal with its values; the reply, an issue or a command line shows its sentence. */
export class ProductError extends Error {
  readonly code: ErrorCode;
  readonly values: ErrorValues;
  readonly details: readonly ErrorDetail[];

  constructor(code: ErrorCode, values: ErrorValues = {}, details: readonly ErrorDetail[] = []) {
    super(fill(errors[code].message.en, values, 'en'));
    this.name = 'ProductError';
    this.code = code;
    this.values = values;
    this.details = details;
  }
}

export interface DescribedError {
  readonly code: ErrorCode;
  readonly status: number;
  readonly message: Sentence;
  readonly hint: Sentence;
  readonly details: readonly ErrorDetail[];
}

/** Sentence and hint of a code with its {placeholders} filled. */
export function describeCode(
  code: ErrorCode,
  values: ErrorValues = {},
  details: readonly ErrorDetail[] = [],
): DescribedError {
  const { status, message, hint } = errors[code];
  return {
    code,
    status,
    message: fillBoth(message, values),
    hint: fillBoth(hint, values),
    details,
  };
}

/**
 * What people are told about any thrown thing. Refusals of the engine and the store keep their code; everything else is
 * INTERNAL, whose own text (it may hold SQL, paths or a connection string) stays out of the answer.
 */
export function describeError(error: unknown, requestId = '-'): DescribedError {
  if (error instanceof ProductError) return describeCode(error.code, error.values, error.details);
  if (error instanceof PlanningError) return describeCode(error.code, error.found, detailsOf(error.found));
  if (error instanceof StoreError) return describeCode(error.code, { requestId });
  return describeCode('INTERNAL', { requestId });
}

const detailsOf = (found: Readonly<Record<string, string | number>>): ErrorDetail[] =>
  Object.entries(found).map(([path, value]) => ({ path, message: String(value) }));

const fillBoth = ({ zh, en }: Sentence, values: ErrorValues): Sentence => ({
  zh: fill(zh, values, 'zh'),
  en: fill(en, values, 'en'),
});

function fill(sentence: string, values: ErrorValues, language: keyof Sentence): string {
  return sentence.replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = Object.hasOwn(values, key) ? values[key] : undefined;
    if (value === undefined) return '';
    return String(typeof value === 'object' ? value[language] : value).slice(0, 300);
  });
}
