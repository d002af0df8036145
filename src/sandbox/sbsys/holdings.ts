/** What the stand-in holds; ids are numbers, as in SBSYS. */
export interface HeldFile {
  id: number;
  name: string;
  /** Bytes, or the path of a file that holds them. */
  content: Buffer | string;
}

export interface HeldDocument {
  id: number;
  name: string;
  number: string;
  date: string;
  direction: 'ind' | 'ud' | 'intern';
  type: 'Dokument' | 'E-mail';
  files: HeldFile[];
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
}
