import { count } from '../pages/amounts';

/** A plot as positions, in the units of its own viewBox. Series differ by pattern, and every bar bears its number. */
export interface BarChart {
  id: string;
  title: string;
  description: string;
  width: number;
  height: number;
  bars: {
    x: number;
    y: number;
    width: number;
    height: number;
    isHatched: boolean;
    text: string;
    textX: number;
    textY: number;
    anchor: 'start' | 'middle';
  }[];
  /** Names of the bars, or of groups of bars. */
  names: { x: number; y: number; text: string; anchor: 'middle' | 'end' }[];
  /** Marks beside the bars: the slowest of nine in ten. */
  marks: { x: number; y1: number; y2: number }[];
  lines: { x1: number; y1: number; x2: number; y2: number }[];
  legend: { text: string; isHatched: boolean }[];
}

export interface Series {
  name: string;
  values: number[];
  isHatched?: boolean;
}

interface Told {
  id: string;
  title: string;
  description: string;
}

const GROUP = 80;
const PLOT = { top: 28, height: 190, left: 12, bottom: 34 };
const LEAST_WIDTH = 480;

/** Standing bars, a group for each name. `show` writes a value in words. */
export function columns(
  told: Told,
  names: string[],
  series: Series[],
  show: (value: number) => string = count,
): BarChart {
  const width = Math.max(LEAST_WIDTH, PLOT.left * 2 + names.length * GROUP);
  const most = Math.max(1, ...series.flatMap(({ values }) => values));
  const barWidth = Math.min(28, (GROUP - 12) / series.length);
  const base = PLOT.top + PLOT.height;
  const middleOf = (index: number): number => PLOT.left + index * GROUP + GROUP / 2;
  const bars = series.flatMap(({ values, isHatched = false }, order) =>
    values.map((value, index) => {
      const height = (value / most) * PLOT.height;
      const x = middleOf(index) + (order - series.length / 2) * barWidth;
      return {
        ...rounded({
          x: x + 1,
          y: base - height,
          width: barWidth - 2,
          height,
          textX: x + barWidth / 2,
          textY: base - height - 6,
        }),
        isHatched,
        text: show(value),
        anchor: 'middle' as const,
      };
    }),
  );
  return {
    ...told,
    width,
    height: base + PLOT.bottom,
    bars,
    names: names.map((text, index) => ({ x: middleOf(index), y: base + 20, text, anchor: 'middle' })),
    marks: [],
    lines: [{ x1: PLOT.left, y1: base, x2: width - PLOT.left, y2: base }],
    legend: series.length > 1 ? series.map(({ name, isHatched = false }) => ({ text: name, isHatched })) : [],
  };
}

export interface LyingBar {
  name: string;
  value: number;
  text: string;
  mark?: number;
}

const ROW = 34;
const NAMES = 250;
const LYING_WIDTH = 720;
const TEXT_ROOM = 150;

/** Lying bars with their names before them and what they tell behind. */
export function rows(told: Told, bars: LyingBar[]): BarChart {
  const most = Math.max(1, ...bars.map(({ value, mark = 0 }) => Math.max(value, mark)));
  const scale = (LYING_WIDTH - NAMES - TEXT_ROOM) / most;
  const height = bars.length * ROW + 8;
  return {
    ...told,
    width: LYING_WIDTH,
    height,
    bars: bars.map(({ value, text, mark = 0 }, index) => ({
      ...rounded({
        x: NAMES,
        y: index * ROW + 8,
        width: value * scale,
        height: ROW - 12,
        textX: NAMES + Math.max(value, mark) * scale + 8,
        textY: index * ROW + ROW / 2 + 7,
      }),
      isHatched: false,
      text,
      anchor: 'start' as const,
    })),
    names: bars.map(({ name }, index) => ({
      x: NAMES - 10,
      y: index * ROW + ROW / 2 + 7,
      text: shortened(name),
      anchor: 'end',
    })),
    marks: bars.flatMap(({ mark }, index) =>
      mark === undefined ? [] : [rounded({ x: NAMES + mark * scale, y1: index * ROW + 4, y2: index * ROW + ROW - 1 })],
    ),
    lines: [{ x1: NAMES, y1: 0, x2: NAMES, y2: height }],
    legend: [],
  };
}

const LONGEST_NAME = 34;

function shortened(name: string): string {
  return name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME - 1)}…`;
}

function rounded<Numbers extends Record<string, number>>(numbers: Numbers): Numbers {
  return Object.fromEntries(
    Object.entries(numbers).map(([name, value]) => [name, Math.round(value * 10) / 10]),
  ) as Numbers;
}
