import { createHash } from 'node:crypto';
import { canonicalBytes } from './canonical-json';
import {
  OPENING_FORMAT,
  type CitizenContent,
  type MunicipalCertificate,
  type MunicipalContent,
  type Opening,
} from './certificate';
import { merkleRoot, merkleSteps } from './merkle';
import { signed, type KeyPair } from './signature';

/** Signs the municipality's part and then, bound to it by its hash, the citizen's. Both as the bytes to be kept. */
export function makeCertificate(
  citizen: Omit<CitizenContent, 'municipality'>,
  municipality: MunicipalContent,
  key: KeyPair,
): { citizen: Buffer; municipality: Buffer } {
  const inside = canonicalBytes(signed(municipality, key));
  const content: CitizenContent = {
    ...citizen,
    municipality: {
      sha256: createHash('sha256').update(inside).digest('hex'),
      redactions: municipality.redactions.length,
      root: merkleRoot(municipality.redactions.map(canonicalBytes)),
    },
  };
  return { citizen: canonicalBytes(signed(content, key)), municipality: inside };
}

/** What an appeal body is shown of one redaction. */
export function openingOf(
  { decision, redactions }: MunicipalCertificate,
  redactionId: string,
  salt: Buffer,
  text: string,
): Opening {
  const index = redactions.findIndex(({ id }) => id === redactionId);
  if (index < 0) throw new Error(`The certificate holds no redaction ${redactionId}. Name one of its own.`);
  const steps = merkleSteps(redactions.map(canonicalBytes), index);
  return { format: OPENING_FORMAT, decision, redaction: redactions[index], salt: salt.toString('hex'), text, steps };
}
