import { fits, type LegalBasis } from '../../law';

/** A reason as caseworkers choose it in the list, and the ground behind it for a party and for everybody else. */
export interface ReasonCode {
  words: string;
  grounds: string[];
}

const INTERNAL = ['FVL-12', 'OFL-23'];

/** The standard reasons that Aarhus' caseworkers choose between. "Andet" has no ground of its own. */
export const REASON_CODES: ReasonCode[] = [
  { words: 'Internt dokument – ufærdigt arbejdsdokument', grounds: INTERNAL },
  { words: 'Internt dokument – foreløbige og sagsforberedende overvejelser', grounds: INTERNAL },
  { words: 'Internt dokument – del af intern beslutningsproces', grounds: INTERNAL },
  { words: 'Særlige dokumenter – sagkyndig rådgiver', grounds: ['FVL-14-3', 'OFL-27-4'] },
  { words: 'Særlige dokumenter – statistik', grounds: ['FVL-14-4', 'OFL-27-5'] },
  { words: 'Særlige dokumenter – straffesag', grounds: ['FVL-11', 'OFL-19'] },
  { words: 'Tavshedsbelagte oplysninger – private forhold', grounds: ['FVL-15B-5', 'OFL-30-1'] },
  { words: 'Tavshedsbelagte oplysninger – forretningsforhold', grounds: ['FVL-15B-5', 'OFL-30-2'] },
  { words: 'Tavshedsbelagte oplysninger – andet', grounds: [] },
];

/** The code that a cell begins with, whatever the dashes and capitals, and what was written after it. */
export function reasonIn(text: string): { code: ReasonCode; words: string } | null {
  const plain = comparable(text);
  const code = REASON_CODES.find(({ words }) => spellings(words).some((each) => plain.startsWith(each)));
  if (!code) return null;
  const spelled = spellings(code.words).find((each) => plain.startsWith(each)) as string;
  const rest = text
    .trim()
    .slice(lengthOf(text.trim(), spelled))
    .replace(/^[\s:;.,–-]+/, '');
  return { code, words: rest.trim() };
}

/** The ground of the code that the basis allows; null when none does. */
export function groundOf({ grounds }: ReasonCode, basis: LegalBasis): string | null {
  return grounds.find((ground) => fits(ground, basis)) ?? null;
}

/** The code that a ground is shown as in a list. */
export function codeOf(groundId: string): ReasonCode | null {
  return REASON_CODES.find(({ grounds }) => grounds.includes(groundId)) ?? null;
}

/** How a document that is withheld is explained in a list: the code, and the words of the letter after it. */
export function reasonCell(groundId: string | null, words: string | null): string {
  const code = groundId === null ? undefined : codeOf(groundId)?.words;
  return code === words ? (code ?? '') : [code, words].filter(Boolean).join(': ');
}

/** "Tavshedsbelagte – private forhold" is how it is said for short. */
function spellings(words: string): string[] {
  const whole = comparable(words);
  return [whole, whole.replace('tavshedsbelagte oplysninger', 'tavshedsbelagte')];
}

function comparable(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\s–—-]+/g, ' ')
    .trim();
}

/** How much of `text` the comparable beginning takes up. */
function lengthOf(text: string, beginning: string): number {
  for (let length = 1; length <= text.length; length += 1) {
    if (comparable(text.slice(0, length)) === beginning) return length;
  }
  return text.length;
}
