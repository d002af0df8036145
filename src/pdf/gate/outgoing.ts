import type { AbsentTerm, LeakCheck, LeakFinding, LeakReport } from '../../contracts';
import { createHash } from 'node:crypto';
import { TermSearch } from './terms';
import { verifyPdf, type VerifyOptions } from './verify';

/** Something that leaves: a file, a message header, a mail, a page's data. */
export interface Outgoing {
  /** As the recipient sees it; it is searched too. */
  name: string;
  /** `application/pdf`, `text/html`, `application/json`, `text/csv`; anything else is read as plain text. */
  mediaType: string;
  content: Uint8Array | string;
}

const ENGINE = { engine: 'term-search', version: '2.0.0' };

/**
 * The one check of everything that leaves: file name and content are searched for every term in all its spellings. A PDF goes
 * through the whole gate. Never throws and fails closed: what cannot be read as what it says it is fails.
 * @param options for a PDF: what a decision keeps, boxes, labels
 */
export async function verifyOutgoing(
  outgoing: Outgoing,
  absent: AbsentTerm[],
  options: Omit<VerifyOptions, 'absent'> = {},
): Promise<LeakReport> {
  const named = checkOf('file-name', [outgoing.name], absent);
  if (outgoing.mediaType === 'application/pdf') {
    const report = await verifyPdf(bytesOf(outgoing.content), { ...options, absent });
    return joined(report, named);
  }
  return joined(textReport(outgoing, absent), named);
}

/** The findings of {@link verifyOutgoing} on a text: a title, a header. */
export function verifyText(name: string, text: string, terms: readonly AbsentTerm[]): LeakFinding[] {
  return findingsIn('text', name, [text], terms);
}

/** Adds a check of the name of a file to its report. */
export function withFileName(report: LeakReport, name: string, absent: readonly AbsentTerm[]): LeakReport {
  return joined(report, checkOf('file-name', [name], absent));
}

function textReport({ content, mediaType, name }: Outgoing, absent: readonly AbsentTerm[]): LeakReport {
  const bytes = bytesOf(content);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const empty: LeakReport = { verdict: 'pass', pages: 0, sha256, checks: [], findings: [] };
  let texts: string[];
  try {
    texts = readingsOf(new TextDecoder('utf-8', { fatal: true }).decode(bytes), mediaType);
  } catch {
    const message = `${name.length > 80 ? 'The file' : 'The content'} cannot be read as ${mediaType}.`;
    const finding: LeakFinding = { check: 'text', engine: ENGINE.engine, message };
    return joined(empty, { check: { name: 'text', ...ENGINE, verdict: 'fail' }, findings: [finding] });
  }
  return joined(empty, checkOf('text', texts, absent));
}

/** Every way in which a reader or a program comes to the words: as written, and without what stands between them. */
function readingsOf(text: string, mediaType: string): string[] {
  if (mediaType === 'application/json') return [text, ...stringsIn(JSON.parse(text) as unknown)];
  if (mediaType === 'text/html') {
    const plain = text.replace(/<!--[\s\S]*?-->/g, ' ').replace(/<\/?[a-z][^>]*>/gi, ' ');
    const tight = text.replace(/<!--[\s\S]*?-->/g, '').replace(/<\/?[a-z][^>]*>/gi, '');
    return [text, plain, tight].map(withoutEntities);
  }
  if (mediaType === 'text/csv') return [text, text.replace(/[";,\t\r\n]+/g, ' ')];
  return [text];
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string' || typeof value === 'number') return [String(value)];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...stringsIn(inner)]);
}

/** HTML's named letters that Danish texts use, and every numbered one. */
const NAMED: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  shy: '',
  aelig: 'æ',
  oslash: 'ø',
  aring: 'å',
  AElig: 'Æ',
  Oslash: 'Ø',
  Aring: 'Å',
  eacute: 'é',
  uuml: 'ü',
  ouml: 'ö',
  auml: 'ä',
  hyphen: '-',
  ndash: '–',
  commat: '@',
  period: '.',
};

function withoutEntities(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));?/gi,
    (whole, hex?: string, digits?: string, name?: string) => {
      if (name !== undefined) return NAMED[name] ?? whole;
      const code = hex === undefined ? Number(digits) : parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : '';
    },
  );
}

interface Checked {
  check: LeakCheck;
  findings: LeakFinding[];
}

function checkOf(name: string, texts: readonly string[], absent: readonly AbsentTerm[]): Checked {
  const what = name === 'file-name' ? 'The name of the file' : 'The text';
  const findings = findingsIn(name, what, texts, absent);
  return { check: { name, ...ENGINE, verdict: findings.length > 0 ? 'fail' : 'pass' }, findings };
}

function findingsIn(
  check: string,
  what: string,
  texts: readonly string[],
  absent: readonly AbsentTerm[],
): LeakFinding[] {
  const search = new TermSearch(absent);
  const terms = new Set(texts.flatMap((text) => search.find(text).map(({ term }) => term)));
  const message = `${what} holds a text that must be gone.`;
  return [...terms].map((term) => ({ check, engine: ENGINE.engine, message, term }));
}

function joined(report: LeakReport, { check, findings }: Checked): LeakReport {
  return {
    ...report,
    verdict: check.verdict === 'fail' ? 'fail' : report.verdict,
    checks: [...report.checks, check],
    findings: [...report.findings, ...findings],
  };
}

function bytesOf(content: Uint8Array | string): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
}
