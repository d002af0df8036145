import { createHash } from 'node:crypto';
import { manifestHash } from '../manifest';
import { canonicalBytes } from './canonical-json';
import {
  CERTIFICATE_FORMAT,
  CITIZEN_PART,
  MUNICIPAL_PART,
  type CitizenCertificate,
  type MunicipalCertificate,
  type Opening,
  type PublishedKeys,
} from './certificate';
import { isCommittedTo } from './commitment';
import { merkleRoot, rootFrom } from './merkle';
import { isSigned } from './signature';

/** What lies in the folder that is checked. */
export interface PackageFolder {
  /** Bytes of `bevis.json` and `bevis-kommune.json`, where they are there. */
  citizen?: Buffer;
  municipality?: Buffer;
  /** Every other file, by name. */
  files: ReadonlyMap<string, { sha256: string; size: number }>;
}

export interface CertificateVerdict {
  verdict: 'pass' | 'fail';
  parts: ('citizen' | 'municipality')[];
  request?: string;
  decision?: string;
  keyId?: string;
  /** Whether the key was found among those that the authority publishes. */
  key: 'published' | 'not compared' | 'not published';
  files: { name: string; verdict: 'equal' | 'changed' | 'missing' }[];
  /** Files in the folder that the certificate says nothing of. */
  notCovered: string[];
  opening?: 'fits' | 'does not fit';
  faults: string[];
  proven: string[];
  notProven: string[];
}

/** Checks both parts or either, and one opened redaction; needs nothing but these bytes. Never throws, fails closed. */
export function verifyCertificate(
  folder: PackageFolder,
  { keys, opening }: { keys?: PublishedKeys; opening?: Opening } = {},
): CertificateVerdict {
  const faults: string[] = [];
  const citizen = readPart<CitizenCertificate>(folder.citizen, CITIZEN_PART, 'citizen', faults);
  const municipality = readPart<MunicipalCertificate>(folder.municipality, MUNICIPAL_PART, 'municipality', faults);
  const parts = [...(citizen ? ['citizen' as const] : []), ...(municipality ? ['municipality' as const] : [])];
  const found: CertificateVerdict = {
    verdict: 'fail',
    parts,
    key: 'not compared',
    files: [],
    notCovered: [...folder.files.keys()],
    faults,
    proven: [],
    notProven: [],
  };
  try {
    if (citizen) Object.assign(found, checkFiles(citizen, folder, faults));
    if (municipality) checkEntries(municipality, faults);
    if (citizen && municipality) checkBinding(citizen, municipality, folder.municipality as Buffer, faults);
    const first = citizen ?? municipality;
    if (first) {
      const { request, decision, signature } = first;
      Object.assign(found, { request, decision, keyId: signature.keyId });
      if (keys) found.key = checkKey(first, keys, faults);
      if (opening) found.opening = checkOpening(opening, citizen, municipality, faults);
    } else if (faults.length === 0) faults.push(`The folder holds neither ${CITIZEN_PART} nor ${MUNICIPAL_PART}.`);
  } catch {
    faults.push('The certificate is signed, but is not put together as a certificate of this format.');
  }
  found.verdict = faults.length === 0 ? 'pass' : 'fail';
  return { ...found, ...inWords(found) };
}

function readPart<T extends CitizenCertificate | MunicipalCertificate>(
  bytes: Buffer | undefined,
  name: string,
  part: T['part'],
  faults: string[],
): T | undefined {
  if (!bytes) return undefined;
  try {
    const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as T;
    if (!canonicalBytes(value).equals(bytes))
      faults.push(`${name} is not in the canonical form in which it was signed: it was changed.`);
    else if (value.format !== CERTIFICATE_FORMAT || value.part !== part)
      faults.push(`${name} is not the ${part}'s part of a certificate of the format ${CERTIFICATE_FORMAT}.`);
    else if (!isSigned(value)) faults.push(`The signature on ${name} does not fit: it was changed.`);
    else return value;
  } catch {
    faults.push(`${name} cannot be read as a signed certificate: it was changed or cut.`);
  }
  return undefined;
}

