import type { SourceErrorClass } from '../contracts';

const HAPPENED: Record<SourceErrorClass, string> = {
  auth: 'Systemet afviste vores systemkonto. Bed driften om at se på kontoens adgangskode og rettigheder.',
  forbidden:
    'Systemet giver ikke vores systemkonto adgang til noget, der kan høre til sagen. Bed systemejeren om adgang.',
  not_found: 'Noget, som systemet selv har nævnt, findes der ikke længere.',
  rate_limited: 'Systemet beder os om at vente, fordi det får for mange forespørgsler.',
  locked: 'Noget i systemet er låst, fordi andre arbejder i det.',
  timeout: 'Systemet svarede ikke i tide.',
  unavailable: 'Systemet er ude af drift eller kan ikke nås.',
  tls: 'Systemet viste et certifikat, som vi ikke stoler på. Bed driften om at se på det.',
  contract: 'Systemet svarede med noget andet end de data, vi bad om, for eksempel en fejlside.',
  truncated: 'Systemets svar blev afbrudt midtvejs.',
  integrity: 'Systemet gav en fil, der ikke er hel eller ikke er den, som systemet selv har oplyst.',
};

/** Nothing is gathered before these are settled: what is gathered would be somebody else's. */
const IDENTITY: Record<string, string> = {
  identity_unknown: 'CPR kender ikke borgerens personnummer. Afklar med borgeren, hvem anmodningen gælder.',
  identity_name:
    'Navnet i anmodningen er et andet end det, CPR har på personnummeret. Afklar det med borgeren, og skriv, hvordan.',
  'identity_birth-date':
    'Fødselsdatoen i CPR er en anden end den, personnummeret begynder med. Afklar det med borgeren, og skriv, hvordan.',
};

/**
 * Why a source could not be read, for staff, in Danish; `cause` is the connector's own sentence and gives the status code
 * that the operator asks for.
 */
export function sourceFaultInWords(errorClass: string | null, cause: string | null): string {
  const happened =
    HAPPENED[errorClass as SourceErrorClass] ?? IDENTITY[errorClass ?? ''] ?? 'Systemet kunne ikke læses.';
  const status = /\bHTTP \d{3}\b/.exec(cause ?? '')?.[0];
  return status ? `${happened} (Fejlkode ${status}.)` : happened;
}
