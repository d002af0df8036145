import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { typeset } from '../../pdf';
import type { AppendTask, FromChild, OfficeReply, ToChild } from './child-messages';
import { convertToPdf } from './convert-to-pdf';
import { type Isolation, UnreadableFile } from './conversion-result';
import { OfficeFailure } from './libre-office';
import { DEFAULT_LIMITS } from './limits';
import type { Office, OfficeTask } from './office';
import { addPages, setReading } from './reading';

/** Entry of a child process: one conversion at a time, files by path. Office programs run beside it, started by the parent. */
let onReply: ((reply: OfficeReply) => void) | undefined;

function tell(message: FromChild): void {
  process.send?.(message);
}

class OfficeOfParent implements Office {
  constructor(readonly modernises: boolean) {}

  async convert({ document, extension, target, outPath, workFolder, timeoutMs }: OfficeTask): Promise<Isolation> {
    const folder = await mkdtemp(join(workFolder, 'til-kontor-'));
    const documentPath = join(folder, `document.${extension}`);
    await writeFile(documentPath, document, { mode: 0o600 });
    const reply = await new Promise<OfficeReply>((resolve) => {
      onReply = resolve;
      tell({ kind: 'office-call', call: { documentPath, extension, target, outPath, timeoutMs } });
    });
    if (reply.ending === 'done') return reply.isolation;
    if (reply.ending === 'unreadable') throw new UnreadableFile(reply.reason);
    throw reply.ending === 'failed' ? new OfficeFailure(reply.message) : new Error(reply.message);
  }
}

async function convert({ input, task, office }: Extract<ToChild, { kind: 'convert' }>): Promise<FromChild> {
  const program = office === 'none' ? {} : { office: new OfficeOfParent(office === 'modernises') };
  const signal = new AbortController().signal;
  const result = await convertToPdf(input, { ...task, ...program, libreOffice: 'none', signal, typeset });
  return { kind: 'result', result };
}

async function append({ pdfPath, outPath, page }: AppendTask): Promise<FromChild> {
  const whole = await PDFDocument.load(await readFile(pdfPath), { updateMetadata: false });
  await addPages(whole, await setReading(page, typeset, DEFAULT_LIMITS));
  await writeFile(outPath, await whole.save(), { mode: 0o600 });
  return { kind: 'appended' };
}

function answer(message: Exclude<ToChild, { kind: 'office-reply' }>): Promise<FromChild> {
  const answered = message.kind === 'convert' ? convert(message) : append(message.task);
  return answered.catch((error: unknown) => ({
    kind: 'error',
    message: error instanceof Error ? error.message : 'The conversion failed.',
  }));
}

process.on('message', (message: ToChild) => {
  if (message.kind === 'office-reply') onReply?.(message.reply);
  else void answer(message).then(tell);
});
process.on('disconnect', () => process.exit(0));
