import type { PageText } from '../contracts';
import type { FileNote } from './file.entity';

/** A scan whose hidden text is not what the picture shows: the caseworker must look, since both count as content. */
export function layerNotes(pages: readonly PageText[]): FileNote[] {
  const sides = pages.filter((page) => page.doubt === 'text-layer-differs').map((page) => page.index + 1);
  if (sides.length === 0) return [];
  const sentence = `På side ${sides.join(', ')} ligger der en skjult tekst bag billedet, som siger noget andet end billedet. Begge dele er læst. Se siden igennem.`;
  return [{ code: 'text-layer-differs', sentence }];
}
