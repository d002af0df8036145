import { extraAccessText, groundById, longCitation, type LegalBasis } from '../../law';

/** Field of the form, and key in the stored words, for what is said of giving more than the right. */
export const EXTRA_ACCESS = 'meroffentlighed';

/**
 * What the page suggests until the caseworker has written something. Each goes on after "Vi har lagt vægt på, at …". A
 * lawyer may change them; only grounds whose weighing is much the same from case to case have one.
 */
const SUGGESTIONS: Record<string, string> = {
  'FVL-15B-5':
    'oplysningerne handler om andre personers private forhold, at de ikke har haft betydning for afgørelsen af din sag, og at hensynet til, at de pågældende kan have deres forhold i fred, derfor vejer tungere end din interesse i at se dem',
  'OFL-8-ANDRE':
    'oplysningerne handler om andre personers private forhold, og at hensynet til, at de pågældende kan have deres forhold i fred, vejer tungere end din interesse i at se dem',
  'OFL-30-1': 'oplysningerne handler om enkeltpersoners private forhold, som offentligheden ikke har krav på at se',
  'DBL-22-1':
    'oplysningerne handler om andre personers private forhold, og at hensynet til dem vejer tungere end din interesse i at se oplysningerne',
};

export function suggestedConsideration(groundId: string): string {
  return SUGGESTIONS[groundId] ?? '';
}

export function suggestedExtraAccess(basis: LegalBasis): string {
  return extraAccessText(basis, { barredBySecrecy: true });
}

/** `Skriv, hvad der er lagt vægt på efter …` when too little is written; null when it is enough. */
export function faultOf(groundId: string, words: string): string | null {
  if (words.trim().length >= 10) return null;
  const ground = groundById(groundId);
  return `Skriv, hvad der er lagt vægt på ved ${ground ? longCitation(ground) : groundId}. Teksten kommer med i afgørelsen.`;
}
