import type { BoxesByPage } from '../../contracts';
import type { PageRange, RedactStyle } from './jobs';

export const CHUNK_PAGES = 100;
/** Fewer pages are not worth another process. */
const SMALLEST_CHUNK = 10;

/** The pages of a file in pieces of at most 100, at least one a process. */
export function rangesOf(path: string, pages: number, processes: number): PageRange[] {
  const size = Math.min(CHUNK_PAGES, Math.max(SMALLEST_CHUNK, Math.ceil(pages / processes)));
  return Array.from({ length: Math.ceil(pages / size) }, (_, index) => {
    const firstPage = index * size;
    return { path, firstPage, pages: Math.min(size, pages - firstPage) };
  });
}

/** What is drawn on the pages of a range, numbered from its first page. */
export function ownBoxes(
  range: PageRange,
  boxes: BoxesByPage,
  style: RedactStyle,
): { boxes: BoxesByPage; style: RedactStyle } {
  const own: BoxesByPage = {};
  const labels: NonNullable<RedactStyle['labels']> = {};
  for (let page = 0; page < range.pages; page++) {
    const global = String(range.firstPage + page);
    if (!boxes[global]?.length && !style.rasterise?.includes(range.firstPage + page)) continue;
    own[String(page)] = boxes[global] ?? [];
    labels[String(page)] = style.labels?.[global] ?? [];
  }
  const rasterise = style.rasterise?.map((page) => page - range.firstPage);
  return { boxes: own, style: { ...style, labels, rasterise } };
}
