import { child, childText, descendants, type MemoElement } from './memo-element';
import type { FaultList } from './memo-fault';
import type { MemoVersion } from './memo-limits';
import { timeOf } from './simple-types';

const ACTION_CODES = [
  'AFTALE',
  'BEKRAEFT',
  'BETALING',
  'FORBEREDELSE',
  'INFORMATION',
  'SELVBETJENING',
  'TILMELDING',
  'UNDERSKRIV',
];

/**
 * Links and appointments of a document: known codes, one target, absolute https addresses. NgDP asks for https since
 * November 2024; the official example of 1.1 is older and links without.
 */
export function checkActions(root: MemoElement, version: MemoVersion, faults: FaultList): void {
  for (const action of descendants(root, 'Action')) {
    checkTarget(action, faults);
    checkTimes(action, faults);
  }
  for (const entry of descendants(root, 'EntryPoint')) {
    if (isAbsoluteHttps(childText(entry, 'url') ?? '')) continue;
    const sentence = 'EntryPoint/url must be an absolute address that begins with https://.';
    if (version === '1.1') faults.notFromUs('entry-point-https', 'EntryPoint/url', sentence, entry.line);
    else faults.error('entry-point-https', 'EntryPoint/url', sentence, entry.line);
  }
}

function checkTarget(action: MemoElement, faults: FaultList): void {
  const code = childText(action, 'actionCode') ?? '';
  const hasReservation = child(action, 'Reservation') !== undefined;
  const hasEntryPoint = child(action, 'EntryPoint') !== undefined;
  if (!ACTION_CODES.includes(code)) {
    faults.error(
      'action-code',
      'Action/actionCode',
      `Action/actionCode must be one of ${ACTION_CODES.join(', ')}.`,
      action.line,
    );
  }
  if (hasReservation && hasEntryPoint) {
    faults.error(
      'action-target',
      'Action',
      'An Action has both a Reservation and an EntryPoint; it may have one of them.',
      action.line,
    );
  }
  if ((code === 'AFTALE') === hasEntryPoint && hasReservation !== hasEntryPoint) {
    faults.doubt(
      'action-fits-target',
      'Action',
      'An Action of code AFTALE has a Reservation, the other codes have an EntryPoint.',
      action.line,
    );
  }
}

function checkTimes(action: MemoElement, faults: FaultList): void {
  const start = timeOf(childText(action, 'startDateTime') ?? '');
  const end = timeOf(childText(action, 'endDateTime') ?? '');
  if (end < start)
    faults.doubt('action-times', 'Action/endDateTime', 'Action/endDateTime lies before startDateTime.', action.line);
}

function isAbsoluteHttps(url: string): boolean {
  return /^https:\/\/[^/\s]/i.test(url) && URL.canParse(url);
}
