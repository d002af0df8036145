import type { Isolation } from './conversion-result';
import { convertWithLibreOffice, findLibreOffice, type OfficeTarget } from './libre-office';
import type { LibreOfficeSetting } from './libre-office';
import type { Sandbox } from './office-sandbox';

/** One document for an office program. */
export interface OfficeTask {
  document: Buffer;
  /** The usual extension of the content; the program chooses its reader by it. */
  extension: string;
  target: OfficeTarget;
  outPath: string;
  /** Of mode 0700; temporary files may be made in it. */
  workFolder: string;
  timeoutMs: number;
  signal: AbortSignal;
  /** Whose document it is: a program that served one holder never sees another's. */
  holder?: string;
}

/** A program that lays documents out: LibreOffice here, cold or warm, or one at an address. */
export interface Office {
  /** Whether it can also write a document anew in a format that is open to reading. */
  readonly modernises: boolean;
  /** @throws UnreadableFile `timeout`; OfficeFailure when there is no result */
  convert(task: OfficeTask): Promise<Isolation>;
}

/** Starts LibreOffice for every document. */
export class ColdOffice implements Office {
  readonly modernises = true;

  constructor(
    private readonly program: string,
    private readonly sandbox?: Sandbox,
  ) {}

  convert({ document, extension, target, outPath, workFolder, timeoutMs, signal }: OfficeTask): Promise<Isolation> {
    const run = { program: this.program, workFolder, timeoutMs, signal, sandbox: this.sandbox };
    return convertWithLibreOffice(document, extension, target, outPath, run);
  }
}

/** The office program that a conversion uses; undefined when there is none. */
export async function officeOf(context: {
  office?: Office;
  libreOffice?: LibreOfficeSetting;
  sandbox?: Sandbox;
}): Promise<Office | undefined> {
  if (context.office) return context.office;
  const program = await findLibreOffice(context.libreOffice ?? 'auto');
  return program ? new ColdOffice(program, context.sandbox) : undefined;
}
