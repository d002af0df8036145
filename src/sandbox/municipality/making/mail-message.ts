import { createHash } from 'node:crypto';

/** The head of a mail as `texts/*.eml.txt` have it, and its body. */
export interface MailText {
  head: Record<string, string>;
  attachments: string[];
  body: string;
}

export function parseMail(text: string): MailText {
  const [top, ...rest] = text.split('\n\n');
  const head = Object.fromEntries(
    top.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  ) as Record<string, string>;
  const attachments = (head['Vedhæftet'] ?? '').split(';').map((name) => name.trim());
  return { head, attachments: attachments.filter(Boolean), body: rest.join('\n\n') };
}

const MEDIA_TYPES: Record<string, string> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

/** An Internet message (RFC 5322, MIME) with its attachments in base64. */
export function mailMessage({ head, body }: MailText, attachments: Map<string, Buffer>): Buffer {
  const id = createHash('sha256').update(body).digest('hex').slice(0, 24);
  const boundary = `----=_solby_${id}`;
  const lines = [
    `From: ${addressed(head.Fra)}`,
    `To: ${addressed(head.Til)}`,
    ...(head.Cc ? [`Cc: ${addressed(head.Cc)}`] : []),
    `Date: ${head.Sendt}`,
    `Subject: ${encoded(head.Emne)}`,
    `Message-ID: <${id}@solby.example>`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    wrapped(Buffer.from(body)),
  ];
  for (const [name, bytes] of attachments) {
    const type = MEDIA_TYPES[name.split('.').pop() ?? ''] ?? 'application/octet-stream';
    lines.push(
      `--${boundary}`,
      `Content-Type: ${type}; name="${encoded(name)}"`,
      `Content-Disposition: attachment; filename="${encoded(name)}"`,
      'Content-Transfer-Encoding: base64',
      '',
      wrapped(bytes),
    );
  }
  return Buffer.from([...lines, `--${boundary}--`, ''].join('\r\n'));
}

/** Encodes the display name and leaves the address as it is. */
function addressed(text: string): string {
  const [, name, address] = /^(.*?)\s*<(.+)>$/.exec(text) ?? [undefined, '', text];
  return name ? `${encoded(name)} <${address}>` : address;
}

function encoded(text: string): string {
  return /^[ -~]*$/.test(text) ? text : `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
}

function wrapped(bytes: Buffer): string {
  return (bytes.toString('base64').match(/.{1,76}/g) ?? []).join('\r\n');
}
