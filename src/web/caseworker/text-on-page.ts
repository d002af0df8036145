import type { Box, PageText } from '../../contracts';
import { boxesOfSpan } from '../../redaction/boxes-of-span';

/** Every place where a text stands on a page, whatever its capitals, and however its words are parted by blanks and lines. */
export function placesOfText(page: PageText, wanted: string): Box[][] {
  const words = wanted.trim().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const pattern = new RegExp(words.map(escaped).join('\\s+'), 'giu');
  return [...page.text.matchAll(pattern)]
    .map((match) => boxesOfSpan(page, match.index, match.index + match[0].length))
    .filter((boxes) => boxes.length > 0);
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
