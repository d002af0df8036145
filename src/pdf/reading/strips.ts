import type { Token } from './page-tokens';

/** Words that follow each other on one line without a wide gap. */
export interface Segment {
  tokens: Token[];
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Everything between two blank bands that run across the region. */
export interface Strip {
  segments: Segment[];
  top: number;
  bottom: number;
}

/** Words whose middles differ by less than this share of the lower one's height stand on one line. */
const SAME_LINE = 0.4;
/** A gap wider than this share of the letters' height parts two segments. */
const WIDE_GAP = 0.75;
/** Letters' boxes reach into the next line; lines whose boxes share no more than this do not overlap. */
const OVERLAP = 0.35;

/** The lines of a region, each parted where a wide gap stands, from top to bottom. */
export function segmentsOf(tokens: Token[]): Segment[] {
  return linesOf(tokens)
    .flatMap(partAtGaps)
    .sort((a, b) => a.top - b.top || a.left - b.left);
}

function linesOf(tokens: Token[]): Token[][] {
  const lines: { middle: number; height: number; tokens: Token[] }[] = [];
  for (const token of [...tokens].sort((a, b) => middle(a) - middle(b) || a.left - b.left)) {
    const height = token.bottom - token.top;
    const line = lines
      .slice(-8)
      .reverse()
      .find((each) => Math.abs(each.middle - middle(token)) < SAME_LINE * Math.min(each.height, height));
    if (line) line.tokens.push(token);
    else lines.push({ middle: middle(token), height, tokens: [token] });
  }
  return lines.map((line) => line.tokens.sort((a, b) => a.left - b.left));
}

function partAtGaps(line: Token[]): Segment[] {
  const segments: Segment[] = [];
  for (const token of line) {
    const last = segments.at(-1);
    const gap = last ? token.left - last.right : Infinity;
    if (!last || gap > WIDE_GAP * Math.min(last.bottom - last.top, token.bottom - token.top)) {
      segments.push({ tokens: [token], ...around([token]) });
    } else {
      last.tokens.push(token);
      Object.assign(last, around(last.tokens));
    }
  }
  return segments;
}

/** Segments that overlap in height, from top to bottom. */
export function stripsOf(segments: readonly Segment[]): Strip[] {
  const strips: Strip[] = [];
  for (const segment of [...segments].sort((a, b) => a.top - b.top)) {
    const last = strips.at(-1);
    const shared = last ? last.bottom - segment.top : 0;
    if (last && shared > OVERLAP * (segment.bottom - segment.top)) {
      last.segments.push(segment);
      last.bottom = Math.max(last.bottom, segment.bottom);
    } else {
      strips.push({ segments: [segment], top: segment.top, bottom: segment.bottom });
    }
  }
  for (const strip of strips) strip.segments.sort((a, b) => a.left - b.left);
  return strips;
}

export function around(parts: readonly Omit<Segment, 'tokens'>[]): Omit<Segment, 'tokens'> {
  return {
    left: Math.min(...parts.map((part) => part.left)),
    right: Math.max(...parts.map((part) => part.right)),
    top: Math.min(...parts.map((part) => part.top)),
    bottom: Math.max(...parts.map((part) => part.bottom)),
  };
}

function middle({ top, bottom }: Token): number {
  return (top + bottom) / 2;
}
