/** What a kind of hidden content is called in reports. */
export type HiddenKind =
  'annotation' | 'form-value' | 'attachment' | 'layer' | 'metadata' | 'bookmark' | 'script' | 'replacement-text';

/** Something that a reader of the page does not see, and that sanitising took away. It is a record too: staff must see it. */
export interface HiddenContent {
  kind: HiddenKind;
  /** From 0; absent when it belongs to the document. */
  page?: number;
  text: string;
}

/** A longer text is cut: the caseworker needs to know that it was there, not to read a novel in a note. */
export const HIDDEN_TEXT_LIMIT = 20_000;
