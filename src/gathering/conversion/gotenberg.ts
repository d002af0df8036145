import { writeFile } from 'node:fs/promises';
import { type Isolation, UnreadableFile } from './conversion-result';
import { OfficeFailure } from './libre-office';
import type { Office, OfficeTask } from './office';

/** Hidden slides are wanted; notes and comments come on pages of our own. */
const FIELDS = { exportHiddenSlides: 'true', exportNotes: 'false', exportBookmarks: 'false' } as const;

/** Gotenberg says 503 when its own time is up, and 504 stands for a proxy before it. */
const OUT_OF_TIME = [503, 504];

/**
 * LibreOffice at an address, behind the HTTP interface of Gotenberg (`POST /forms/libreoffice/convert`). It lays out only:
 * old formats are not written anew, so what they hide cannot be looked for.
 */
export class Gotenberg implements Office {
  readonly modernises = false;
  private readonly endpoint: URL;

  /** @param address for example `http://gotenberg:3000`; a network of its own keeps it from calling out */
  constructor(address: string) {
    this.endpoint = new URL('forms/libreoffice/convert', address.endsWith('/') ? address : `${address}/`);
  }

  async convert({ document, extension, target, outPath, timeoutMs, signal }: OfficeTask): Promise<Isolation> {
    if (target !== 'pdf') throw new OfficeFailure(`Gotenberg writes PDF, not ${target}.`);
    const form = new FormData();
    for (const [name, value] of Object.entries(FIELDS)) form.set(name, value);
    form.set('files', new Blob([Uint8Array.from(document)]), `document.${extension}`);
    const answer = await this.post(form, timeoutMs, signal);
    if (OUT_OF_TIME.includes(answer.status)) throw new UnreadableFile('timeout');
    if (!answer.ok)
      throw new OfficeFailure(`Gotenberg answered ${answer.status} to a document of the kind ${extension}.`);
    const pdf = Buffer.from(await answer.arrayBuffer());
    if (!pdf.subarray(0, 1024).includes('%PDF-'))
      throw new OfficeFailure('Gotenberg answered with something else than a PDF.');
    await writeFile(outPath, pdf, { mode: 0o600 });
    return 'none';
  }

  private async post(body: FormData, timeoutMs: number, signal: AbortSignal): Promise<Response> {
    const time = AbortSignal.timeout(timeoutMs);
    try {
      return await fetch(this.endpoint, {
        method: 'POST',
        body,
        signal: AbortSignal.any([signal, time]),
        redirect: 'error',
      });
    } catch {
      signal.throwIfAborted();
      if (time.aborted) throw new UnreadableFile('timeout');
      throw new OfficeUnreachable();
    }
  }
}

/** The document is not to blame: the job is tried again. */
export class OfficeUnreachable extends Error {
  constructor() {
    super('Gotenberg does not answer. Check the setting LIBREOFFICE and that the service is running.');
    this.name = 'OfficeUnreachable';
  }
}
