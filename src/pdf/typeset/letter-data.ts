/** The municipality as a sender. All texts are Danish and shown as they are, never read as markup. */
export interface LetterSender {
  municipality: string;
  /** The unit that decides: "Borgerservice". */
  unit: string;
  addressLines: string[];
  phone?: string;
  email?: string;
  website?: string;
}

export interface LetterPerson {
  name: string;
  /** "Sagsbehandler", "Teamleder". */
  title?: string;
}

/** One ground that was used, with its reasons (FVL § 24). */
export interface LetterGround {
  /** "forvaltningslovens § 15 b, nr. 5". */
  citation: string;
  /** What the provision says, in plain words or quoted. */
  provisionText: string;
  /** Kind of information that was removed, without revealing it. */
  information: string;
  /** The main consideration of the concrete weighing, in the caseworker's words. */
  consideration: string;
  /** "Det gælder dokument 4, 7 og 9." */
  documents: string;
  /** Why the rest of a document is or is not given (FVL § 15 c, OFL § 34). */
  restOfDocument?: string;
  /** Whether more than the right was considered (FVL § 10, OFL § 14). */
  extraAccess?: string;
  /** What a look for facts and assessments led to (FVL §§ 14 a-14 b, OFL §§ 28-29). */
  extraction?: string;
}

/** Guidance on complaints for the part of the decision that one basis covers. */
export interface LetterComplaint {
  /** "Den del, der er afgjort efter forvaltningsloven". */
  part: string;
  text: string;
}

/** Numbers of documents; together they are all documents that were found. */
export interface DocumentCounts {
  full: number;
  partial: number;
  withheld: number;
  outside: number;
  duplicates: number;
}

/** Data of `afgoerelse.typ`, the decision. Empty lists leave their section out: a full grant needs no reasons (FVL §§ 22, 25). */
/** What became of everything that one source listed. */
export interface AccountRow {
  source: string;
  /** What the source itself says there is; absent where it does not say. */
  claimed?: number;
  listed: number;
  /** Found inside files: attachments of mails and the like. */
  inside: number;
  /** Given, whole or in part. */
  given: number;
  withheld: number;
  /** Outside the request, or the same as another document. */
  other: number;
}

/** The account of the search: what every source gave, and who was not asked. */
export interface SearchAccount {
  rows: AccountRow[];
  /** Systems that are known to hold personal data and were not searched. */
  notSearched: string[];
  /** Other archives, and how to ask them. */
  referrals: string[];
}

export interface DecisionLetterData {
  sender: LetterSender;
  addressee: {
    name: string;
    lines: string[];
    /** Who the request is about, when the addressee acts for another. */ onBehalfOf?: string;
  };
  caseNumber: string;
  /** YYYY-MM-DD. */
  date: string;
  request: {
    /** YYYY-MM-DD. */
    received: string;
    wording: string;
    /** What the citizen added later. */
    clarification?: string;
    understoodAs: string;
  };
  decision: {
    kind: 'FULD' | 'DELVIS' | 'AFSLAG' | 'INTET_FUNDET';
    /** The outcome in one paragraph. */
    text: string;
    counts: DocumentCounts;
  };
  /** Why these rules were used: one sentence a basis. */
  bases: string[];
  grounds: LetterGround[];
  /** What stands where a passage was removed: "§ 15 b, nr. 5". */
  markExample?: string;
  /** "Vi søgte den 22. november 2026 i vores sagssystem (SBSYS) …" */
  sources: string[];
  account?: SearchAccount;
  /** Technical files that were left out, and other words on the delivery. */
  deliveryNotes: string[];
  complaints: LetterComplaint[];
  /** Correction, remarks to the case, Datatilsynet, interrupted complaint periods. */
  rights: string[];
  enclosures: string[];
  caseworker: LetterPerson;
  /** Absent when the package is approved after the letter was set: then the register of deliveries names the approver. */
  approver?: LetterPerson;
}

export type AccessAnswer = 'Ja' | 'Delvis' | 'Nej' | 'Uden for' | 'Dublet';

/** One row of the list of documents. */
export interface DocumentListRow {
  number: string;
  /** YYYY-MM-DD, or empty when the document bears none. */
  date: string;
  direction: '' | 'ind' | 'ud' | 'intern';
  /** The title as it may be given: it went through the same redaction as the documents. */
  title: string;
  kind: string;
  pages: number;
  case: string;
  basis: string;
  access: AccessAnswer;
  /** Provision, or "Dublet af 4". */
  ground: string;
  /** First page in the assembled PDF; absent when nothing of it is there. */
  packagePage?: number;
  /** Which of several PDF files, from 1; absent when there is one. */
  packagePart?: number;
}

/** Data of `aktliste.typ`. The counts must add up to the number of rows. */
export interface DocumentListData {
  sender: Pick<LetterSender, 'municipality' | 'unit'>;
  addressee: string;
  caseNumber: string;
  /** YYYY-MM-DD. */
  date: string;
  rows: DocumentListRow[];
  counts: DocumentCounts;
  sources: string[];
  account?: SearchAccount;
}

/** A piece of a reading conversion, in reading order. */
export type ReadingBlock =
  | { kind: 'heading'; level: 1 | 2 | 3; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'table'; rows: string[][]; /** True when the first row names the columns. */ header?: boolean }
  | { kind: 'preformatted'; text: string };

/** Data of `laesning.typ`: a document whose layout could not be kept. */
export interface ReadingData {
  title: string;
  /** Shown above the text: "Gengivet uden layout" and from what. */
  note: string;
  blocks: ReadingBlock[];
}

/** Data of `fristbrev.typ`, the notice that the answer is late. */
export interface LateNoticeLetterData {
  sender: LetterSender;
  addressee: { name: string; lines: string[] };
  caseNumber: string;
  /** YYYY-MM-DD. */
  date: string;
  /** YYYY-MM-DD. */
  received: string;
  /** Reason, new date and, where it is so, the right to complain over the time. */
  text: string;
  caseworker: LetterPerson;
}
