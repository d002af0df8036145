import { join } from 'node:path';
import { clock, danishDay, longDate } from '../../law';
import { typeset } from '../../pdf';
import type { CitizenContent } from './certificate';

const TEMPLATE = join(__dirname, '..', '..', '..', 'templates', 'letters', 'bevis.typ');

/** Data of `bevis.typ`. */
interface CertificatePageData {
  municipality: string;
  cvr: string;
  caseNumber: string;
  received: string;
  approved: string;
  files: { name: string; pages: number; sha256: string }[];
  counts: CitizenContent['documents'];
  grounds: { citation: string; places: string }[];
  checks: number;
  engines: string[];
  manifestSha256: string;
  keyId: string;
  dataFile: string;
}

/** The certificate told for people: PDF/UA-1. The same content gives the same bytes. */
export async function certificatePage(
  content: Omit<CitizenContent, 'page' | 'municipality'>,
  keyId: string,
  dataFile: string,
): Promise<Uint8Array> {
  const { authority, request, times, files, documents, grounds, verification, manifestSha256 } = content;
  const approved = new Date(times.approved);
  const data: CertificatePageData = {
    municipality: authority.name,
    cvr: authority.cvr,
    caseNumber: request,
    received: longDate(times.received),
    approved: `${longDate(danishDay(approved))} kl. ${clock(approved)}`,
    files: files.map(({ name, pages, sha256 }) => ({ name, pages, sha256: grouped(sha256) })),
    counts: documents,
    grounds: grounds.map((ground) => ({ citation: capital(ground.citation), places: placesInWords(ground) })),
    checks: verification.checks,
    engines: verification.engines,
    manifestSha256: grouped(manifestSha256),
    keyId: grouped(keyId),
    dataFile,
  };
  return (await typeset(TEMPLATE, data, { standard: 'ua-1', createdAt: approved })).pdf;
}

/** In groups of eight, so that two can be compared by eye. */
function grouped(hash: string): string {
  return (hash.match(/.{1,8}/g) ?? []).join(' ');
}

function placesInWords({ passages, wholeDocuments }: CitizenContent['grounds'][number]): string {
  return [
    ...(passages > 0 ? [passages === 1 ? '1 sted' : `${passages} steder`] : []),
    ...(wholeDocuments > 0 ? [wholeDocuments === 1 ? '1 helt dokument' : `${wholeDocuments} hele dokumenter`] : []),
  ].join(', ');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
