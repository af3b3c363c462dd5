// The path profile as a drawing: ground and roofs filled, ray, Fresnel zone, the worst obstacle named. Read sample by sample with
// the pointer or, once it has the focus, with the arrow keys. Colours stand in the marks themselves, so that a saved drawing
// looks like the one on the screen.
import { type KeyboardEvent, type PointerEvent, type RefObject, useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LinkProfile } from '../../../engine/index.ts';
import { formatHeight } from '../../format/measures.ts';
import { formatNumber, realMinus } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { useElementSize } from '../../parts/use-element-size.ts';
import { drawProfile, type ProfileDrawing, sampleAt } from './profile-drawing.ts';

export interface ProfileChartProps {
  readonly profile: LinkProfile;
  readonly title: string;
  readonly heightPx: number;
  /** The sample that is read, in words and by its place in the list; null for none. */
  readonly reading: number | null;
  readonly readingText: string;
  readonly onRead: (sample: number | null) => void;
  readonly drawingRef?: RefObject<SVGSVGElement | null>;
}

export const profileColours = {
  ground: '#ddd5c3',
  groundEdge: '#8a7f69',
  roof: '#97a3b3',
  roofEdge: '#566273',
  ray: '#1456b8',
  fresnel: '#1456b8',
  blocked: '#cf1322',
  grazed: '#ad6800',
  ink: '#1b2430',
  soft: '#5a6675',
  line: '#dfe3e9',
} as const;

const FONT = "'Noto Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif";
const JUMP = 10;

export function ProfileChart(props: ProfileChartProps) {
  const { profile, title, heightPx, reading, readingText, onRead, drawingRef } = props;
  const { t } = useTranslation();
  const [attach, { widthPx }] = useElementSize<HTMLDivElement>();
  const hintId = useId();
  const drawing = useMemo(
    () => (widthPx > 0 ? drawProfile(profile, { widthPx, heightPx }) : null),
    [profile, widthPx, heightPx],
  );
  const last = profile.samples.distanceM.length - 1;

  const point = (event: PointerEvent<HTMLDivElement>) => {
    if (drawing === null) return;
    const xPx = event.clientX - event.currentTarget.getBoundingClientRect().left;
    onRead(sampleAt(drawing, profile, xPx));
  };
  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    const next = sampleForKey(event.key, reading, last);
    if (next === undefined) return;
    event.preventDefault();
    onRead(next);
  };
  return (
    <div className="profile-chart">
      <div
        ref={attach}
        className="profile-paper"
        style={{ height: heightPx }}
        role="slider"
        tabIndex={0}
        aria-label={title}
        aria-describedby={hintId}
        aria-valuemin={0}
        aria-valuemax={Math.round(profile.distanceM)}
        aria-valuenow={Math.round(profile.samples.distanceM[reading ?? 0] ?? 0)}
        aria-valuetext={readingText}
        onPointerDown={point}
        onPointerMove={point}
        onPointerLeave={(event) => {
          if (event.currentTarget !== document.activeElement) onRead(null);
        }}
        onBlur={() => onRead(null)}
        onKeyDown={press}
        data-testid="profile-chart"
      >
        {drawing === null ? null : (
          <svg
            ref={drawingRef}
            xmlns="http://www.w3.org/2000/svg"
            width={drawing.widthPx}
            height={drawing.heightPx}
            viewBox={`0 0 ${drawing.widthPx} ${drawing.heightPx}`}
            fontFamily={FONT}
            fontSize={11}
            aria-hidden="true"
          >
            <title>{title}</title>
            <Axes drawing={drawing} profile={profile} />
            <Shapes drawing={drawing} />
            <Ends drawing={drawing} profile={profile} />
            <Obstacle drawing={drawing} profile={profile} />
            {reading === null ? null : <Reading drawing={drawing} profile={profile} sample={reading} />}
          </svg>
        )}
      </div>
      <span id={hintId} hidden>
        {t('link.chartHint')}
      </span>
    </div>
  );
}

/** The sample a key leads to, null to end reading, undefined for keys that mean nothing here. */
export function sampleForKey(key: string, now: number | null, last: number): number | null | undefined {
  const from = now ?? 0;
  const to = (sample: number) => Math.min(last, Math.max(0, sample));
  if (key === 'ArrowRight' || key === 'ArrowUp') return to(now === null ? 0 : from + 1);
  if (key === 'ArrowLeft' || key === 'ArrowDown') return to(now === null ? last : from - 1);
  if (key === 'PageUp') return to(from + JUMP);
  if (key === 'PageDown') return to(from - JUMP);
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  if (key === 'Escape' && now !== null) return null;
  return undefined;
}

interface Layer {
  readonly drawing: ProfileDrawing;
  readonly profile: LinkProfile;
}

