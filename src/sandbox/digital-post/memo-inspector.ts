import type { XmlDocument, XmlElement } from 'libxml2-wasm' with { 'resolution-mode': 'import' };
import { validateAgainstSchema } from '../../digital-post';
import { inspectFile, type CutFile } from './file-inspector';

/** What the stand-in learned of a message. `faults` is empty when it may come in. */
export interface Inspection {
  messageUUID: string;
  senderCvr: string;
  /** A CPR or a CVR number. */
  recipientCpr: string;
  label: string;
  messageId?: string;
  faults: string[];
}

const MEMO = { memo: 'https://DigitalPost.dk/MeMo-1' };
const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const HEADER_ORDER =
  'messageType messageUUID messageID messageCode label notification additionalNotification reply replyByDateTime doNotDeliverUntilDate mandatory legalNotification postType Sender Recipient ContentData ForwardData ReplyData'.split(
    ' ',
  );
const MOST_FILES = 10;
const OPENING = '<memo:content>';
const CLOSING = '</memo:content>';

/**
 * The receiver's own eyes: written apart from the sender's rules and with another XML parser (libxml2), so that an error
 * in one is seen by the other. Files are cut out first; the rest is judged by XPath and, when there, the official schema.
 */
export async function inspectMemo(
  body: Buffer,
  xsdFolder: string | undefined,
  version: '1.2' | '1.1' = '1.2',
): Promise<Inspection> {
  const { envelope, files } = cut(body);
  if (envelope.includes('<!DOCTYPE')) return unreadable('The message declares a document type.');
  if (/encoding=["'](?!utf-8["'])/i.test(envelope.toString('latin1', 0, 200)))
    return unreadable('The message is not UTF-8.');
  const libxml = await import('libxml2-wasm');
  let document: XmlDocument;
  try {
    document = libxml.XmlDocument.fromBuffer(envelope);
  } catch (error) {
    if (!(error instanceof libxml.XmlLibError)) throw error;
    return unreadable('The message is not well-formed XML.');
  }
  try {
    const text = (path: string) => String(document.eval(`string(${path})`, MEMO));
    const header = '/memo:Message/memo:MessageHeader';
    const faults = [
      ...versionFaults(text, version),
      ...headerFaults(document, text, header),
      ...bodyFaults(document, text),
      ...files.flatMap(inspectFile),
    ];
    if (files.length > MOST_FILES) faults.push(`The message has ${files.length} files; ${MOST_FILES} are allowed.`);
    if (xsdFolder) faults.push(...(await validateAgainstSchema(body, xsdFolder)).map(({ message }) => message));
    return {
      messageUUID: text(`${header}/memo:messageUUID`),
      senderCvr: text(`${header}/memo:Sender/memo:senderID`),
      recipientCpr: text(`${header}/memo:Recipient/memo:recipientID`),
      label: text(`${header}/memo:label`),
      messageId: text(`${header}/memo:messageID`) || undefined,
      faults,
    };
  } finally {
    document.dispose();
  }
}

function unreadable(fault: string): Inspection {
  return { messageUUID: '', senderCvr: '', recipientCpr: '', label: '', faults: [fault] };
}

function versionFaults(text: (path: string) => string, version: '1.2' | '1.1'): string[] {
  const isVersion = text('/memo:Message/@memoVersion') === version;
  const isSchema = text('/memo:Message/@memoSchVersion') === (version === '1.1' ? '1.1.0' : '');
  return [
    ...(isVersion ? [] : [`memoVersion must be ${version}.`]),
    ...(isSchema ? [] : ['memoSchVersion is not allowed in 1.2 and must be 1.1.0 in 1.1.']),
  ];
}

function headerFaults(document: XmlDocument, text: (path: string) => string, header: string): string[] {
  const names = elements(document, `${header}/*`).map(({ name }) => name);
  const places = names.map((name) => HEADER_ORDER.indexOf(name));
  const notification = text(`${header}/memo:notification`);
  const recipientType = text(`${header}/memo:Recipient/memo:idType`);
  const checks: [isFault: boolean, sentence: string][] = [
    [text(`${header}/memo:messageType`) !== 'DIGITALPOST', 'messageType must be DIGITALPOST.'],
    [!UUID_V4.test(text(`${header}/memo:messageUUID`)), 'messageUUID must be a UUID of version 4.'],
    [places.some((place, index) => place < 0 || place < (places[index - 1] ?? 0)), 'The header is out of order.'],
    [names.some((name, index) => name !== 'ReplyData' && names.indexOf(name) !== index), 'The header repeats itself.'],
    [text(`${header}/memo:label`).trim() === '', 'label is empty.'],
    [[...text(`${header}/memo:label`)].length > 256, 'label is longer than 256 characters.'],
    [document.eval('count(/*/*//@*) > 0') === true, 'Only Message has attributes.'],
    [[...notification].length > 150, 'notification is longer than 150 characters.'],
    [/^(true|1)$/.test(text(`${header}/memo:mandatory`)), 'mandatory is not allowed for this sender.'],
    [/^(true|1)$/.test(text(`${header}/memo:legalNotification`)), 'legalNotification is not allowed for this sender.'],
    [text(`${header}/memo:Sender/memo:idType`) !== 'CVR', 'The sender must be named by CVR.'],
    [!/^\d{8}$/.test(text(`${header}/memo:Sender/memo:senderID`)), 'senderID must be eight digits.'],
    [text(`${header}/memo:Sender/memo:label`).trim() === '', 'The sender has no label.'],
    [!['CPR', 'CVR'].includes(recipientType), 'The recipient must be named by CPR or CVR.'],
    [
      !(recipientType === 'CVR' ? /^\d{8}$/ : /^\d{10}$/).test(text(`${header}/memo:Recipient/memo:recipientID`)),
      'recipientID must be ten digits, or eight for CVR.',
    ],
  ];
  return checks.filter(([isFault]) => isFault).map(([, sentence]) => sentence);
}

function bodyFaults(document: XmlDocument, text: (path: string) => string): string[] {
  const body = '/memo:Message/memo:MessageBody';
  const count = (path: string) => Number(document.eval(`count(${path})`, MEMO));
  const faults: string[] = [];
  if (!/Z$/.test(text(`${body}/memo:createdDateTime`))) faults.push('createdDateTime must end in Z.');
  if (count(`${body}/memo:MainDocument`) !== 1) faults.push('There must be one MainDocument.');
  if (count(`${body}/*[not(memo:File)]`) !== 1) faults.push('A document of the message has no file.');
  const file = 'encodingFormat filename language content'.split(' ');
  for (const each of elements(document, `${body}/*/memo:File`)) {
    const names = each.find('*').map((node) => (node as XmlElement).name);
    if (names.join() !== file.join()) faults.push(`A file must hold ${file.join(', ')}, in this order.`);
  }
  return faults;
}

function elements(document: XmlDocument, path: string): XmlElement[] {
  return document.find(path, MEMO) as XmlElement[];
}

/** Only the prefixed form is known here, as in SF1601 in 2022: contents of another stay in and are judged as missing. */
function cut(body: Buffer): { envelope: Buffer; files: CutFile[] } {
  const parts: Buffer[] = [];
  const files: CutFile[] = [];
  let from = 0;
  for (let open = body.indexOf(OPENING); open >= 0; open = body.indexOf(OPENING, from)) {
    const start = open + OPENING.length;
    const end = body.indexOf(CLOSING, start);
    if (end < 0) break;
    const before = body.toString('utf8', Math.max(from, open - 2048), open);
    files.push({ before: before.slice(before.lastIndexOf('<memo:File>')), base64: body.subarray(start, end) });
    parts.push(body.subarray(from, start), Buffer.from('AA=='));
    from = end;
  }
  parts.push(body.subarray(from));
  return { envelope: Buffer.concat(parts), files };
}
