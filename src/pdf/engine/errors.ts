/** Every refusal of the engine; the message is a whole English sentence for staff and logs. */
export class PdfError extends Error {
  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}

/** The document took longer than the time allowed, twice. */
export class PdfTimeoutError extends PdfError {}

/** The document made the process grow beyond the memory allowed, twice, or has a page that is too large to draw. */
export class PdfTooLargeError extends PdfError {}

/** The document cannot be opened without its user password. */
export class PdfEncryptedError extends PdfError {}

/** The document is not a PDF, is empty, or is broken beyond repair. */
export class PdfDamagedError extends PdfError {}

/** The engine's process died while it worked on the document, twice. */
export class PdfCrashError extends PdfError {}

const CLASSES = { PdfTimeoutError, PdfTooLargeError, PdfEncryptedError, PdfDamagedError, PdfCrashError };

/** Turns what a child process reported back into the typed error it was there. */
export function errorFromChild(name: string, message: string): PdfError {
  const Class = CLASSES[name as keyof typeof CLASSES] ?? PdfError;
  return new Class(message);
}
