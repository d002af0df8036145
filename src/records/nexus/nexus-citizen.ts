import { SourceError, type RecordsParty, type RunContext } from '../../contracts';
import { contractError, sentence } from '../http/source-errors';
import { isWire, optionalText, requiredText, wireOf, wiresOf, type Wire } from '../http/wire';
import { reportGap } from '../reporting';
import type { Hal } from './hal';

const ASKED = 'the citizen, by number';

/** The record of a citizen, and the view through which Nexus lets it be read. */
export interface OpenRecord {
  patient: Wire;
  view: Wire;
}

/**
 * Opens a citizen's record. `unknown` is a number that Nexus does not have. `closed` is another thing altogether: a record
 * that is there, or may be, and that the service account may not open (`isPatientAccessible` false).
 */
export async function openRecord(
  hal: Hal,
  viewName: string,
  cpr: string,
  signal: AbortSignal,
): Promise<OpenRecord | 'unknown' | 'closed'> {
  const patient = await patientOf(hal, cpr, signal);
  if (typeof patient === 'string') return patient;
  const asked = "the views of the citizen's record";
  const preferences = await hal.get(hal.link(patient, 'patientPreferences', ASKED), asked, signal);
  const views = wiresOf(preferences, asked, 'CITIZEN_PATHWAY');
  const found = views.find(({ name }) => name === viewName);
  if (!found) throw contractError(asked, `has no view "${viewName}"; set the name of one that shows everything`);
  return { patient, view: wireOf(await hal.get(hal.link(found, 'self', asked), asked, signal), asked) };
}

/** Tells the run of a record that is closed to us. */
export function reportClosed(context: RunContext): void {
  const found = 'has this citizen, or may have, and does not let the service account open the record';
  const text =
    'Borgeren har eller kan have en journal i Nexus, som servicekontoen ikke må åbne. Den skal søges på anden måde.';
  const cause = new SourceError('forbidden', sentence(ASKED, found), false);
  reportGap(context, { kind: 'forbidden', sentence: text }, cause);
}

export function citizenAsParty(patient: Wire): RecordsParty {
  const names = ['firstName', 'middleName', 'lastName'].map((field) => optionalText(patient, field, ASKED));
  const name = optionalText(patient, 'fullName', ASKED) ?? names.filter(Boolean).join(' ');
  const cpr = isWire(patient.patientIdentifier)
    ? optionalText(patient.patientIdentifier, 'identifier', ASKED)
    : undefined;
  return { role: 'primary', roleText: 'citizen', name: name || requiredText(patient, 'fullName', ASKED), cpr };
}

async function patientOf(hal: Hal, cpr: string, signal: AbortSignal): Promise<Wire | 'unknown' | 'closed'> {
  const root = wireOf(await hal.get('', 'the links of Nexus', signal), 'the links of Nexus');
  const search = hal.link(root, 'patientDetailsSearch', 'the links of Nexus');
  const key = { businessKey: cpr.replace(/\D/g, ''), keyType: 'CPR' };
  let found: Wire;
  try {
    found = wireOf(await hal.search(search, key, ASKED, signal), ASKED);
  } catch (error) {
    // The search's definite "nobody".
    if (error instanceof SourceError && error.errorClass === 'not_found') return 'unknown';
    throw error;
  }
  if (typeof found.isPatientAccessible !== 'boolean') throw contractError(ASKED, 'did not say if it may be opened');
  return found.isPatientAccessible ? wireOf(found.patient, ASKED) : 'closed';
}
