/** What a records system holds, in one shape that fits every stand-in; ids are numbers, each unique among its kind. */
export interface HeldFile {
  id: number;
  name: string;
  /** Bytes, the path of a file that holds them, or how many bytes of PDF to make up while they are sent. */
  content: Buffer | string | { bytes: number };
}

export interface HeldDocument {
  id: number;
  name: string;
  number: string;
  date: string;
  direction: 'ind' | 'ud' | 'intern';
  type: 'Dokument' | 'E-mail';
  files: HeldFile[];
  /** The document of the same case that this one is an attachment to. */
  parentId?: number;
  draft?: boolean;
  /** The account may see that the document is there, not what is in it. */
  forbidden?: boolean;
  /** Nothing but a pointer to this document, which is filed in another case. */
  pointsTo?: number;
}

export interface HeldNote {
  id: number;
  title: string;
  date: string;
  author: string;
  /** HTML without html and body. */
  html: string;
}

export interface HeldParty {
  name: string;
  /** In the installation's Danish words: `Underretter`, `Tidligere ægtefælle`. */
  part: string;
  primary?: boolean;
  employee?: boolean;
  cpr?: string;
  address?: string;
  phone?: string;
  email?: string;
  addressProtected?: boolean;
}

export interface HeldCase {
  id: number;
  number: string;
  title: string;
  unit: string;
  openedAt: string;
  closedAt?: string;
  parties: HeldParty[];
  documents: HeldDocument[];
  notes: HeldNote[];
  /** The case that this one is a part of. */
  parentId?: number;
  /** Found by a search, and refused to the account when it is opened. */
  forbidden?: boolean;
}

/** A document that belongs to no case: a mail, a matter that nobody filed. */
export interface HeldCaseless extends HeldDocument {
  parties: HeldParty[];
}
