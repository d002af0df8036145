/** What is asked of every delivery in a sample: the eleven points of a records officer's audit. */
export interface AuditPoint {
  number: number;
  title: string;
  question: string;
  /** The provision behind it, where there is one. */
  source: string;
}

export const AUDIT_POINTS: readonly AuditPoint[] = [
  {
    number: 1,
    title: 'Frister og fristbrev',
    question: 'Er der afgjort inden 7 arbejdsdage, eller fik borgeren inden da et konkret fristbrev?',
    source: 'Offentlighedslovens § 36, stk. 2, og forvaltningslovens § 16, stk. 2',
  },
  {
    number: 2,
    title: 'Retsgrundlag',
    question: 'Er retsgrundlaget rigtigt for hver sag?',
    source: 'Forvaltningslovens § 9, offentlighedslovens §§ 7 og 8, sundhedslovens § 37',
  },
  {
    number: 3,
    title: 'Aktliste',
    question: 'Er alle sagens dokumenter i fagsystemet med på aktlisten?',
    source: 'Offentlighedslovens § 15',
  },
  {
    number: 4,
    title: 'Hjemmel og hovedhensyn',
    question: 'Har alt, der er tilbageholdt, en hjemmel, der passer til retsgrundlaget, og et konkret hovedhensyn?',
    source: 'Forvaltningslovens § 24',
  },
  {
    number: 5,
    title: 'Ekstrahering og meroffentlighed',
    question: 'Er der taget stilling til ekstrahering og meroffentlighed, og står det i afgørelsen?',
    source: 'Forvaltningslovens §§ 10, 14 a og 14 b, offentlighedslovens §§ 14, 28 og 29',
  },
  {
    number: 6,
    title: 'Kontrol og aftryk',
    question: 'Bestod svaret kontrollen, og er det afsendte det godkendte?',
    source: 'Databeskyttelsesforordningens artikel 32',
  },
  {
    number: 7,
    title: 'Modtager',
    question: 'Fik den rette svaret?',
    source: 'Databeskyttelsesforordningens artikel 5, stk. 1, litra f',
  },
  {
    number: 8,
    title: 'Klagevejledning',
    question: 'Passer klagevejledningen til sagens område og retsgrundlag?',
    source: 'Forvaltningslovens § 25',
  },
  {
    number: 9,
    title: 'Journalisering',
    question: 'Er anmodning, afgørelse, aktliste og det udleverede journaliseret?',
    source: 'Offentlighedslovens § 15',
  },
  {
    number: 10,
    title: 'Klager',
    question: 'Er en klage sendt videre inden 7 arbejdsdage?',
    source: 'Offentlighedslovens § 37, stk. 2',
  },
  {
    number: 11,
    title: 'Opslag',
    question: 'Viser loggen kun opslag fra medarbejdere, der har med sagen at gøre?',
    source: 'Databeskyttelsesforordningens artikel 32',
  },
];

/** `doubt`: something that a person must look at. `unknown`: the program cannot know it. */
export type ProgramVerdict = 'right' | 'doubt' | 'wrong' | 'not_relevant' | 'unknown';

export type OfficerVerdict = 'right' | 'wrong' | 'not_relevant';

/** What the program found about one point. The lines are kept with the answer, and name nobody. */
export interface Evidence {
  verdict: ProgramVerdict;
  lines: string[];
  /** Where the officer can see for herself. */
  href?: string;
}

/** What is chosen beforehand: only what the program has seen. A doubt is chosen by nobody but a person. */
export function chosenBeforehand(verdict: ProgramVerdict): OfficerVerdict | '' {
  return verdict === 'doubt' || verdict === 'unknown' ? '' : verdict;
}
