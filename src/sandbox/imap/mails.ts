import { bytesOf, sizeOf, streamOf } from '../records/held-bytes';
import type { HeldDocument, HeldParty } from '../records/holdings';

const BOUNDARY = 'del-af-mail';
/** Bytes that become whole lines of 76 characters in base64. */
const LINE = 57;

/** A letter as a mail that names its parties by number, with its first file attached; the same letter is the same mail. */
export async function* mailOf(document: HeldDocument, parties: HeldParty[]): AsyncGenerator<Buffer> {
  const [file] = document.files;
  yield head(document, parties);
  let rest = Buffer.alloc(0);
  for await (const chunk of streamOf(file)) {
    const bytes = Buffer.concat([rest, chunk as Buffer]);
    const whole = bytes.length - (bytes.length % LINE);
    if (whole > 0) yield lines(bytes.subarray(0, whole));
    rest = bytes.subarray(whole);
  }
  yield lines(rest);
  yield TAIL;
}

/** The same, all at once, of a letter whose file is in memory. */
export function wholeMailOf(document: HeldDocument, parties: HeldParty[]): Buffer {
  return Buffer.concat([head(document, parties), lines(bytesOf(document.files[0])), TAIL]);
}

const TAIL = Buffer.from(`--${BOUNDARY}--\r\n`);

function head({ name, date, files: [file] }: HeldDocument, parties: HeldParty[]): Buffer {
  const numbers = parties.map(({ name: party, cpr }) => `${party} (${cpr ?? ''})`).join(', ');
  const fields = [
    'From: Borgerservice <post@solby.example>',
    'To: Ydelse <ydelse@solby.example>',
    `Subject: ${name}`,
    `Date: ${new Date(`${date}T12:00:00Z`).toUTCString().replace('GMT', '+0000')}`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${BOUNDARY}"`,
    '',
    `--${BOUNDARY}`,
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    `${lines(Buffer.from(`Se vedhæftede om ${numbers}.`)).toString()}--${BOUNDARY}`,
    `Content-Type: application/pdf; name="${file.name}"`,
    'Content-Transfer-Encoding: base64',
    `Content-Disposition: attachment; filename="${file.name}"; size=${sizeOf(file)}`,
    '',
    '',
  ];
  return Buffer.from(fields.join('\r\n'));
}

function lines(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('base64').replace(/.{1,76}/g, '$&\r\n'), 'latin1');
}