/** Every file as it was approved, and the manifest that the approver signed made from them. */
function checkFiles(certificate: CitizenCertificate, { files }: PackageFolder, faults: string[]) {
  const { request, round, page, manifestSha256 } = certificate;
  if (manifestHash({ request, round, files: certificate.files }) !== manifestSha256)
    faults.push('The list of files is not the one that the approver signed.');
  const verdicts = [...certificate.files, page].map(({ name, sha256 }) => {
    const own = files.get(name);
    if (!own) faults.push(`The file ${name} is missing.`);
    else if (own.sha256 !== sha256) faults.push(`The file ${name} is not the one that was approved: it was changed.`);
    const verdict: CertificateVerdict['files'][number]['verdict'] = !own
      ? 'missing'
      : own.sha256 === sha256
        ? 'equal'
        : 'changed';
    return { name, verdict };
  });
  const covered = new Set(verdicts.map(({ name }) => name));
  return { files: verdicts, notCovered: [...files.keys()].filter((name) => !covered.has(name)) };
}

function checkEntries({ redactions }: MunicipalCertificate, faults: string[]): void {
  const ids = new Set(redactions.map(({ id }) => id));
  if (ids.size !== redactions.length) faults.push(`${MUNICIPAL_PART} lists a redaction twice.`);
}

function checkBinding(
  citizen: CitizenCertificate,
  municipality: MunicipalCertificate,
  bytes: Buffer,
  faults: string[],
): void {
  const isBound =
    createHash('sha256').update(bytes).digest('hex') === citizen.municipality.sha256 &&
    merkleRoot(municipality.redactions.map(canonicalBytes)) === citizen.municipality.root &&
    municipality.redactions.length === citizen.municipality.redactions &&
    municipality.decision === citizen.decision &&
    municipality.manifestSha256 === citizen.manifestSha256;
  if (!isBound) faults.push(`${MUNICIPAL_PART} is not the part to which ${CITIZEN_PART} is bound.`);
}

function checkKey(
  { authority, signature, ...part }: CitizenCertificate | MunicipalCertificate,
  published: PublishedKeys,
  faults: string[],
): CertificateVerdict['key'] {
  const issued = part.part === 'citizen' ? part.times.issued : part.issued;
  const own = published.keys.find(({ keyId }) => keyId === signature.keyId);
  if (published.authority.cvr !== authority.cvr || own?.publicKey !== signature.publicKey) {
    faults.push(`The certificate is signed by the key ${signature.keyId}, which the authority has not published.`);
    return 'not published';
  }
  const at = Date.parse(issued);
  if (at >= Date.parse(own.validFrom) && (own.validTo === null || at <= Date.parse(own.validTo))) return 'published';
  faults.push(`The certificate says that it was issued at ${issued}, when the key ${own.keyId} was not in use.`);
  return 'not published';
}

function checkOpening(
  { decision, redaction, salt, text, steps }: Opening,
  citizen: CitizenCertificate | undefined,
  municipality: MunicipalCertificate | undefined,
  faults: string[],
): CertificateVerdict['opening'] {
  const root = citizen?.municipality.root ?? merkleRoot((municipality?.redactions ?? []).map(canonicalBytes));
  const fits =
    decision === (citizen ?? municipality)?.decision &&
    isCommittedTo(redaction.commitment, Buffer.from(salt, 'hex'), redaction.id, text) &&
    rootFrom(canonicalBytes(redaction), steps) === root;
  if (!fits) faults.push('What was opened is not what the certificate holds: text, salt or place was changed.');
  return fits ? 'fits' : 'does not fit';
}

/** Said in full, so that nobody reads more into a certificate than it says. */
function inWords({
  verdict,
  parts,
  key,
  opening,
}: CertificateVerdict): Pick<CertificateVerdict, 'proven' | 'notProven'> {
  const notProven = [
    ...(key === 'published'
      ? []
      : ['That the key is the authority’s: compare it with the keys that the authority publishes (--keys).']),
    'That the decision is lawful, that every file of the authority was searched, or that the message arrived.',
    ...(parts.includes('municipality')
      ? []
      : ['Which passages were removed: that stands in the part that the authority keeps.']),
  ];
  if (verdict === 'fail') return { proven: [], notProven };
  return {
    proven: [
      ...(parts.includes('citizen')
        ? ['The files are, byte for byte, those that were approved and certified with this key.']
        : []),
      ...(parts.includes('municipality')
        ? ['The list of redactions is the one that was certified with this key.']
        : []),
      ...(parts.length === 2 ? ['Both parts belong together.'] : []),
      ...(opening ? ['The opened text is what was removed at the place that is shown.'] : []),
    ],
    notProven,
  };
}
