// Why a claim waits, was lost, ended or was let through, in both languages: one sentence for each rule of the engine, filled from the
// facts kept with the claim, so that it reads the same in a reply, in the list and a year later.
import type { ClaimFacts, ClaimRule } from '../../engine/index.ts';
import type { ClaimExplanationJson } from '../contract/claims.ts';
import type { Sentence } from '../errors.ts';

const sentence = (zh: string, en: string): Sentence => ({ zh, en });

const words: Readonly<Record<ClaimRule, Sentence>> = {
  'CLAIM-SLOTS': sentence(
    '位置不够：共 {slots} 个，剩余 {free} 个，需要 {wanted} 个；现由{holders}占用。',
    'No place is left: {slots} in all, {free} free, {wanted} wanted; held by {holders}.',
  ),
  'CLAIM-LOAD': sentence(
    '承重不够：上限 {limitKg} kg，剩余 {freeKg} kg，需要 {wantedKg} kg；现由{holders}占用。',
    'The load is spent: {limitKg} kg in all, {freeKg} kg free, {wantedKg} kg wanted; held by {holders}.',
  ),
  'CLAIM-POWER': sentence(
    '供电容量不够：上限 {limitKva} kVA，剩余 {freeKva} kVA，需要 {wantedKva} kVA；现由{holders}占用。',
    'The power is spent: {limitKva} kVA in all, {freeKva} kVA free, {wantedKva} kVA wanted; held by {holders}.',
  ),
  'CLAIM-SAME-OPERATOR': sentence(
    '{holders}已为{operator}认领了这个资源，同一运营商不重复认领。',
    '{holders} has a claim for {operator} here already; an operator claims a resource once.',
  ),
  'CLAIM-KEY-AREA': sentence(
    '按“重点区域时限”先后：{winner}的需求时限为 {winnerKeyArea}，本认领为 {loserKeyArea}。',
    'By the deadline of the key area: that of {winner} is {winnerKeyArea}, of this claim {loserKeyArea}.',
  ),
  'CLAIM-DEMANDS': sentence(
    '按“服务需求数”先后：{winner}服务 {winnerDemands} 个需求，本认领 {loserDemands} 个。',
    'By the number of demands served: {winner} serves {winnerDemands}, this claim {loserDemands}.',
  ),
  'CLAIM-ON-AIR': sentence(
    '按“开通承诺”先后：{winner}承诺 {winnerOnAir} 开通，本认领为 {loserOnAir}。',
    'By the promise to be on air: {winner} by {winnerOnAir}, this claim by {loserOnAir}.',
  ),
  'CLAIM-SUBMITTED': sentence(
    '按“提交时间”先后：{winner}于 {winnerSubmitted} 提交，早于本认领（{loserSubmitted}）。',
    'By the time of submission: {winner} at {winnerSubmitted}, before this claim ({loserSubmitted}).',
  ),
  'CLAIM-SHARING-WAITS': sentence(
    '资源已由{holders}持有，可以共享，等待{operators}确认。',
    'Held by {holders}, with room to share: {operators} have to agree.',
  ),
  'CLAIM-SHARING-DECLINED': sentence(
    '{operator}不同意共享。{note}',
    '{operator} did not agree to share. {note}',
  ),
  'CLAIM-SHARING-UNANSWERED': sentence(
    '到 {until} 为止没有得到全部运营商的共享确认。',
    'Not every operator had agreed to share by {until}.',
  ),
  'CLAIM-TOWER-NEAR': sentence(
    '新建地面塔距既有铁塔“{tower}”{distanceM} 米，不足 {limitM} 米（{ground}）；须由共建共享管理部门记录理由。',
    'A new ground tower {distanceM} m from the tower "{tower}", less than {limitM} m ({ground}); the sharing office has to record a reason.',
  ),
  'CLAIM-DECLINED-BEFORE': sentence(
    '{operator}曾拒绝在此共建共享，{until} 前不得在此建设。',
    '{operator} declined to share here and may not build here before {until}.',
  ),
  'CLAIM-NOT-SURVEYED': sentence(
    '持有到期（{until}）仍未完成勘察，已自动释放。',
    'Not surveyed when the hold ended ({until}): released.',
  ),
  'CLAIM-NOT-DELIVERED': sentence('到 {until} 仍未交付，已自动释放。', 'Not delivered by {until}: released.'),
  'CLAIM-NOT-TAKEN': sentence(
    '到 {until} 为止没有铁塔公司受理这个申请。',
    'No tower company had taken the request up by {until}.',
  ),
  'CLAIM-OFFICE': sentence('{office}收回了这个认领：{reason}', '{office} took this claim back: {reason}'),
  'CLAIM-CASE-ENDED': sentence(
    '对应的建设事项 {case} 已转为“{state}”。',
    'What was to be built there ended: {case} is {state}.',
  ),
  'CLAIM-OVERRIDE': sentence(
    '依据记录的理由越过规则 {setAside}。',
    'The rule {setAside} was set aside with a reason on record.',
  ),
};

const grounds: Readonly<Record<string, Sentence>> = {
  settlement: sentence('居民区', 'settlement'),
  other: sentence('居民区以外', 'outside settlements'),
};
/** Left out where nobody holds anything: more was asked than there is. */
const heldBy = sentence('；现由{holders}占用', '; held by {holders}');
const timePattern = /^\d{4}-\d{2}-\d{2}T/;
const inChina = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** Null when there is nothing to explain. */
export function explainClaim(rule: ClaimRule | null, facts: ClaimFacts): ClaimExplanationJson | null {
  if (rule === null) return null;
  const { zh, en } = words[rule];
  return { rule, zh: fill(zh, facts, 'zh'), en: fill(en, facts, 'en'), facts: { ...facts } };
}

function fill(text: string, facts: ClaimFacts, language: keyof Sentence): string {
  return (facts.holders === '' ? text.replace(heldBy[language], '') : text)
    .replace(/\{(\w+)\}/g, (_, key: string) => {
      const value = Object.hasOwn(facts, key) ? facts[key] : null;
      if (value === null || value === undefined) return '—';
      const named = key === 'ground' ? grounds[value]?.[language] : undefined;
      const spoken =
        named ?? (timePattern.test(String(value)) ? inChina.format(new Date(value)) : String(value));
      return spoken.slice(0, 200);
    })
    .trim();
}
