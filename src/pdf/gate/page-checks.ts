import type { Box, KeptOccurrence, LeakFinding } from '../../contracts';
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

/** Terms in the text of a page, minus what a decision keeps. Adds to `shown` the terms that are in sight by a decision. */
export function checkPageText(
  page: number,
  reading: PageReadingOfGate,
  search: TermSearch,
  rules: PageRules,
  shown: Set<number>,
): PageFinding[] {
  const found = new Map<string, PageFinding>();
  for (const placed of [reading.letters, reading.lines]) {
    for (const hit of search.find(placed.text)) {
      const boxes = boxesOf(placed, hit.start, hit.end);
      const unseen = boxes.some((box) => isOff(box, reading.view));
      if (!unseen && isAllowed(page, boxes, rules)) {
        shown.add(hit.term);
        continue;
      }
      const box = around(boxes);
      const message = unseen
        ? 'A text that must be gone lies off the edge of the page.'
        : 'The text of the page holds a text that must be gone.';
      found.set(`${hit.term}:${Math.round((box?.[1] ?? 0) / 8)}:${Math.round((box?.[0] ?? 0) / 8)}`, {
        page,
        box,
        message,
        term: hit.term,
        grave: true,
      });
    }
  }
  return [...found.values()];
}

function boxesOf(placed: PlacedText, start: number, end: number): Box[] {
  const units = Array.from({ length: end - start }, (_, i) => placed.boxAt(start + i));
  return units.filter((box) => box !== undefined);
}

function isOff(box: Box, view: Box): boolean {
  return box[2] < view[0] || box[0] > view[2] || box[3] < view[1] || box[1] > view[3];
}

function isAllowed(page: number, letters: readonly Box[], rules: PageRules): boolean {
  if (letters.length === 0) return false;
  const kept = rules.kept.filter((occurrence) => occurrence.page === page);
  if (letters.every((letter) => kept.some(({ box }) => centreIn(letter, box, 1)))) return true;
  return rules.keepVisibleElsewhere && !letters.some((letter) => rules.boxes.some((box) => centreIn(letter, box)));
}

/** Any text left inside a redaction box, except our own labels. */
export function checkBoxes(page: number, reading: PageReadingOfGate, rules: PageRules): PageFinding[] {
  const inside = (box: Box): boolean => rules.boxes.some((redacted) => centreIn(box, redacted));
  const left = reading.painting.letters.filter((letter) => letter.text.trim() !== '' && inside(letter.box));
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