function Axes({ drawing, profile }: Layer) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { left, right, top, bottom, distanceTicks, heightTicks } = drawing;
  const words = (value: number) => realMinus(formatNumber(value, language, 1));
  return (
    <g fill={profileColours.soft}>
      {heightTicks.map(({ value, px }) => (
        <g key={value}>
          <line x1={left} x2={right} y1={px} y2={px} stroke={profileColours.line} />
          <text x={left - 5} y={px + 4} textAnchor="end">
            {words(value)}
          </text>
        </g>
      ))}
      {distanceTicks.map(({ value, px }) => (
        <g key={value}>
          <line x1={px} x2={px} y1={bottom} y2={bottom + 4} stroke={profileColours.soft} />
          <text x={px} y={bottom + 15} textAnchor="middle">
            {words(value)}
          </text>
        </g>
      ))}
      <line x1={left} x2={right} y1={bottom} y2={bottom} stroke={profileColours.soft} />
      <text x={(left + right) / 2} y={drawing.heightPx - 4} textAnchor="middle">
        {t('link.axisDistance')}
      </text>
      <text x={2} y={top - 19}>
        {t(`link.axisHeight.${profile.datum}`)}
      </text>
    </g>
  );
}

function Shapes({ drawing }: { readonly drawing: ProfileDrawing }) {
  const { ground, roofs, ray, fresnel, clear60 } = drawing;
  return (
    <>
      <path d={ground} fill={profileColours.ground} stroke={profileColours.groundEdge} />
      <path d={roofs} fill={profileColours.roof} stroke={profileColours.roofEdge} strokeLinejoin="round" />
      <path
        d={fresnel}
        fill={profileColours.fresnel}
        fillOpacity={0.13}
        stroke={profileColours.fresnel}
        strokeOpacity={0.45}
        strokeWidth={0.8}
      />
      <path
        d={clear60}
        fill="none"
        stroke={profileColours.fresnel}
        strokeOpacity={0.7}
        strokeDasharray="3 3"
      />
      <path d={ray} fill="none" stroke={profileColours.ray} strokeWidth={1.6} />
    </>
  );
}

function Ends({ drawing, profile }: Layer) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { antenna, receiver } = profile;
  const mark = (xPx: number, groundM: number, heightM: number) => (
    <>
      <line
        x1={xPx}
        x2={xPx}
        y1={drawing.yOf(groundM)}
        y2={drawing.yOf(groundM + heightM)}
        stroke={profileColours.ink}
        strokeWidth={2}
      />
      <circle
        cx={xPx}
        cy={drawing.yOf(groundM + heightM)}
        r={3.5}
        fill="#ffffff"
        stroke={profileColours.ink}
        strokeWidth={2}
      />
    </>
  );
  return (
    <g fill={profileColours.ink}>
      {mark(drawing.left, antenna.groundM, antenna.heightM)}
      {mark(drawing.right, receiver.groundM, receiver.heightM)}
      <Label x={drawing.left + 6} y={drawing.yOf(antenna.groundM + antenna.heightM) - 6} anchor="start">
        {t('link.antenna', { height: formatHeight(antenna.heightM, language) })}
      </Label>
      <Label x={drawing.right} y={drawing.yOf(receiver.groundM + receiver.heightM) - 9} anchor="end">
        {t('link.receiver', { height: formatHeight(receiver.heightM, language) })}
      </Label>
    </g>
  );
}

function Obstacle({ drawing, profile: { obstacle } }: Layer) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (obstacle === null) return null;
  const x = drawing.xOf(obstacle.distanceM);
  const y = drawing.yOf(obstacle.topM);
  const isAbove = obstacle.aboveRayM > 0;
  const colour = isAbove ? profileColours.blocked : profileColours.grazed;
  const middle = (drawing.left + drawing.right) / 2;
  return (
    <g fill={colour}>
      <line x1={x} x2={x} y1={drawing.top - 2} y2={y - 8} stroke={colour} strokeDasharray="2 2" />
      <path d={`M${x} ${y} l-5 -8 h10 Z`} stroke="#ffffff" strokeWidth={0.8} />
      <Label x={x > middle ? x + 4 : x - 4} y={drawing.top - 5} anchor={x > middle ? 'end' : 'start'}>
        {t(isAbove ? 'link.obstacleAbove' : 'link.obstacleBelow', {
          kind: t(`link.obstacle.${obstacle.kind}`),
          height: formatHeight(Math.abs(obstacle.aboveRayM), language),
        })}
      </Label>
    </g>
  );
}

function Reading({ drawing, profile: { samples }, sample }: Layer & { readonly sample: number }) {
  const x = drawing.xOf(samples.distanceM[sample]!);
  return (
    <>
      <line x1={x} x2={x} y1={drawing.top} y2={drawing.bottom} stroke={profileColours.ink} strokeWidth={1} />
      <circle
        cx={x}
        cy={drawing.yOf(samples.rayM[sample]!)}
        r={3}
        fill={profileColours.ray}
        stroke="#ffffff"
      />
      <circle
        cx={x}
        cy={drawing.yOf(samples.topM[sample]!)}
        r={3}
        fill={profileColours.ink}
        stroke="#ffffff"
      />
    </>
  );
}

interface LabelProps {
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'end';
  readonly children: string;
}

/** Text with a white rim, readable over every shape. */
function Label({ x, y, anchor, children }: LabelProps) {
  return (
    <text
      x={x}
      y={y}
      textAnchor={anchor}
      stroke="#ffffff"
      strokeWidth={3}
      strokeLinejoin="round"
      paintOrder="stroke"
      fontWeight={600}
    >
      {children}
    </text>
  );
}
