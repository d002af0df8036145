import type { Box, PageText, Word } from '../../contracts';

/**
 * A page's text as it was read before, without every word that one of the boxes touches: what a redacted picture still says,
 * without asking the reading program a second time. Lines stay lines.
 *
 * @param boxes where something was removed, in the coordinates of the words
 */
export function withoutTouched(page: PageText, boxes: readonly Box[]): PageText {
  let text = '';
  let end = 0;
  const words: Word[] = [];
  for (const word of page.words) {
    if (boxes.some((box) => touches(word.box, box))) continue;
    if (text !== '') text += page.text.slice(end, word.start).includes('\n') ? '\n' : ' ';
    end = word.end;
    words.push({ ...word, start: text.length, end: text.length + word.text.length });
    text += word.text;
  }
  return { ...page, text, words };
}

function touches(one: Box, other: Box): boolean {
  return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
}
