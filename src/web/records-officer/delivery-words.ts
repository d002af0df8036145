import type { Delivery } from '../../delivery/delivery.entity';
import type { JournalEntryRow } from '../../delivery/journal-entry.entity';
import type { ReceiptStatus } from '../../contracts';
import type { DeliveryState } from '../views/status-tag';

const SHOWN: Record<Delivery['state'], DeliveryState> = {
  queued: 'queued',
  prepared: 'sending',
  unknown: 'unknown',
  submitted: 'accepted',
  received: 'accepted',
  delivered: 'delivered',
  failed: 'refused',
  not_registered: 'letter',
  held: 'held',
  undone: 'undone',
};

export function shownState({ state, channel }: Pick<Delivery, 'state' | 'channel'>): DeliveryState {
  return channel === 'manual' ? 'handed_over' : SHOWN[state];
}

/** The stored states behind a state that the page offers in its filter; none for a word that is not offered. */
export function storedStates(shown: string): Delivery['state'][] {
  return (Object.keys(SHOWN) as Delivery['state'][]).filter((state) => SHOWN[state] === shown);
}

export const CHANNELS: Record<Delivery['channel'], string> = {
  'digital-post': 'Digital Post',
  letter: 'Brev på papir',
  manual: 'Udleveret på anden måde',
};

export const RECEIPTS: Record<ReceiptStatus, string> = {
  RECEIVED: 'Modtaget af Digital Post',
  COMPLETED: 'Lagt i borgerens postkasse',
  INVALID: 'Afvist: beskeden kunne ikke læses',
  NOT_ALLOWED: 'Afvist: afsenderen må ikke sende',
  FAILED: 'Ikke afleveret: en medarbejder skal se på det',
  PRINTING: 'Brevet er ved at blive trykt',
  POSTED: 'Brevet er sendt',
  HANDED_OVER: 'Brevet er afleveret til postvæsenet',
  RETURNED: 'Nyt fra postvæsenet: returbrev eller ny adresse',
  RECALLED: 'Brevet er kaldt tilbage',
};

export const JOURNAL_KINDS: Record<JournalEntryRow['kind'], string> = {
  request: 'Anmodningen',
  'late-notice': 'Besked om forsinkelse',
  'incident-letter': 'Brev om brud på persondatasikkerheden',
  decision: 'Afgørelse og aktliste',
  package: 'De udleverede dokumenter',
};

export const JOURNAL_STATES: Record<JournalEntryRow['state'], string> = {
  pending: 'venter på journalisering',
  journalised: 'journaliseret',
  failed: 'kunne ikke journaliseres',
};

const REGISTRATIONS: Record<string, string> = {
  registered: 'kan modtage Digital Post',
  exempt: 'er fritaget for Digital Post',
  closed: 'har en lukket postkasse',
  not_found: 'findes ikke i Digital Post',
  letter: 'har bedt om svaret på papir',
};

export function registrationInWords(registration: string): string {
  return REGISTRATIONS[registration] ?? `gav svaret »${registration}«`;
}
