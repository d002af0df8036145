import { fold } from './folding';
import type { Mention } from './mention';
import type { People } from './people';
import { isKept } from './person';
import type { Reading } from './tokens';

const DOTTED = /(?<![\p{L}\p{N}.])\p{Lu}\.(?: ?\p{Lu}\.){1,4}(?!\p{L})/gu;
const SINGLE = /(?<![\p{L}\p{N}.])\p{Lu}\.(?= [a-zæøå])/gu;
/** `D mener, at`: a letter alone that does what only people do. */
const LETTER =
  /(?<![\p{L}\p{N}.:/-])(?<!\p{N} )[B-HJ-ZÆØÅ](?= (?:har|havde|mener|siger|sagde|hørt|hørte|vil|ville|oplyser|oplyste|fortæller|fortalte|spørger|spurgte|ringer|ringede|ønsker|græd|græder|tror)\b)/gu;
const PLAIN = /(?<![\p{L}\p{N}.@_-])\p{Lu}{2,4}(?![\p{L}\p{N}.@-]|\.\p{L})/gu;

/** `H.C. Andersens Plads`. */
const OF_A_STREET = /^[ \n]?\p{Lu}\p{L}+\s(?:Plads|Gade|Vej|Allé|Alle|Torv|Stræde|Vænge|Boulevard)/u;

/** Initials of somebody known. Plain capitals count only when they fit a person: most are abbreviations. */
export function initialMentions(
  people: People,
  reading: Reading,
  taken: (start: number, end: number) => boolean,
): Mention[] {
  const mentions: Mention[] = [];
  const add = (start: number, written: string, mayBeNobody: boolean, confidence: number): void => {
    const end = start + written.length;
    if (taken(start, end) || OF_A_STREET.test(reading.text.slice(end, end + 40))) return;
    const person = people.matchInitials(fold(written).replace(/[^\p{L}]/gu, ''));
    if (!person && mayBeNobody) return;
    mentions.push({
      start,
      end,
      kind: 'initials',
      type: 'INITIALS',
      person,
      isKept: person ? isKept(person) : false,
      confidence,
    });
  };
  for (const match of reading.text.matchAll(DOTTED)) add(match.index, match[0], false, 0.7);
  for (const match of reading.text.matchAll(PLAIN)) {
    const token = reading.lines.length > 0 && isShouted(reading, match.index);
    if (!token) add(match.index, match[0], true, 0.7);
  }
  for (const match of reading.text.matchAll(SINGLE)) {
    const person = soleFirstLetter(people, fold(match[0])[0]!);
    if (person && !taken(match.index, match.index + 2)) {
      mentions.push({
        start: match.index,
        end: match.index + 2,
        kind: 'initials',
        type: 'INITIALS',
        person,
        isKept: isKept(person),
        confidence: 0.5,
      });
    }
  }
  for (const match of reading.text.matchAll(LETTER)) {
    const person = people.all.find((one) => !isKept(one) && one.firstName.startsWith(fold(match[0])));
    if (!person || taken(match.index, match.index + 1)) continue;
    mentions.push({
      start: match.index,
      end: match.index + 1,
      kind: 'initials',
      type: 'INITIALS',
      person,
      isKept: false,
      confidence: 0.5,
    });
  }
  return mentions;
}

function soleFirstLetter(people: People, letter: string): ReturnType<People['match']> {
  const fitting = people.all.filter((person) => person.firstName.startsWith(letter));
  return fitting.find((person) => !isKept(person)) ?? fitting[0] ?? null;
}

function isShouted(reading: Reading, position: number): boolean {
  let low = 0;
  let high = reading.lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (reading.lines[middle]!.start <= position) low = middle;
    else high = middle - 1;
  }
  return reading.lines[low]!.shouts;
}
