import type { AppealRoute } from './appeal-bodies';
import type { CalendarDate } from './calendar-date';
import { longDate, weekdayDate } from './danish-dates';
import type { LegalBasis } from './legal-basis';
import { longCitation, type LegalGround } from './legal-grounds';

/** Receipt for a request. The only date it may show is the end of day 7. */
export function receiptText(request: {
  received: CalendarDate;
  wording: string;
  due: CalendarDate;
  caseNumber: string;
}): string {
  return (
    `Vi har den ${longDate(request.received)} modtaget din anmodning om aktindsigt. Du har skrevet: »${request.wording}«. ` +
    `Vi behandler den hurtigst muligt og senest ${weekdayDate(request.due)}. Kan vi ikke nå det, får du besked inden da. ` +
    `Sagsnummer: ${request.caseNumber}.`
  );
}

/** "Det skyldes, at …": a reason as a caseworker wrote it, as a sentence. */
export function reasonSentence(reason: string): string {
  return `Det skyldes${reason.startsWith('at ') ? ',' : ''} ${reason}.`;
}

/** Notice before the end of day 7; `reason` goes on after "Det skyldes", and `expected` is a realistic day. */
export function lateNoticeText(notice: {
  due: CalendarDate;
  reason: string;
  expected: CalendarDate;
  partNow: boolean;
  basis: LegalBasis;
}): string {
  const sentences = [
    `Vi kan ikke nå at færdigbehandle din anmodning inden ${weekdayDate(notice.due)}.`,
    reasonSentence(notice.reason),
    `Vi forventer at afgøre sagen senest ${weekdayDate(notice.expected)}.`,
  ];
  if (notice.partNow) sentences.push('De dokumenter, der ikke giver tvivl, får du allerede nu.');
  if (isPublicAccess(notice.basis)) {
    sentences.push(
      'Er din anmodning ikke færdigbehandlet inden 14 arbejdsdage efter modtagelsen, kan du klage over sagsbehandlingstiden. Send klagen til os.',
    );
  }
  return sentences.join(' ');
}

/** First paragraph of the decision, from the numbers of documents given in full, in part and not at all. */
export function outcomeText(documents: { full: number; partial: number; withheld: number }): string {
  const { full, partial, withheld } = documents;
  if (full + partial + withheld === 0) return 'Vi har ikke fundet dokumenter, der er omfattet af din anmodning.';
  if (partial + withheld === 0) {
    return 'Du får aktindsigt i alle dokumenter, der er omfattet af din anmodning. Aktliste og dokumenter er vedlagt.';
  }
  const sentences = [];
  if (full > 0) sentences.push(`Du får ${documentCount(full)} uden ændringer.`);
  if (partial > 0) sentences.push(`I ${documentCount(partial)} har vi fjernet oplysninger.`);
  if (withheld > 0) sentences.push(`Du kan ikke få ${documentCount(withheld)}.`);
  sentences.push('Det fremgår af aktlisten, hvilke dokumenter det er, og hvilken bestemmelse vi har brugt.');
  return sentences.join(' ');
}

/** Why this set of rules was used (law.md section 6, "Lovvalg"). `cases` names the cases: "sag 27.24.00-G01-12-24". */
export function basisText(basis: LegalBasis, cases: string): string {
  switch (basis) {
    case 'FVL_PART':
      return `Du er part i ${cases}. Din anmodning er derfor behandlet efter forvaltningslovens § 9.`;
    case 'OFL_EGENACCES':
      return `Der træffes ikke en afgørelse over for dig i ${cases}, men der står oplysninger om dig. Vi har behandlet anmodningen efter din ret til at se oplysninger om dig selv (offentlighedslovens § 8).`;
    case 'OFL_ALLE':
      return `Vi har behandlet din anmodning om ${cases} efter den ret til aktindsigt, som enhver har (offentlighedslovens § 7).`;
    case 'GDPR_15':
      return 'Vi har også behandlet din anmodning efter databeskyttelsesforordningens artikel 15. Du har fået adgang efter de regler, der stiller dig bedst.';
    case 'SUL_37':
      return `Journalen i ${cases} er behandlet efter sundhedslovens § 37.`;
    case 'MOL_PART':
      return `Du er part i ${cases}, der indeholder miljøoplysninger. Vi har behandlet anmodningen efter miljøoplysningsloven og forvaltningsloven.`;
    case 'MOL_ALLE':
      return `Vi har behandlet din anmodning om miljøoplysninger i ${cases} efter miljøoplysningsloven.`;
  }
}

const MEANINGS: Record<string, string> = {
  'FVL-15B-5':
    'En parts ret til aktindsigt kan begrænses, hvis partens interesse i oplysningerne må vige for afgørende hensyn til private eller offentlige interesser.',
  'OFL-8-ANDRE':
    'Du har ret til at se oplysninger om dig selv, medmindre hensynet til andre med afgørende vægt taler imod.',
};

/** What a provision says, as a citizen reads it. */
export function provisionMeaning(ground: LegalGround): string {
  return MEANINGS[ground.id] ?? `${ground.meaningDa.replace(/\.$/, '')}.`;
}

/** What a letter must tell about one use of a ground (FVL § 24). */
export interface GroundReasons {
  /** Kind of information, without revealing it: "en anden persons helbred". */
  information: string;
  /** The main consideration that the caseworker wrote: "oplysningerne er meget følsomme". */
  consideration: string;
  /** Their weight for the requester's case: "har ingen betydning for afgørelsen af din sag". */
  weight?: string;
}

