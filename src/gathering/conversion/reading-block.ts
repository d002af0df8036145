/** What a plain reading of a document is made of. Texts may hold `\n` for a new line. */
export type ReadingBlock =
  | { kind: 'heading'; level: 1 | 2 | 3; text: string }
  | { kind: 'paragraph'; text: string }
  /** `header` is true when the first row names the columns. */
  | { kind: 'table'; rows: string[][]; header: boolean }
  /** White space counts: plain text, mails without HTML. */
  | { kind: 'preformatted'; text: string };

/** A picture taken out of a document, in the document's order. */
export interface ReadingPicture {
  /** The number that stands in the text where the picture was: `[Billede 3]`. */
  number: number;
  bytes: Buffer;
}

/** All text of the blocks, for comparing versions of the same mail. */
export function plainText(blocks: ReadingBlock[]): string {
  return blocks.map((block) => (block.kind === 'table' ? block.rows.flat().join(' ') : block.text)).join('\n');
}
