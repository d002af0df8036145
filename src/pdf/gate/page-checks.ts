import type { Box, JudgedHit, KeepDecision, KeptOccurrence, LeakFinding } from '../../contracts';
import { foldText } from './folded-text';
import type { PageReadingOfGate, PlacedText } from './page-reading';
import type { PaintedCover, PaintedLetter } from './painting';
import type { TermSearch } from './terms';
import { around, centreIn, share } from './transform';

/** How visible text is judged. */
export interface PageRules {
  boxes: readonly Box[];
  kept: readonly KeptOccurrence[];
  keepVisibleElsewhere: boolean;
  labels: readonly string[];
}

/** `grave` false: told, but no failure. */
export type PageFinding = Pick<LeakFinding, 'page' | 'box' | 'message' | 'term'> & { grave: boolean };

export interface PageText {
  findings: PageFinding[];
  judged: JudgedHit[];
  /** How often each term is on the page, however that is judged. */
  shown: Map<number, number>;
}

/** Terms in the text of a page, each judged by its place. */
export function checkPageText(
  page: number,
  reading: PageReadingOfGate,
  search: TermSearch,
  rules: PageRules,
): PageText {
  const judged = new Map<string, JudgedHit & { message: string }>();
  const shown = new Map<number, number>();
  for (const placed of [reading.letters, reading.lines]) {
    const times = new Map<number, number>();
    for (const { term, start, end } of search.find(placed.text)) {
      const boxes = boxesOf(placed, start, end);
      const box = around(boxes);
      const unseen = boxes.some((one) => isOff(one, reading.view));
      const { allowed, decision } = unseen ? { allowed: false } : isAllowed(page, boxes, rules);
      times.set(term, (times.get(term) ?? 0) + 1);
      const verdict = allowed ? 'kept' : 'leak';
      const message = unseen
        ? 'A text that must be gone lies off the edge of the page.'
        : 'The text of the page holds a text that must be gone.';
      const key = `${verdict}:${term}:${Math.round((box?.[1] ?? 0) / 8)}:${Math.round((box?.[0] ?? 0) / 8)}`;
      judged.set(key, { check: 'page-text', page, box, term, verdict, decision, message });
    }
    for (const [term, count] of times) shown.set(term, Math.max(count, shown.get(term) ?? 0));
  }
  const hits = [...judged.values()];
  return {
    findings: hits
      .filter(({ verdict }) => verdict === 'leak')
      .map(({ box, term, message }) => ({ page, box, term, message, grave: true })),
    judged: hits.map(({ message: _, ...hit }) => hit),
    shown,
  };
}

function boxesOf(placed: PlacedText, start: number, end: number): Box[] {
  const units = Array.from({ length: end - start }, (_, i) => placed.boxAt(start + i));
  return units.filter((box) => box !== undefined);
}

function isOff(box: Box, view: Box): boolean {
  return box[2] < view[0] || box[0] > view[2] || box[3] < view[1] || box[1] > view[3];
}

/** Whether every letter of a hit stands where a decision keeps it, or visible text is accepted at all. */
export function isAllowed(
  page: number,
  letters: readonly Box[],
  rules: PageRules,
  slack = 1,
): { allowed: boolean; decision?: KeepDecision } {
  if (letters.length === 0) return { allowed: false };
  const kept = rules.kept.filter((occurrence) => occurrence.page === page);
  const keeping = letters.map((letter) => kept.find(({ box }) => centreIn(letter, box, slack)));
  if (keeping.every((one) => one !== undefined)) return { allowed: true, decision: keeping[0]?.decision };
  const inBox = letters.some((letter) => rules.boxes.some((box) => centreIn(letter, box)));
  return { allowed: rules.keepVisibleElsewhere && !inBox };
}

/** The letters whose middle lies in one of the boxes. */
export function lettersIn(reading: PageReadingOfGate, boxes: readonly Box[]): PaintedLetter[] {
  if (boxes.length === 0) return [];
  return reading.painting.letters.filter(({ box }) => boxes.some((redacted) => centreIn(box, redacted)));
}

/** Any text left inside a redaction box, except our own labels. */
export function checkBoxes(page: number, reading: PageReadingOfGate, rules: PageRules): PageFinding[] {
  const left = lettersIn(reading, rules.boxes).filter((letter) => letter.text.trim() !== '');
  if (withoutLabels(left, rules.labels) === '') return [];
  const box = rules.boxes.find((redacted) => left.some((letter) => centreIn(letter.box, redacted)));
  return [{ page, box, grave: true, message: `${left.length} letters of text lie under redaction boxes of the page.` }];
}

function withoutLabels(letters: readonly PaintedLetter[], labels: readonly string[]): string {
  let text = foldText(letters.map((letter) => letter.text).join(''), false).letters;
  const folded = labels.map((label) => foldText(label, false).letters).filter((label) => label !== '');
  for (const label of folded.sort((a, b) => b.length - a.length)) text = text.split(label).join('|');
  return text.replace(/\|/g, '');
}

/** An area lighter than this is a background, not a bar. */
const LIGHT = 0.85;
const DARK = 0.4;
/** Covers thinner than this, in points, are rules of a table. */
const THIN = 3;

/** Live text under opaque areas or pictures: what comes back when the bar is moved. */
export function checkCovers(page: number, reading: PageReadingOfGate): PageFinding[] {
  const letters = reading.painting.letters.filter((letter) => letter.text.trim() !== '');
  const covers = reading.painting.covers.filter(({ box }) => Math.min(box[2] - box[0], box[3] - box[1]) >= THIN);
  const hidden = new Map<PaintedCover, number>();
  for (const letter of letters) {
    const over = covers.filter((cover) => centreIn(letter.box, cover.box));
    const cover = over.find((one) => hides(one, letter, over, reading.view));
    if (cover) hidden.set(cover, (hidden.get(cover) ?? 0) + 1);
  }
  return [...hidden].map(([cover, count]) => ({
    page,
    box: cover.box,
    grave: isBar(cover, reading.view),
    message: `${count} letters of live text lie under ${cover.kind === 'area' ? 'a filled area' : 'a picture'} of the page.`,
  }));
}

function hides(cover: PaintedCover, letter: PaintedLetter, over: PaintedCover[], view: Box): boolean {
  if (cover.order > letter.order) return true;
  if (!isBar(cover, view)) return false;
  if (letter.invisible) return cover.lightness < DARK;
  const top = over.every((other) => other.order > letter.order || other.order <= cover.order);
  return top && cover.lightness < DARK && Math.abs(cover.lightness - letter.lightness) < 0.1;
}

function isBar(cover: PaintedCover, view: Box): boolean {
  if (cover.kind === 'area') return cover.lightness < LIGHT;
  return cover.lightness < DARK && share(view, cover.box) < 0.6;
}

/** What is drawn in a layer that is switched off: it comes back with a click. */
export function checkHiddenLayers(page: number, reading: PageReadingOfGate): PageFinding[] {
  const box = around(reading.painting.inHiddenLayers);
  if (!box) return [];
  return [{ page, box, grave: true, message: 'The page draws text or pictures in a layer that is switched off.' }];
}
