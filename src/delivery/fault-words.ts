import { SourceError } from '../contracts';
import { CertificateError, CertificateExpiredError } from '../digital-post';
import { StorageFault } from './storage-fault';

/** What staff are told of a fault that the operator must mend, after which the answer is sent by itself; null for others. */
export function faultInWords(error: unknown): string | null {
  const then = 'Intet er sendt. Bed driften rette det; derefter sendes svaret af sig selv.';
  if (error instanceof StorageFault) return `Beskeden kunne ikke gemmes: ${error.words}. ${then}`;
  if (error instanceof CertificateExpiredError) return `Certifikatet til Digital Post er udløbet. ${then}`;
  if (error instanceof CertificateError) return `Certifikatet til Digital Post kan ikke bruges. ${then}`;
  if (error instanceof SourceError)
    return 'CPR svarer ikke, så modtageren kan ikke kontrolleres. Intet er sendt. Det prøves igen af sig selv; bed driften se på det, hvis det bliver ved.';
  return null;
}
