import type { IncidentLetter } from '../../../delivery/incidents/incident-letter.entity';
import { DATA_KINDS, INCIDENT_CAUSES, type Incident, type Severity } from '../../../delivery/incidents/incident.entity';
import { KINDS_IN_WORDS, pagesInWords } from '../../../delivery/incidents/letter-proposal';
import { CAUSES } from '../../../delivery/incidents/notification-text';
import { clock, danishDay, longDate } from '../../../law';
import type { ChoiceView, IncidentHead } from '../../views/haendelse';
import type { StatusTag } from '../../views/status-tag';

const HOUR = 3_600_000;

export const SEVERITY_WORDS: Record<Severity, { label: string; hint: string }> = {
  low: {
    label: 'Næppe nogen risiko',
    hint: 'Det er usandsynligt, at nogen lider skade. Skal ikke anmeldes, men begrundes.',
  },
  medium: { label: 'Risiko', hint: 'Nogen kan lide skade. Anmeldes til Datatilsynet inden 72 timer (artikel 33).' },
  high: { label: 'Høj risiko', hint: 'Anmeldes, og de, oplysningerne handler om, underrettes (artikel 34).' },
};

export const SEVERITY_CHOICES: ChoiceView[] = Object.entries(SEVERITY_WORDS).map(([value, words]) => ({
  value,
  ...words,
}));
export const CAUSE_CHOICES: ChoiceView[] = INCIDENT_CAUSES.map((value) => ({ value, label: CAUSES[value] }));
export const KIND_CHOICES: ChoiceView[] = DATA_KINDS.map((value) => ({ value, label: capital(KINDS_IN_WORDS[value]) }));

export const LETTER_STATES: Record<IncidentLetter['state'], StatusTag> = {
  draft: { word: 'Kladde', tone: 'attention' },
  dropped: { word: 'Opgivet', tone: 'neutral' },
  queued: { word: 'På vej', tone: 'active' },
  prepared: { word: 'På vej', tone: 'active' },
  unknown: { word: 'Uvist, afventer kvittering', tone: 'attention' },
  submitted: { word: 'Sendt', tone: 'active' },
  received: { word: 'Modtaget af Digital Post', tone: 'active' },
  delivered: { word: 'Lagt i modtagerens postkasse', tone: 'done' },
  failed: { word: 'Kunne ikke sendes', tone: 'problem' },
  not_registered: { word: 'Skal sendes på papir', tone: 'problem' },
  handed_over: { word: 'Sendt på papir', tone: 'done' },
};

/** "61 timer tilbage", "Under 1 time tilbage", "Fristen er overskredet". */
export function hoursLeft(due: Date, now: Date): string {
  if (due <= now) return 'Fristen er overskredet';
  const hours = Math.floor((due.getTime() - now.getTime()) / HOUR);
  if (hours === 0) return 'Under 1 time tilbage';
  return hours === 1 ? '1 time tilbage' : `${hours} timer tilbage`;
}

export function headOf(incident: Incident, now: Date, canAct: boolean): IncidentHead {
  const { id, number, dueAt, state } = incident;
  return {
    ...{ id, name: `Hændelse ${number}`, dueAt, isOpen: state === 'open' },
    status: statusOf(incident, now),
    left: hoursLeft(dueAt, now),
    canAct: canAct && state === 'open',
  };
}

export function statusOf({ state, notification, dueAt }: Incident, now: Date): StatusTag {
  if (state === 'closed') return { word: 'Afsluttet', tone: 'done' };
  if (notification === 'notified') return { word: 'Anmeldt, ikke afsluttet', tone: 'active' };
  if (notification === 'not_notified') return { word: 'Skal ikke anmeldes, ikke afsluttet', tone: 'active' };
  return { word: hoursLeft(dueAt, now), tone: dueAt <= now ? 'problem' : 'attention' };
}

/** "siderne 3–5", "hele svaret". */
export function placesInWords(pages: readonly number[]): string {
  return pages.length === 0 ? 'hele svaret' : pagesInWords(pages);
}

export function notificationInWords(
  { notification, notifiedAt, receiptNumber }: Incident,
  reason: string | null,
  by: string,
): string | undefined {
  if (notification === 'not_notified') return `Ikke anmeldt: ${reason} (${by})`;
  if (notification !== 'notified' || !notifiedAt) return undefined;
  const when = `den ${longDate(danishDay(notifiedAt))} kl. ${clock(notifiedAt)}`;
  return `Anmeldt ${when}, kvittering ${receiptNumber} (${by}).${reason ? ` Senere end 72 timer: ${reason}` : ''}`;
}

export function informingInWords({ informing }: Incident, reason: string | null, by: string): string | undefined {
  if (informing === 'informed') return `De, oplysningerne handler om, er underrettet (${by}).`;
  return informing === 'not_informed'
    ? `De, oplysningerne handler om, er ikke underrettet: ${reason} (${by})`
    : undefined;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
