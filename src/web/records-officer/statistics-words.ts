import { basisName, groundById, isLegalBasis, longCitation } from '../../law';
import { areaOf } from '../../overview/case-subject';

const MONTHS = ['jan.', 'feb.', 'mar.', 'apr.', 'maj', 'juni', 'juli', 'aug.', 'sep.', 'okt.', 'nov.', 'dec.'];

/** "2026-11": "nov. 2026". */
export function monthInWords(month: string): string {
  const [year, number] = month.split('-');
  return `${MONTHS[Number(number) - 1]} ${year}`;
}

const OUTCOMES: Record<string, string> = {
  full: 'Givet helt',
  partial: 'Givet delvist',
  refusal: 'Afslået',
  'nothing-found': 'Intet fundet',
};

export function outcomeInWords(outcome: string): string {
  return OUTCOMES[outcome] ?? 'Uden udfald';
}

export function basisInWords(basis: string): string {
  return isLegalBasis(basis) ? basisName(basis) : basis;
}

export function groundInWords(groundId: string): string {
  const ground = groundById(groundId);
  return ground ? capitalised(longCitation(ground)) : groundId;
}

export function areaInWords(area: string): string {
  return areaOf(area);
}

/** "83 %"; what is not all is not told as all. */
export function percent(share: number): string {
  if (share < 1 && share >= 0.995) return 'over 99 %';
  return `${Math.round(share * 100)} %`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
