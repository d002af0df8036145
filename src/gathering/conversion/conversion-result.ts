import type { ConversionNote } from './conversion-note';

/** How the pages came to be: `reading` means that the text is kept and the layout is not the original's. */
export type ConversionMethod = 'as-is' | 'image' | 'libreoffice' | 'reading';

export type UnreadableReason =
  'damaged' | 'password' | 'empty' | 'unknown-format' | 'too-large' | 'too-nested' | 'timeout' | 'recording';

/** A file found inside another one: an attachment, an embedded object. It is converted on its own by the caller. */
export interface ChildFile {
  /** As the container has it, made safe as a file name. */
  name: string;
  mediaType: string;
  /** Absolute path in the work folder. */
  path: string;
}

/** How LibreOffice was kept from the network. With `none` only the stripped copy protects. */
export type Isolation = 'namespace' | 'none';

export interface Converted {
  state: 'converted';
  pdfPath: string;
  pages: number;
  method: ConversionMethod;
  notes: ConversionNote[];
  children: ChildFile[];
  /** Present when LibreOffice ran. */
  isolation?: Isolation;
}

export interface Unreadable {
  state: 'unreadable';
  reason: UnreadableReason;
  /** Danish, for the caseworker: what happened and what to do. */
  message: string;
}

export type ConversionResult = Converted | Unreadable;

const MESSAGES: Record<UnreadableReason, string> = {
  damaged:
    'Filen er beskadiget og kan ikke åbnes. Hent den igen fra kildesystemet, eller åbn den i det program, den er lavet i, og gem den som PDF.',
  password: 'Filen er låst med en adgangskode. Find adgangskoden, åbn filen, og gem den uden adgangskode.',
  empty:
    'Filen er tom: den fylder 0 byte eller har intet indhold. Undersøg i kildesystemet, om indholdet ligger et andet sted.',
  'unknown-format':
    'Filens format kan ikke omdannes her. Åbn filen i det program, den er lavet i, gem den som PDF, og læg PDF-filen på sagen.',
  'too-large': 'Filen er for stor til at blive omdannet automatisk. Del den op, eller gem den som PDF.',
  'too-nested':
    'Der ligger filer inde i filer i for mange lag. Pak filen ud i hånden, og læg det, der er omfattet, på sagen.',
  recording:
    'Filen er en lyd- eller filmoptagelse, som ingen maskine kan gennemgå. Vælg, om borgeren skal have en redigeret udgave, en udskrift eller en invitation til at se eller høre den.',
  timeout:
    'Omdannelsen tog for lang tid og blev stoppet. Prøv igen, eller åbn filen i det program, den er lavet i, og gem den som PDF.',
};

/** Ends a conversion in a state the caseworker can act on. `detail` is one or more whole Danish sentences put first. */
export class UnreadableFile extends Error {
  readonly reason: UnreadableReason;

  constructor(reason: UnreadableReason, detail?: string) {
    super(detail === undefined ? MESSAGES[reason] : `${detail} ${MESSAGES[reason]}`);
    this.name = 'UnreadableFile';
    this.reason = reason;
  }

  asResult(): Unreadable {
    return { state: 'unreadable', reason: this.reason, message: this.message };
  }
}
