import { lexicon } from './lexicon';
import type { Mention } from './mention';
import type { People } from './people';
import { isKept } from './person';
import type { Reading } from './tokens';

const HANDLE =
  /(?<![\p{L}\p{N}._@/=-])\p{Ll}{2,30}(?:[._-]\p{Ll}{2,30}){1,3}\d{0,4}(?![\p{L}\p{N}@]|[ ]?@|[._-][\p{L}\p{N}])/gu;
const FILE = /\.(?:pdf|docx?|xlsx?|jpe?g|png|tiff?|csv|txt|html?|eml|example|dk|com|net|org)$/;

/** Names on social media that are put together of a person's own: `anne_holm88`, `bo.kvist`, `mette-storm-larsen`. */
export function handleMentions(people: People, reading: Reading, document: string): Mention[] {
  const mentions: Mention[] = [];
  for (const match of reading.text.matchAll(HANDLE)) {
    if (FILE.test(match[0])) continue;
    const words = reading.folded.slice(match.index, match.index + match[0].length).split(/[^\p{L}]+/u);
    const names = words.filter((word) => word.length > 2 && people.knows(word));
    // One ordinary word that is also a name proves nothing; two names side by side do.
    if (names.length < 2 && !names.some((word) => !lexicon().isWord(word))) continue;
    const person = people.match(names, null, document) ?? people.match(names.slice(0, 1), null, document);
    if (!person || isKept(person)) continue;
    const end = match.index + match[0].length;
    mentions.push({ start: match.index, end, kind: 'name', type: 'USERNAME', person, isKept: false, confidence: 0.7 });
  }
  return mentions;
}
