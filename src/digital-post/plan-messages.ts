import { MEMO_LIMITS, type MessageLimits } from './memo/memo-limits';

/** Something that goes into a message whole: a file, or a document that is bound into a file with others. */
export interface Enclosure {
  /** Bytes before base64. */
  size: number;
  /** Files that it adds to its message; default 1, 0 for a document bound into a file that is counted already. */
  files?: number;
}

export interface MessagePlan<E> {
  /** Counted from 1. */
  part: number;
  parts: number;
  enclosures: E[];
}

/** Thrown when one enclosure is too large for a message of its own; `index` is its place in the list. */
export class EnclosureTooLargeError extends Error {
  override readonly name = 'EnclosureTooLargeError';

  constructor(
    readonly index: number,
    size: number,
    room: number,
  ) {
    super(
      `Number ${index + 1} of the files has ${size} bytes, and a message has room for ${room} beside the letter. Divide the file at a document border, or hand it over in another way.`,
    );
  }
}

/**
 * Divides enclosures among messages, in their order: each message holds what stands in every one of them (the letter,
 * which makes it readable alone) and as many enclosures as there is room for. Always at least one message. Limits are
 * files and raw bytes of one message, default those of Digital Post.
 * Throws {@link EnclosureTooLargeError} when an enclosure fits into no message.
 */
export function planMessages<E extends Enclosure>(
  inEvery: readonly Enclosure[],
  enclosures: readonly E[],
  limits: MessageLimits = MEMO_LIMITS,
): MessagePlan<E>[] {
  const room = { files: limits.files - filesOf(inEvery), bytes: limits.rawBytes - bytesOf(inEvery) };
  const messages: E[][] = [[]];
  let left = room;
  enclosures.forEach((enclosure, index) => {
    if (!fits(enclosure, room)) throw new EnclosureTooLargeError(index, enclosure.size, Math.max(0, room.bytes));
    if (!fits(enclosure, left)) {
      messages.push([]);
      left = room;
    }
    messages[messages.length - 1]!.push(enclosure);
    left = { files: left.files - (enclosure.files ?? 1), bytes: left.bytes - enclosure.size };
  });
  return messages.map((each, index) => ({ part: index + 1, parts: messages.length, enclosures: each }));
}

/** Viewers of Digital Post cut longer titles. */
const TITLE_CHARACTERS = 128;

/** The title with its number, `Svar på din anmodning (1/3)`; as it is when there is only one. At most 128 characters. */
export function numberedLabel(label: string, part: number, parts: number): string {
  if (parts === 1) return label;
  const mark = ` (${part}/${parts})`;
  const characters = [...label];
  if (characters.length + mark.length <= TITLE_CHARACTERS) return label + mark;
  return `${characters
    .slice(0, TITLE_CHARACTERS - mark.length - 1)
    .join('')
    .trimEnd()}…${mark}`;
}

function fits({ size, files }: Enclosure, room: { files: number; bytes: number }): boolean {
  return (files ?? 1) <= room.files && size <= room.bytes;
}

function filesOf(enclosures: readonly Enclosure[]): number {
  return enclosures.reduce((sum, { files }) => sum + (files ?? 1), 0);
}

function bytesOf(enclosures: readonly Enclosure[]): number {
  return enclosures.reduce((sum, { size }) => sum + size, 0);
}
