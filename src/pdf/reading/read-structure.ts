import type { Box, PageText } from '../../contracts';
import { share, shownPlace, tokensOf, type Token } from './page-tokens';
import { piecesOf } from './paragraphs';
import type { ReadingPage, ReadingPiece, RedactedPage } from './reading-model';
import { MOST_DEPTH, regionsOf } from './regions';
import { around, segmentsOf, type Segment } from './strips';
import { tableOf } from './table-rows';

/** A picture that covers this share of the page is the page. */
const WHOLE_PAGE = 0.6;
/** A smaller one is a line or an ornament. */
const SMALLEST_PICTURE = 0.01;

type Placed = ReadingPiece & { top: number };

/**
 * The pages of one redacted document as they are read aloud: columns one after the other, tables in rows, headings by the
 * height of their letters, told by geometry alone. `firstPackagePage` counts from 1.
 */
export function readStructure(pages: readonly RedactedPage[], firstPackagePage: number): ReadingPage[] {
  const tokens = pages.map(tokensOf);
  const bodyHeight = usualHeight(tokens.flat());
  return pages.map(({ page, pictures }, index) => {
    const isPicture = pictures.some((box) => shareOfPage(box, page) >= WHOLE_PAGE);
    const pieces = [
      ...piecesOnPage(segmentsOf(tokens[index]), bodyHeight, page),
      ...(isPicture ? [] : pictures.filter((box) => shareOfPage(box, page) >= SMALLEST_PICTURE).map(placed(page))),
    ];
    return {
      number: index + 1,
      of: pages.length,
      packagePage: firstPackagePage + index,
      reading: page.reading,
      isPicture,
      pieces: inOrder(pieces),
    };
  });
}

/** The right margin is taken to be as wide as the left one. */
function piecesOnPage(segments: readonly Segment[], bodyHeight: number, page: PageText): Placed[] {
  if (segments.length === 0) return [];
  const { left, right } = around(segments);
  const width = page.rotation % 180 === 0 ? page.width : page.height;
  return pieceTree(segments, bodyHeight, Math.max(right, width - left), 0);
}

function pieceTree(segments: readonly Segment[], bodyHeight: number, right: number, depth: number): Placed[] {
  if (depth > MOST_DEPTH) return piecesOf(segments, bodyHeight, right);
  return regionsOf(segments).flatMap((region): Placed[] => {
    if (region.kind === 'table') return [{ ...tableOf(region.strips), top: region.strips[0].top }];
    if (region.kind === 'columns')
      return region.columns.flatMap((column) => pieceTree(column, bodyHeight, around(column).right, depth + 1));
    return piecesOf(region.segments, bodyHeight, right);
  });
}

const placed =
  (page: PageText) =>
  (box: Box): Placed => ({ kind: 'picture', top: shownPlace(box, page).top });

/** Text keeps the order in which it was found; a picture comes before the first text that begins below its top. */
function inOrder(pieces: Placed[]): ReadingPiece[] {
  const texts: Placed[] = pieces.filter((piece) => piece.kind !== 'picture');
  for (const picture of pieces.filter((piece) => piece.kind === 'picture')) {
    const at = texts.findIndex((piece) => piece.top > picture.top);
    texts.splice(at < 0 ? texts.length : at, 0, picture);
  }
  return texts.map(({ top: _top, ...piece }) => piece as ReadingPiece);
}

/** The height that most letters have. */
function usualHeight(tokens: readonly Token[]): number {
  const letters = new Map<number, number>();
  for (const { run, top, bottom } of tokens) {
    const height = Math.round((bottom - top) * 5) / 5;
    if (run.kind === 'text') letters.set(height, (letters.get(height) ?? 0) + run.text.length);
  }
  return [...letters].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? 12;
}

function shareOfPage(box: Box, { width, height, origin: [x, y] = [0, 0] }: PageText): number {
  return share([x, y, x + width, y + height], box);
}
