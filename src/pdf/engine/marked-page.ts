import type { Box } from '../../contracts';
import type { Writing } from '../assembly/stamp-font';

/** A place that was removed in the citizen's version: framed, numbered, and never covered. */
export interface PageMark {
  number: number;
  /** What stands beside it in the margin: "§ 15 b, nr. 5". */
  label: string;
  /** PDF points, the page's own user space. Empty: the whole page. */
  boxes: Box[];
}

/** What of a page is in sight, in its own user space, and how it is turned when shown. */
export interface SeenPage {
  x: number;
  y: number;
  width: number;
  height: number;
  rotation: 0 | 90 | 180 | 270;
}

/** What is to be drawn on a page besides its own content, and how large it becomes. */
export interface DrawnMarks {
  before: string;
  after: string;
  mediaBox: Box;
}

const A4_WIDTH = 595;
const COLUMN = 96;
const STRIP = 15;
const SIZE = 6.5;
const LINE = 8.2;
const NUMBER_SIZE = 5.4;
/** A frame stands this far outside the box, so that it touches no letter. */
const AIR = 0.9;
const MARK_COLOUR = '0.62 0.05 0.3';
export const MARK_FONT = 'AktindsigtMaerke';

/**
 * Frames places without covering anything: the page grows by a strip below for the stamp and, when something is marked, by a
 * column at the right for the grounds. Everything is written as the page is shown, whichever way it is turned.
 */
export function drawMarks(page: SeenPage, marks: PageMark[], stamp: [string, string], font: Writing): DrawnMarks {
  const [across, up] = page.rotation % 180 === 0 ? [page.width, page.height] : [page.height, page.width];
  const scale = Math.max(0.6, across / A4_WIDTH);
  const column = marks.length > 0 ? COLUMN * scale : 0;
  const strip = STRIP * scale;
  const draw = new Drawing(font, scale);
  for (const mark of marks) {
    const frames =
      mark.boxes.length > 0 ? mark.boxes.map((box) => shown(page, box)) : [[3, 3, across - 3, up - 3] as Box];
    for (const frame of frames) draw.frame(frame, String(mark.number), mark.boxes.length === 0);
  }
  if (marks.length > 0) draw.margin(across, up, column, entriesOf(page, marks, up, scale));
  draw.stamp(stamp, across + column, strip);
  const { x, y, width, height } = page;
  const corners = [toUser(page, 0, -strip), toUser(page, across + column, up)];
  return {
    before: `q ${numbers(x, y, width, height)} re W n\n`,
    after: `\nQ\nq ${matrixOf(page)} cm\n${draw.content}\nQ\n`,
    mediaBox: [
      Math.min(corners[0][0], corners[1][0]),
      Math.min(corners[0][1], corners[1][1]),
      Math.max(corners[0][0], corners[1][0]),
      Math.max(corners[0][1], corners[1][1]),
    ],
  };
}

interface Entry {
  text: string;
  /** Where it would stand, in points above the lower edge as shown. */
  at: number;
}

/** A line a mark; marks that follow each other on one line of text under one ground share theirs. */
function entriesOf(page: SeenPage, marks: PageMark[], up: number, scale: number): Entry[] {
  const lines = marks
    .map(({ number, label, boxes }) => ({
      ...{ first: number, last: number, label },
      at: boxes.length > 0 ? Math.max(...boxes.map((box) => shown(page, box)[3])) : up - 3,
    }))
    .sort((a, b) => a.first - b.first);
  const room = Math.floor(up / (LINE * scale));
  const isTight = lines.length > room;
  const merged: typeof lines = [];
  for (const line of lines) {
    const above = merged.at(-1);
    const isBeside = above && Math.abs(above.at - line.at) < LINE * scale;
    if (above && above.label === line.label && above.last + 1 === line.first && (isTight || isBeside))
      above.last = line.first;
    else merged.push({ ...line });
  }
  const shownLines = merged.slice(0, room);
  const entries = shownLines.map(({ first, last, label, at }) => ({
    text: `${first === last ? first : `${first}–${last}`}  ${label}`,
    at: at - SIZE * scale,
  }));
  return placed(entries, up, LINE * scale);
}

