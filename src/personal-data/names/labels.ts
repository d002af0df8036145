/**
 * What a word can be. Places and organisations are told apart only so that their capitals do not speak for a person;
 * the program asks for persons alone.
 */
export const LABELS = ['other', 'begins', 'continues', 'place', 'organisation'] as const;
export type Label = (typeof LABELS)[number];

export const LABEL_COUNT = LABELS.length;
export const OTHER = 0;
export const BEGINS = 1;
export const CONTINUES = 2;
export const PLACE = 3;
export const ORGANISATION_WORD = 4;

/** A name can only go on where one has begun. */
export function canFollow(before: number, label: number): boolean {
  return label !== CONTINUES || before === BEGINS || before === CONTINUES;
}
