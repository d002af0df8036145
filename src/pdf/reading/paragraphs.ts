import { plainText, runsOf } from './joined-lines';
import type { ReadingPiece } from './reading-model';
import type { Segment } from './strips';
import { around } from './strips';

/** Letters at least this much higher than the body's are a heading; the second makes it one of the first level. */
const HIGHER = 1.04;
const MUCH_HIGHER = 1.22;
const LONGEST_HEADING = 130;
/** A gap wider than this share of the usual one parts paragraphs. */
const WIDER = 1.35;
const BULLET = /^(?:[•●▪◦○■*\u2022-]|[–—])$/u;
const NUMBERED = /^(?:\d{1,2}[.)]|[a-zæøå]\))$/;
const CAPITALS = /^(?=.*\p{Lu}{3})[\p{Lu}\p{N} .,:()/&-]{4,70}$/u;

interface Block {
  lines: Segment[];
}

/** Lines that stand below each other as headings, paragraphs and lists; `right` is where a full line ends. */
export function piecesOf(
  segments: readonly Segment[],
  bodyHeight: number,
  right: number,
): (ReadingPiece & { top: number })[] {
  const blocks = blocksOf(segments, bodyHeight);
  const pieces: (ReadingPiece & { top: number })[] = [];
  for (const { lines } of blocks) {
    const top = lines[0].top;
    const text = plainText(runsOf(lines.map((line) => line.tokens)));
    const level = headingLevel(lines, text, bodyHeight);
    const last = pieces.at(-1);
    if (level) pieces.push({ kind: 'heading', level, runs: runsOf(lines.map((line) => line.tokens)), top });
    else if (isItem(lines[0])) {
      const runs = runsOf(lines.map((line, at) => (at === 0 && isBullet(line) ? line.tokens.slice(1) : line.tokens)));
      if (last?.kind === 'list') last.items.push(runs);
      else pieces.push({ kind: 'list', items: [runs], top });
    } else {
      pieces.push({
        kind: 'paragraph',
        runs: runsOf(
          lines.map((line) => line.tokens),
          breaks(lines, right),
        ),
        top,
      });
    }
  }
  return pieces;
}

function blocksOf(segments: readonly Segment[], bodyHeight: number): Block[] {
  const lines = sameLineJoined(segments);
  const usual = usualPitch(lines, bodyHeight);
  const blocks: Block[] = [];
  lines.forEach((line, index) => {
    const before = lines[index - 1];
    const begins =
      !before ||
      line.top - before.top > WIDER * usual * Math.max(1, heightOf(line) / bodyHeight) ||
      Math.abs(heightOf(line) / heightOf(before) - 1) > HIGHER - 1 ||
      (isItem(line) && (isBullet(line) || endsSentence(before)));
    if (begins) blocks.push({ lines: [line] });
    else blocks.at(-1)?.lines.push(line);
  });
  return blocks;
}

/** Segments of one line are read as one line here: the gap between them means nothing. */
function sameLineJoined(segments: readonly Segment[]): Segment[] {
  const lines: Segment[] = [];
  for (const segment of [...segments].sort((a, b) => a.top - b.top || a.left - b.left)) {
    const last = lines.at(-1);
    const height = segment.bottom - segment.top;
    if (last && last.bottom - segment.top > 0.6 * Math.min(height, heightOf(last))) {
      const tokens = [...last.tokens, ...segment.tokens].sort((a, b) => a.left - b.left);
      lines[lines.length - 1] = { tokens, ...around([last, segment]) };
    } else lines.push(segment);
  }
  return lines;
}

/** From line to line within a paragraph: the most frequent small step. */
function usualPitch(lines: readonly Segment[], bodyHeight: number): number {
  const steps = lines
    .slice(1)
    .map((line, index) => line.top - lines[index].top)
    .filter((step) => step > 0.4 * bodyHeight && step < 2.2 * bodyHeight)
    .sort((a, b) => a - b);
  return steps[Math.floor(steps.length * 0.35)] ?? bodyHeight * 1.2;
}

function headingLevel(lines: readonly Segment[], text: string, bodyHeight: number): 1 | 2 | undefined {
  const height = heightOf(lines[0]);
  if (lines.length > 3 || text.length > LONGEST_HEADING || !/\p{L}{2}/u.test(text) || isBullet(lines[0]))
    return undefined;
  if (/[.;,]$/.test(text) && height < MUCH_HIGHER * bodyHeight) return undefined;
  if (height >= MUCH_HIGHER * bodyHeight) return 1;
  return height >= HIGHER * bodyHeight || (lines.length === 1 && CAPITALS.test(text)) ? 2 : undefined;
}

/** A line that ends although the next word would have fitted was ended on purpose. */
function breaks(lines: readonly Segment[], right: number): Set<number> {
  const found = new Set<number>();
  lines.slice(1).forEach((line, index) => {
    const before = lines[index];
    const [first] = line.tokens;
    if (before.right + (first.right - first.left) + 0.3 * heightOf(line) < right - 0.5 * heightOf(line))
      found.add(index);
  });
  return found;
}

/** The height of most of its letters: a removed place is drawn in another height. */
export function heightOf({ tokens, top, bottom }: Segment): number {
  const heights = tokens
    .filter(({ run }) => run.kind === 'text')
    .map((token) => token.bottom - token.top)
    .sort((a, b) => a - b);
  return heights[heights.length >> 1] ?? bottom - top;
}

function isItem(line: Segment): boolean {
  const [first, second] = line.tokens;
  return (
    second !== undefined && first.run.kind === 'text' && (BULLET.test(first.run.text) || NUMBERED.test(first.run.text))
  );
}

/** A number at the head of a line is a list's only where the line before has ended. */
function endsSentence({ tokens }: Segment): boolean {
  return /[.:;!?]$/.test(tokens[tokens.length - 1].run.text) || tokens.length < 5;
}

function isBullet({ tokens: [first] }: Segment): boolean {
  return first.run.kind === 'text' && BULLET.test(first.run.text);
}
