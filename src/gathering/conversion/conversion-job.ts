import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChildFile } from './conversion-result';
import type { ConversionNotes } from './conversion-note';
import { UnreadableFile } from './conversion-result';
import type { LibreOfficeSetting } from './libre-office';
import type { ConversionLimits } from './limits';
import type { Office } from './office';
import type { Sandbox } from './office-sandbox';
import type { Typeset } from './reading';

export interface ConversionInput {
  path: string;
  /** As the source has it; shown to people and compared with the content. */
  name: string;
  /** As the source claims it. Never trusted. */
  mediaType?: string;
  /** How many files this one lay in: 0 for a file that the source listed itself. */
  depth?: number;
}

export interface ConversionContext {
  /** A folder of mode 0700 that the caller removes. */
  workFolder: string;
  signal: AbortSignal;
  typeset: Typeset;
  /** The office program; by default LibreOffice as the next setting says, started for every document. */
  office?: Office;
  /** Whose file it is: an office program that served one holder never sees another's. */
  holder?: string;
  /** Default `auto`. */
  libreOffice?: LibreOfficeSetting;
  municipality?: string;
  limits?: Partial<ConversionLimits>;
  /** Counts the pages of a PDF in a process of its own; by default pdf.js does in this one. Throws what the PDF engine throws. */
  pageCount?: (pdfPath: string) => Promise<number>;
  /** For tests and machines without namespaces; by default the strongest sandbox there is. */
  sandbox?: Sandbox;
}

/** One conversion under way: what every kind of conversion needs. */
export interface ConversionJob {
  input: ConversionInput;
  bytes: Buffer;
  context: ConversionContext;
  limits: ConversionLimits;
  /** Of this conversion alone. */
  folder: string;
  notes: ConversionNotes;
  children: ChildFile[];
  /** What the children fill together. */
  childBytes: number;
}

/** A name that is safe on every file system: no folders, no control characters, at most 120 characters. */
export function safeName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .replace(/[\u0000-\u001f\u007f<>:"|?*]/g, '')
    .replace(/^\.+/, '')
    .trim();
  if (clean.length <= 120) return clean || 'bilag';
  const extension = /\.[A-Za-z0-9]{1,5}$/.exec(clean)?.[0] ?? '';
  return clean.slice(0, 120 - extension.length) + extension;
}

/** Writes a file found inside the document for the caller to convert. */
export async function addChild(job: ConversionJob, name: string, mediaType: string, content: Buffer): Promise<void> {
  if (job.children.length >= job.limits.children) {
    throw new UnreadableFile('too-large', `Filen indeholder over ${job.limits.children} andre filer.`);
  }
  const depth = job.input.depth ?? 0;
  if (depth >= job.limits.nesting) throw new UnreadableFile('too-nested');
  job.childBytes += content.length;
  if (job.childBytes > job.limits.inflatedBytes)
    throw new UnreadableFile('too-large', 'Filerne i filen fylder for meget.');
  const folder = join(job.folder, 'children');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // Two attachments may have the same name, so the file on disk is a number.
  const path = join(folder, String(job.children.length + 1));
  await writeFile(path, content, { mode: 0o600 });
  job.children.push({ name: safeName(name), mediaType, path });
}