/** From the top down, none on top of another, and all within the page. */
function placed(entries: Entry[], up: number, line: number): Entry[] {
  const ordered = [...entries].sort((a, b) => b.at - a.at);
  let free = up - line;
  for (const entry of ordered) {
    entry.at = Math.min(entry.at, free);
    free = entry.at - line;
  }
  let floor = line * 0.3;
  for (const entry of ordered.reverse()) {
    entry.at = Math.max(entry.at, floor);
    floor = entry.at + line;
  }
  return ordered;
}

/** Content of a page, in points as it is shown. */
class Drawing {
  private readonly pieces: string[] = [];

  constructor(
    private readonly font: Writing,
    private readonly scale: number,
  ) {}

  get content(): string {
    return this.pieces.join('\n');
  }

  frame([x0, y0, x1, y1]: Box, number: string, isWhole: boolean): void {
    const [left, low] = [x0 - AIR, y0 - AIR];
    const box = numbers(left, low, x1 + AIR - left, y1 + AIR - low);
    this.pieces.push(`${MARK_COLOUR} RG ${numbers(isWhole ? 2.2 : 0.8)} w [] 0 d ${box} re S`);
    if (!isWhole) this.text(number, left, y1 + AIR + 0.9, NUMBER_SIZE * Math.min(1, this.scale), MARK_COLOUR);
  }

  margin(across: number, up: number, column: number, entries: Entry[]): void {
    this.pieces.push(`0.7 G 0.5 w ${numbers(across, 0)} m ${numbers(across, up)} l S`);
    for (const { text, at } of entries) {
      const wanted = SIZE * this.scale;
      const room = column - 8 * this.scale;
      const size = Math.min(wanted, (wanted * room) / this.font.width(text, wanted));
      this.text(text, across + 4 * this.scale, at, size, MARK_COLOUR);
    }
  }

  stamp([left, right]: [string, string], width: number, strip: number): void {
    const margin = Math.min(24, width * 0.05);
    const wanted = SIZE * this.scale * 1.1;
    const needed = this.font.width(`${left}    ${right}`, wanted);
    const size = Math.min(wanted, (wanted * (width - 2 * margin)) / needed);
    this.text(left, margin, -strip + size * 0.7, size, '0 0 0');
    this.text(right, width - margin - this.font.width(right, size), -strip + size * 0.7, size, '0 0 0');
  }

  private text(text: string, x: number, y: number, size: number, colour: string): void {
    const shownText = this.font.encode(text);
    this.pieces.push(`BT ${colour} rg /${MARK_FONT} ${numbers(size)} Tf ${numbers(x, y)} Td ${shownText} Tj ET`);
  }
}

/** From the page as shown, origin at its lower left corner, to the page's user space. */
function matrixOf({ x, y, width, height, rotation }: SeenPage): string {
  const matrices: Record<SeenPage['rotation'], number[]> = {
    0: [1, 0, 0, 1, x, y],
    90: [0, 1, -1, 0, x + width, y],
    180: [-1, 0, 0, -1, x + width, y + height],
    270: [0, -1, 1, 0, x, y + height],
  };
  return numbers(...matrices[rotation]);
}

function toUser({ x, y, width, height, rotation }: SeenPage, along: number, above: number): [number, number] {
  if (rotation === 90) return [x + width - above, y + along];
  if (rotation === 180) return [x + width - along, y + height - above];
  if (rotation === 270) return [x + above, y + height - along];
  return [x + along, y + above];
}

/** A box of the user space as it is shown. */
function shown({ x, y, width, height, rotation }: SeenPage, [x0, y0, x1, y1]: Box): Box {
  if (rotation === 90) return [y0 - y, x + width - x1, y1 - y, x + width - x0];
  if (rotation === 180) return [x + width - x1, y + height - y1, x + width - x0, y + height - y0];
  if (rotation === 270) return [y + height - y1, x0 - x, y + height - y0, x1 - x];
  return [x0 - x, y0 - y, x1 - x, y1 - y];
}

function numbers(...values: number[]): string {
  return values.map((value) => Math.round(value * 1000) / 1000).join(' ');
}
