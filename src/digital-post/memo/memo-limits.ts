/**
 * Limits of one message from an authority to a citizen.
 * Source: Bekendtgørelse om størrelse på filer i Digital Post § 3 (99.5 MB, ten files). The raw limit is chosen so that
 * the base64 form stays under it whether a megabyte is read as 10^6 or 2^20 bytes.
 */
export const MEMO_LIMITS = {
  /** Files in one message, all documents together. */
  files: 10,
  /** Bytes of all files before base64. */
  rawBytes: 74_000_000,
  /** Bytes of the whole message as sent. */
  messageBytes: 99_500_000,
  /** Characters of the text in the notice mail or SMS; the 2024 schema says 150, a later copy 160. */
  notification: 150,
  /** Characters of a label by the schema. */
  text: 256,
  comment: 512,
  /** Bytes of the message without its files; more is an attack or a mistake. */
  envelopeBytes: 4_194_304,
} as const;

/** What of {@link MEMO_LIMITS} an operator can set. */
export interface MessageLimits {
  files: number;
  rawBytes: number;
}

export const MEMO_NAMESPACE = 'https://DigitalPost.dk/MeMo-1';

export type MemoVersion = '1.2' | '1.1';
