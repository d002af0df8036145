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
