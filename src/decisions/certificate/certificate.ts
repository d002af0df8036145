import type { Box } from '../../contracts';
import type { Manifest } from '../manifest';
import type { Step } from './merkle';
import type { Signature } from './signature';

export const CERTIFICATE_FORMAT = 'aktindsigt-certificate/1';
export const OPENING_FORMAT = 'aktindsigt-opening/1';
export const KEYS_FORMAT = 'aktindsigt-keys/1';

/** In the package, beside the page that people read. */
export const CITIZEN_PART = 'bevis.json';
export const CITIZEN_PAGE = 'bevis.pdf';
/** Never leaves the municipality. */
export const MUNICIPAL_PART = 'bevis-kommune.json';

export interface CertifiedAuthority {
  cvr: string;
  name: string;
}

/** Hashes are SHA-256 in lower-case hexadecimal, times ISO 8601 in UTC. */
export interface CitizenContent {
  format: typeof CERTIFICATE_FORMAT;
  part: 'citizen';
  authority: CertifiedAuthority;
  request: string;
  round: number;
  decision: string;
  /** `received` is a day, YYYY-MM-DD. */
  times: { received: string; reviewed: string; approved: string; issued: string };
  /** What the approver signed: see `manifestHash`. */
  manifestSha256: string;
  files: Manifest['files'];
  /** The same told for people. */
  page: { name: string; sha256: string };
  documents: { full: number; partial: number; withheld: number; outside: number; duplicates: number };
  grounds: CertifiedGround[];
  /** "pdf.js 5.4.1": what looked for leaks, and how many checks passed. */
  verification: { verdict: 'pass'; checks: number; engines: string[] };
  municipality: { sha256: string; redactions: number; root: string };
}

export interface CertifiedGround {
  /** "forvaltningslovens § 15 b, nr. 5". */
  citation: string;
  passages: number;
  wholeDocuments: number;
}

/** One passage that was removed, one document that was withheld whole, or one recording that was cut. */
export interface RedactionEntry {
  id: string;
  kind: 'passage' | 'document' | 'recording';
  /** Number on the aktliste. */
  document: number;
  /** SHA-256 of each file as it was fetched. */
  sources: string[];
  /** From 1, in the file; absent for a whole document. */
  page?: number;
  /** PDF points, origin bottom left. */
  boxes?: Box[];
  ground: string;
  basis: string;
  commitment: string;
}

export interface MunicipalContent {
  format: typeof CERTIFICATE_FORMAT;
  part: 'municipality';
  authority: CertifiedAuthority;
  request: string;
  decision: string;
  manifestSha256: string;
  issued: string;
  redactions: RedactionEntry[];
}

export type CitizenCertificate = CitizenContent & { signature: Signature };
export type MunicipalCertificate = MunicipalContent & { signature: Signature };

/** One redaction, shown to an appeal body. It tells nothing of the others but hashes. */
export interface Opening {
  format: typeof OPENING_FORMAT;
  decision: string;
  redaction: RedactionEntry;
  salt: string;
  /** What was removed; for a whole document the SHA-256 of each of its files, a line each. */
  text: string;
  steps: Step[];
}

/** The keys of an authority, as it publishes them: also those that sign no more. */
export interface PublishedKeys {
  format: typeof KEYS_FORMAT;
  authority: CertifiedAuthority;
  keys: { keyId: string; publicKey: string; validFrom: string; validTo: string | null }[];
}
