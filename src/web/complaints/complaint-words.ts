import { aboutInWords, cameByInWords } from '../../delivery/appeal-file/appeal-words';
import type { AppealFile, RecipientKind } from '../../delivery/appeal-file/appeal-file.entity';
import { CAME_BY, type Complaint, type ComplaintOutcome } from '../../delivery/complaints/complaint.entity';
import type { ComplaintSubject } from '../../law';
import type { ChoiceView } from '../views/klager';
import type { StatusTag } from '../views/status-tag';

export const OUTCOMES: Record<ComplaintOutcome, string> = {
  upheld: 'Stadfæstet',
  changed: 'Ændret',
  remitted: 'Hjemvist',
  rejected: 'Afvist',
  withdrawn: 'Trukket tilbage',
};
const RECIPIENTS: Record<RecipientKind, string> = {
  'appeal-body': 'En klageinstans',
  ombudsman: 'Folketingets Ombudsmand',
  'data-protection': 'Datatilsynet',
  court: 'En domstol',
};

export function titleInWords(complaint: Complaint, documentNumber: number | null): string {
  return `Klage ${complaint.position} over ${aboutInWords(complaint, documentNumber)}`;
}

/** @param today YYYY-MM-DD */
export function statusOfComplaint({ state, outcome, dueOn }: Complaint, today: string): StatusTag {
  if (state === 'closed' && outcome) return { word: OUTCOMES[outcome], tone: 'done' };
  if (state === 'forwarded') return { word: 'Hos klageinstansen', tone: 'active' };
  if (dueOn < today) return { word: 'Over fristen', tone: 'problem' };
  return state === 'upheld'
    ? { word: 'Skal sendes videre', tone: 'attention' }
    : { word: 'Skal behandles', tone: 'attention' };
}

export function statusOfFile({ state, vaultKey }: AppealFile): StatusTag {
  if (state === 'failed') return { word: 'Kunne ikke laves', tone: 'problem' };
  if (state === 'ordered') return { word: 'Bliver lavet', tone: 'active' };
  return vaultKey === null ? { word: 'Slettet', tone: 'neutral' } : { word: 'Klar', tone: 'done' };
}

const SUBJECTS: Record<ComplaintSubject, string> = {
  whole: 'Hele svaret',
  document: 'Ét dokument',
  passage: 'Noget, der er fjernet i et dokument',
  delay: 'Den tid, det tager',
};

export function subjectChoices(isAnswered: boolean): ChoiceView[] {
  const subjects: ComplaintSubject[] = isAnswered ? ['whole', 'document', 'passage', 'delay'] : ['delay'];
  return subjects.map((value) => ({ value, label: SUBJECTS[value] }));
}

/** What came in another way than by the page. */
export const CAME_BY_CHOICES: ChoiceView[] = CAME_BY.filter((each) => each !== 'portal').map((value) => ({
  value,
  label: cameByInWords(value).replace(/^./, (letter) => letter.toUpperCase()),
}));

export const OUTCOME_CHOICES: ChoiceView[] = [
  { value: 'upheld', label: 'Stadfæstet', hint: 'Klageinstansen er enig i svaret.' },
  { value: 'changed', label: 'Ændret', hint: 'Klageinstansen har selv ændret svaret.' },
  { value: 'remitted', label: 'Hjemvist', hint: 'Kommunen skal svare igen, normalt inden 7 arbejdsdage.' },
  { value: 'rejected', label: 'Afvist', hint: 'Klageinstansen behandler ikke klagen.' },
];

export const RECIPIENT_CHOICES: ChoiceView[] = Object.entries(RECIPIENTS).map(([value, label]) => ({ value, label }));
