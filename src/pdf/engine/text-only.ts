import { OperationReader } from './content-stream';

const SHOWS = new Set(['Tj', 'TJ', "'", '"']);
/** What places letters, without what says how they look (ISO 32000-1, 9.3 and 9.4). */
const PLACES = new Set([
  ...['q', 'Q', 'cm', 'BT', 'ET', 'Tf', 'Td', 'TD', 'Tm', 'T*', 'Tc', 'Tw', 'Tz', 'TL', 'Ts'],
  ...SHOWS,
]);
/** Text rendering mode 3 hides letters, but not those of a Type 3 font: nothing of them is inside the clip. */
const UNSEEN = '0 0 0 0 re W n 3 Tr';

export interface TextOnly {
  /** The letters of a content stream where they stood, unseen. */
  content: string;
  /** True when the stream itself shows text. */
  hasText: boolean;
  /** Names of what it paints by `Do`. */
  painted: Set<string>;
}

/** A content stream with its letters alone, not to be seen: pictures, lines, colours and states are left out. */
export function textOnly(content: string): TextOnly {
  const out = [UNSEEN];
  const painted = new Set<string>();
  let hasText = false;
  const reader = new OperationReader(content);
  while (reader.next()) {
    const { operator } = reader;
    if (SHOWS.has(operator)) hasText = true;
    if (operator === 'Do') painted.add(reader.operand(0) ?? '');
    if (operator === 'Do' || PLACES.has(operator)) out.push(reader.written);
  }
  return { content: out.join('\n'), hasText, painted };
}
