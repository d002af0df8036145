import { textOfPages } from './pdf-js';
import type { ReadingBlock } from './reading-block';

function squeezed(text: string): string {
  return text.replace(/\s/g, '');
}

/**
 * Whether a laid-out workbook shows the whole text of every cell. Numbers and dates are written in many ways, so of these
 * only the sign for "too narrow" counts.
 */
export async function showsEveryText(pdf: Uint8Array, blocks: ReadingBlock[]): Promise<boolean> {
  const shown = squeezed((await textOfPages(pdf)).join(''));
  const cells = blocks.flatMap((block) =>
    block.kind === 'table' ? block.rows.slice(1).flatMap((row) => row.slice(1)) : [],
  );
  if (shown.includes('###') && !cells.some((cell) => cell.includes('###'))) return false;
  return cells.every((cell) => !/\p{L}/u.test(cell) || shown.includes(squeezed(cell)));
}

/** Words that the pages may lack before something is said to be missing: hyphens and fields cost a few. */
const LOST_WORDS = 0.01;

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
}

/** Whether laid-out pages hold the words of a running text. Words may be parted at the end of a line. */
export async function showsEveryWord(pdf: Uint8Array, text: string): Promise<boolean> {
  const shown = squeezed((await textOfPages(pdf)).join(''))
    .toLowerCase()
    .replace(/[\u00ad-]/g, '');
  const words = wordsOf(text);
  const missing = words.filter((word) => !shown.includes(word)).length;
  return missing <= words.length * LOST_WORDS;
}
