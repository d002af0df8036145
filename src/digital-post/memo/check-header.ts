import { child, childText, type MemoElement } from './memo-element';
import type { FaultList } from './memo-fault';

/** Ten digits together, or six and four: what a CPR number looks like. */
const CPR_IN_TEXT = /(?<!\d)\d{6}[- ]?\d{4}(?!\d)/;
const TRUE = /^\s*(true|1)\s*$/;

/** Rules of the header that no schema knows. */
export function checkHeader(root: MemoElement, faults: FaultList): void {
  const header = child(root, 'MessageHeader');
  if (!header) return;
  checkKind(root, header, faults);
  checkParty(child(header, 'Sender'), 'Sender', 'senderID', faults);
  checkParty(child(header, 'Recipient'), 'Recipient', 'recipientID', faults);
  checkLabels(header, faults);
  checkFlags(header, faults);
}

function checkKind(root: MemoElement, header: MemoElement, faults: FaultList): void {
  const kind = childText(header, 'messageType');
  const hasBody = child(root, 'MessageBody') !== undefined;
  if (kind === 'DIGITALPOST' && !hasBody) {
    faults.error(
      'body-missing',
      'MessageBody',
      'MessageBody is missing; a DIGITALPOST message has one with a main document.',
      header.line,
    );
  }
  if (kind === 'NEMSMS' && hasBody) {
    faults.error(
      'nemsms-body',
      'MessageBody',
      'A NEMSMS message has no MessageBody; its text stands in notification.',
      header.line,
    );
  }
  if (kind === 'NEMSMS' && isBlank(childText(header, 'notification'))) {
    faults.error(
      'nemsms-text',
      'MessageHeader/notification',
      'A NEMSMS message needs its text in notification.',
      header.line,
    );
  }
}

function checkParty(party: MemoElement | undefined, role: string, idName: string, faults: FaultList): void {
  if (!party) return;
  const path = `MessageHeader/${role}`;
  const idType = childText(party, 'idType') ?? '';
  const known = role === 'Sender' ? ['CVR'] : ['CPR', 'CVR'];
  if (!known.includes(idType)) {
    faults.error(
      'id-type',
      `${path}/idType`,
      `${path}/idType must be ${known.join(' or ')} in upper case.`,
      party.line,
    );
    return;
  }
  const id = childText(party, idName);
  if (id !== undefined) checkId(id, idType, `${path}/${idName}`, party.line, faults);
}

/** The value is never repeated: it is a CPR number, or nearly one. */
function checkId(id: string, idType: string, path: string, line: number, faults: FaultList): void {
  const digits = idType === 'CPR' ? 10 : 8;
  if (new RegExp(`^\\d{${digits}}$`).test(id)) return;
  const rule = idType === 'CPR' ? 'cpr-digits' : 'cvr-digits';
  const sentence = `${path} must be ${digits} digits without hyphen or space, as its idType is ${idType}.`;
  // Official samples hold the words "Recipient ID"; a real number that is misspelt is a mistake.
  if (id.trim() !== '' && !/\d/.test(id)) faults.notFromUs(rule, path, sentence, line);
  else faults.error(rule, path, sentence, line);
}

function checkLabels(header: MemoElement, faults: FaultList): void {
  const label = child(header, 'label');
  const senderLabel = child(child(header, 'Sender'), 'label');
  if (label && isBlank(label.text)) {
    faults.error(
      'label-empty',
      'MessageHeader/label',
      'MessageHeader/label is empty; the recipient sees it as the title. Give it a text.',
      label.line,
    );
  }
  if (senderLabel && isBlank(senderLabel.text)) {
    faults.error(
      'sender-label-empty',
      'MessageHeader/Sender/label',
      'MessageHeader/Sender/label is empty; the recipient sees it as the sender. Give it a text.',
      senderLabel.line,
    );
  }
  if ([...(label?.text ?? '')].length > 128) {
    faults.doubt(
      'label-long',
      'MessageHeader/label',
      'MessageHeader/label is longer than 128 characters; viewers may cut it.',
      label?.line,
    );
  }
  if ([...(senderLabel?.text ?? '')].length > 64) {
    faults.doubt(
      'sender-label-long',
      'MessageHeader/Sender/label',
      'MessageHeader/Sender/label is longer than 64 characters; viewers may cut it.',
      senderLabel?.line,
    );
  }
  for (const name of ['label', 'notification', 'additionalNotification']) {
    if (!CPR_IN_TEXT.test(childText(header, name) ?? '')) continue;
    faults.notFromUs(
      'cpr-outside-login',
      `MessageHeader/${name}`,
      `MessageHeader/${name} holds what looks like a CPR number, and it is shown outside the login. Remove it.`,
      header.line,
    );
  }
}

function checkFlags(header: MemoElement, faults: FaultList): void {
  for (const name of ['mandatory', 'legalNotification']) {
    if (!TRUE.test(childText(header, name) ?? '')) continue;
    faults.notFromUs(
      `${name}-set`,
      `MessageHeader/${name}`,
      `MessageHeader/${name} is true; that needs a permission of its own and is not for aktindsigt. Set it to false.`,
      header.line,
    );
  }
  const takesReply = TRUE.test(childText(header, 'reply') ?? '');
  if (takesReply && !child(child(header, 'Sender'), 'ContactPoint')) {
    faults.doubt(
      'reply-contact-point',
      'MessageHeader/reply',
      'MessageHeader/reply is true and Sender has no ContactPoint, so an answer has no mailbox to come to.',
      header.line,
    );
  }
  if (!takesReply && child(header, 'replyByDateTime')) {
    faults.doubt(
      'reply-date',
      'MessageHeader/replyByDateTime',
      'MessageHeader/replyByDateTime is set although reply is not true.',
      header.line,
    );
  }
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}