/** The reasons for removing passages under one ground. */
export function groundText(ground: LegalGround, reasons: GroundReasons): string {
  const weight = reasons.weight ? `, og at oplysningerne ${reasons.weight}` : '';
  const weighed = `Vi har lagt vægt på, at ${reasons.consideration}${weight}.`;
  const removed = `Vi har fjernet oplysninger om ${reasons.information}.`;
  if (ground.id === 'FVL-15B-5') {
    return `${removed} En parts ret til aktindsigt kan begrænses, hvis partens interesse i oplysningerne må vige for afgørende hensyn til private eller offentlige interesser, jf. ${longCitation(ground)}. ${weighed}`;
  }
  if (ground.id === 'OFL-8-UDENFOR') {
    return `${removed} Oplysninger, der alene handler om andre, er ikke omfattet af din ret til at se oplysninger om dig selv (offentlighedslovens § 8).`;
  }
  if (ground.id === 'OFL-8-ANDRE') {
    return `${removed} Hensynet til andre taler med afgørende vægt imod, at du får dem, jf. ${longCitation(ground)}. ${weighed}`;
  }
  return `${removed} Det er sket efter ${longCitation(ground)}. ${weighed}`;
}

/**
 * The reasons for hiding who notified. It gives no example of why anybody is protected: `concrete` is the caseworker's
 * own weighing and must not tell who the notifier is.
 */
export function notifierText(ground: LegalGround, concrete: string): string {
  return (
    'Vi har fjernet oplysninger, der kan vise, hvem der har henvendt sig. ' +
    `Vi har afvejet din interesse i at kende personen over for ${concrete} og hensynet til, at borgere ikke holder sig tilbage fra at henvende sig om bekymring for et barn. ` +
    `Selve indholdet har du fået, bortset fra det, der røber identiteten, jf. ${longCitation(ground)}.`
  );
}

/** Documents withheld as internal; `extracted` tells what the check for facts and assessments led to. */
export function internalDocumentsText(basis: 'FVL_PART' | 'OFL_EGENACCES' | 'OFL_ALLE', extracted: boolean): string {
  const [provision, finalForm, extraction] =
    basis === 'FVL_PART'
      ? ['forvaltningslovens § 12, stk. 1', '§ 13', '§§ 14 a-14 b']
      : ['offentlighedslovens § 23, stk. 1', '§ 26', '§§ 28-29'];
  const result = extracted
    ? 'Disse oplysninger har du fået.'
    : 'Der er ingen sådanne oplysninger, som ikke allerede står i andre dokumenter, du har fået.';
  return `Dokumenterne er udarbejdet af kommunen til eget brug og er ikke afgivet til andre, jf. ${provision}. De er ikke omfattet af ${finalForm}. Vi har gennemgået dem for faktiske oplysninger og faglige vurderinger, som du har ret til, jf. ${extraction}. ${result}`;
}

/** Partial access: the rest of the document is given (FVL § 15 c, OFL § 34). */
export function restOfDocumentText(basis: LegalBasis): string {
  const provision = isPublicAccess(basis) ? 'offentlighedslovens § 34' : 'forvaltningslovens § 15 c';
  return `Resten af dokumentet får du, jf. ${provision}.`;
}

/** Why more than the right was not given, or why it must not be (FVL § 10, OFL § 14). */
export function extraAccessText(basis: LegalBasis, outcome: { barredBySecrecy: true } | { reason: string }): string {
  if ('barredBySecrecy' in outcome) {
    return 'Oplysningerne er omfattet af tavshedspligt efter forvaltningslovens § 27, og vi kan derfor ikke give dem efter reglen om meroffentlighed.';
  }
  const provision = isPublicAccess(basis) ? 'offentlighedslovens § 14' : 'forvaltningslovens § 10';
  return `Vi har overvejet at give dig mere, end du har krav på, jf. ${provision}. Vi har ikke gjort det, fordi ${outcome.reason}.`;
}

/** Complaint guidance for the part of the decision that one basis covers (law.md 14.1). `address` is the municipality's. */
export function complaintText(basis: LegalBasis, route: AppealRoute, part: string, address: string): string {
  if (basis === 'GDPR_15') {
    return 'Du kan klage til Datatilsynet over vores behandling af dine personoplysninger, og du kan gå til domstolene. Der er ingen frist for at klage.';
  }
  const opening = `Du kan klage over ${part} til ${route.body}.`;
  // The limit under SUL § 37 is not settled in the catalogue, so the letter does not promise that there is none.
  const limit = basis === 'SUL_37' ? '' : ' Der er ingen frist for at klage.';
  if (route.sendTo === 'direct') {
    return `${opening} Send klagen direkte til ${route.body}.${limit} Kommer klagen til os, sender vi den straks videre.`;
  }
  return `${opening} Send klagen til ${address}.${limit} Vi ser på afgørelsen igen. Fastholder vi den, sender vi klagen og sagen videre til ${route.body} hurtigst muligt og normalt senest 7 arbejdsdage efter, at vi har modtaget klagen.`;
}

/** A running complaint period over another decision is interrupted (FVL § 17). */
export function interruptedComplaintPeriodText(): string {
  return 'Har du fået en afgørelse i en af sagerne, og løber der en klagefrist, er fristen afbrudt, mens vi behandler din anmodning. Den løber videre, når du har fået dette svar, og du har altid mindst 14 dage.';
}

/** Part of the request that another authority decides (FVL § 7, stk. 2). */
export function forwardedText(cases: string, authority: string): string {
  return `${cases} behandles af ${authority}, som skal afgøre anmodningen for den del. Vi har i dag sendt din anmodning videre dertil.`;
}

function isPublicAccess(basis: LegalBasis): boolean {
  return basis === 'OFL_EGENACCES' || basis === 'OFL_ALLE' || basis === 'MOL_ALLE';
}

function documentCount(count: number): string {
  return count === 1 ? '1 dokument' : `${count} dokumenter`;
}
