import { access, constants, readFile, stat } from 'node:fs/promises';
import type { Command } from 'commander';
import type { AbsentTerm, LeakReport } from '../contracts';
import { PdfEngine } from '../pdf';

const GOOD = 0;
const FINDING = 1;
const BAD_USE = 2;

/** Refusal of what was typed: a whole sentence for standard error. */
class UsageError extends Error {}

/**
 * `verify [--absent TERMS.json] [--original IN.pdf] FILE.pdf`: the leak gate alone, on any PDF, in child processes whose time
 * and memory are watched. A file that makes one hang or grow has failed.
 */
export function registerVerify(program: Command): void {
  program
    .command('verify')
    .description('judge a PDF for leaks; prints a JSON report (exit 0 pass, 1 finding, 2 bad use)')
    .argument('<file>', 'the PDF to judge')
    .option('--absent <terms>', 'JSON file with the texts that must be gone: ["…"] or [{"text":"…","type":"NAME"}]')
    .option('--original <pdf>', 'the PDF before redaction: page counts must be equal, lost text is told')
    .action(async (file: string, options: { absent?: string; original?: string }) => {
      process.exitCode = await verifyFile(file, options);
    });
}

async function verifyFile(file: string, options: { absent?: string; original?: string }): Promise<number> {
  try {
    const absent = options.absent === undefined ? [] : await readTerms(options.absent);
    for (const path of [file, options.original ?? file]) await mustBeReadable(path);
    const report = await judge(file, { absent, original: options.original });
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    return report.verdict === 'pass' ? GOOD : FINDING;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return BAD_USE;
  }
}

async function judge(file: string, rules: { absent: AbsentTerm[]; original?: string }): Promise<LeakReport> {
  const engine = new PdfEngine();
  try {
    return await engine.verify(file, rules);
  } finally {
    await engine.close();
  }
}

async function mustBeReadable(path: string): Promise<void> {
  try {
    await access(path, constants.R_OK);
    if ((await stat(path)).isFile()) return;
  } catch {
    // Told below, as of a folder.
  }
  throw new UsageError(`The file ${path} cannot be read. Check the path and its rights.`);
}

async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch {
    throw new UsageError(`The file ${path} cannot be read. Check the path and its rights.`);
  }
}

async function readTerms(path: string): Promise<AbsentTerm[]> {
  const text = (await read(path)).toString('utf8');
  const wrong = `The file ${path} must be a JSON array of texts or of objects with "text" and, if known, "type".`;
  let terms: unknown;
  try {
    terms = JSON.parse(text);
  } catch {
    throw new UsageError(wrong);
  }
  if (!Array.isArray(terms)) throw new UsageError(wrong);
  return terms.map((term: unknown) => {
    if (typeof term === 'string' && term !== '') return { text: term };
    const { text: words, type } = (term ?? {}) as { text?: unknown; type?: unknown };
    if (typeof words !== 'string' || words === '') throw new UsageError(wrong);
    return { text: words, ...(typeof type === 'string' ? { type } : {}) };
  });
}
