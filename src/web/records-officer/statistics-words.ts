import type { ComplaintsAbout } from '../../delivery/statistics/complaint-statistics';
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

const SUBJECTS: Record<string, string> = {
  whole: 'Hele svaret',
  document: 'Ét dokument',
  passage: 'Noget, der er fjernet',
  delay: 'Den tid, det tager',
};

export function subjectInWords(about: string): string {
  return SUBJECTS[about] ?? about;
}

/** The complaints of a period in a sentence or two. */
export function complaintsInWords(complaints: ComplaintsAbout[]): string {
  const sum = (valueOf: (each: ComplaintsAbout) => number): number =>
    complaints.reduce((total, each) => total + valueOf(each), 0);
  const received = sum((each) => each.received);
  if (received === 0) return 'Der er ikke kommet klager i perioden.';
  const dealtWith = sum((each) => each.dealtWith);
  const inTime = sum((each) => each.inTime);
  const kept = dealtWith > 0 ? ` Kommunen holdt sin frist i ${inTime} af ${dealtWith}.` : '';
  return `${received === 1 ? '1 klage' : `${received} klager`} er kommet i perioden, og ${sum((each) => each.open)} er ikke afgjort. En klage, der hører under to klageinstanser, tæller to gange.${kept}`;
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
