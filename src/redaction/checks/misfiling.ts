import type { PartyRegister, Span } from '../../contracts';
import { belongingOf, namesANamesake, wordsOf, type ReadPage } from './belonging';

export interface CheckedDocument {
  pages: ReadPage[];
  /** An attachment is what its letter says it is: only a stranger's own number speaks against it. */
  isAttachment: boolean;
}

/** Numbers that name a person for certain. */
const NUMBERS: ReadonlySet<string> = new Set(['CPR', 'CPR_PARTIAL', 'DOB']);
/** What one writes of the person whom a document is about. */
const PRIVATE_FACTS: ReadonlySet<string> = new Set(['ADDRESS', 'PHONE', 'EMAIL', 'BANK_ACCOUNT', ...NUMBERS]);
/** As far as the head of a letter or the subject line of a mail reaches. */
const HEAD = 420;
/** Directly before the name of the person whom a document is about, or to whom it is sent. */
const IS_ABOUT =
  /(?:^|[\s(])(?:vedr(?:\.|ørende)|ang(?:\.|ående)|navn|borger(?:en)?|ansøger|patient|elev|barn(?:et)?|klient|modtager|beboer|kære|hej|sag(?:en)? om|om|til|emne|notat om|samtale med|opkald fra|ansøgning fra|for)(?: (?:borger|navn|fru|hr\.?))?[\s:]{1,4}$/iu;
/** Directly before the name of somebody who only can be called. */
const IS_CONTACT = /(?:kontakt\S*|spørg|ring til|hilsen|hilsner|underskrevet af|sagsbehandler|leder|v\/)[\s:]{1,4}$/iu;

const SENTENCES = {
  stranger:
    'Numre, navne og adresser i dokumentet passer ikke på borgeren eller sagens andre parter, men på en fremmed. Det kan være lagt på en forkert borger.',
  namesake:
    'Dokumentet bruger en parts navn, men et andet personnummer. Det kan handle om en anden med samme navn og være lagt på en forkert borger.',
} as const;
const WHAT_TO_DO = ' Undersøg det, før noget udleveres, og vurder, om der er sket et brud på persondatasikkerheden.';

/**
 * A document whose numbers, names and addresses match no party of the request was probably filed on the wrong citizen.
 * Null when it belongs, and when it is about nobody: guidance, minutes of a department and other general papers.
 *
 * @param caseNumbers numbers of the request's own cases: a document that carries one belongs
 * @returns a Danish sentence for staff, without personal data
 */
export function misfilingFinding(
  { pages, isAttachment }: CheckedDocument,
  register: PartyRegister,
  caseNumbers: string[] = [],
): string | null {
  const belonging = belongingOf(pages, register, caseNumbers);
  if (belonging === 'certain') return null;
  if (belonging === 'by-name') return namesANamesake(pages, register) ? SENTENCES.namesake + WHAT_TO_DO : null;
  const known = new Set(register.parties.map(({ id }) => id));
  const strangers = strangersOn(pages, known);
  const isAlarming = belonging === 'hinted' || isAttachment ? strangers.isInHead : strangers.isSubject;
  return isAlarming ? SENTENCES.stranger + WHAT_TO_DO : null;
}

interface Strangers {
  /** Somebody unknown stands where a document says whom it is about, with a number or another private fact. */
  isInHead: boolean;
  /** The document is about somebody unknown, or gives his or her number. */
  isSubject: boolean;
}

function strangersOn(pages: ReadPage[], known: ReadonlySet<string>): Strangers {
  const isStranger = ({ person, redact }: Span): boolean => redact && (person === null || !known.has(person));
  const spans = pages.flatMap(({ spans: found }) => found.filter(isStranger));
  const numbers = spans.filter(({ type }) => NUMBERS.has(type));
  const head = pages[0];
  const inHead = (span: Span): boolean => head !== undefined && head.spans.includes(span) && span.start < HEAD;
  const named =
    head?.spans.filter((span) => isStranger(span) && isFullName(span, head.text) && !isContact(span, head.text)) ?? [];
  const isAddressed = named.some((span) => isNamedAsSubject(span, head?.text ?? ''));
  const isIntroduced = named.some((span) => inHead(span) && hasFactsBeside(span, head?.spans ?? [], isStranger));
  return {
    isInHead: isIntroduced || numbers.some((span) => span.type !== 'DOB' && inHead(span)),
    isSubject: numbers.length > 0 || isAddressed || isIntroduced,
  };
}

function isFullName({ type, start, end }: Span, text: string): boolean {
  return type === 'NAME' && wordsOf(text.slice(start, end)).length > 1;
}

function isNamedAsSubject({ start }: Span, text: string): boolean {
  return IS_ABOUT.test(text.slice(Math.max(0, start - 40), start));
}

function isContact({ start }: Span, text: string): boolean {
  return IS_CONTACT.test(text.slice(Math.max(0, start - 40), start));
}

/** A private fact of a stranger soon after the name, as letterheads and forms have it. */
function hasFactsBeside(name: Span, spans: Span[], isStranger: (span: Span) => boolean): boolean {
  return spans.some(
    (span) => PRIVATE_FACTS.has(span.type) && isStranger(span) && span.start >= name.end && span.start - name.end < 200,
  );
}
