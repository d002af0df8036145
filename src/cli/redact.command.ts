import { InvalidArgumentError, Option, type Command } from 'commander';
import { existsSync, readFileSync } from 'node:fs';
import type { AbsentTerm, Box, BoxesByPage } from '../contracts';
import { closeOcr, type CoverWidth, PdfEngine, PdfError, redactDocument } from '../pdf';

const FINDING = 1;
const BAD_USE = 2;

interface RedactOptions {
  boxes: BoxesByPage;
  absent?: AbsentTerm[];
  everywhere?: boolean;
  keepElsewhere?: boolean;
  width: CoverWidth;
}

/** `redact --boxes B.json IN.pdf OUT.pdf`: sanitises, redacts and verifies one file; prints the verdict as JSON. */
export function registerRedact(program: Command): void {
  program
    .command('redact')
    .description('Remove what lies under boxes from a PDF, clean it of everything hidden, and prove that it is gone.')
    .argument('<in>', 'the PDF to redact')
    .argument('<out>', 'the PDF to write; it is written only when no leak was found')
    .requiredOption(
      '--boxes <file>',
      'JSON {"0":[[x0,y0,x1,y1],…]}: page from 0, points, origin bottom left, unrotated',
      readBoxes,
    )
    .option('--absent <file>', 'JSON array of further texts that must be gone: strings or {text, type}', readTerms)
    .option('--everywhere', 'remove the same texts wherever else they are seen')
    .option('--keep-elsewhere', 'accept that the same texts are seen elsewhere')
    .addOption(
      new Option('--width <rule>', 'how wide the covers are drawn over blank paper, so that they do not tell a length')
        .choices(['exact', 'steps', 'line'])
        .default('exact'),
    )
    .addHelpText(
      'after',
      '\nExit code: 0 clean, 1 a finding (see the verdict), 2 bad use or a file that cannot be processed.',
    )
    .action(redact);
}

async function redact(input: string, output: string, options: RedactOptions): Promise<void> {
  if (options.everywhere && options.keepElsewhere) {
    return refuse('Choose either --everywhere or --keep-elsewhere: one removes what the other keeps.');
  }
  if (!existsSync(input)) return refuse(`The file ${input} does not exist.`);
  const engine = new PdfEngine();
  try {
    const verdict = await redactDocument(engine, input, output, options.boxes, options);
    process.stdout.write(`${JSON.stringify(verdict, null, 2)}\n`);
    if (!verdict.written)
      process.stderr.write('The gate found a leak; the file was not written. See "report" for the place.\n');
    process.exitCode = verdict.verdict === 'pass' ? 0 : FINDING;
  } catch (error) {
    refuse(sentenceFor(error, input));
  } finally {
    await engine.close();
    await closeOcr();
  }
}

function sentenceFor(error: unknown, input: string): string {
  if (error instanceof PdfError) return `${input}: ${error.message}`;
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'The folder to write to does not exist.';
  return `${input} could not be redacted: ${(error as Error).message}`;
}

function refuse(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = BAD_USE;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new InvalidArgumentError(`The file ${file} cannot be read as JSON.`);
  }
}

/** The boxes of a file, each turned so that its corners stand in order. */
export function readBoxes(file: string): BoxesByPage {
  const value = readJson(file);
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject) throw new InvalidArgumentError('The boxes must be a JSON object: a list of boxes by page.');
  return Object.fromEntries(Object.entries(value).map(([page, list]) => [pageKey(page), boxesOf(page, list)]));
}

function pageKey(page: string): string {
  if (!/^\d+$/.test(page)) throw new InvalidArgumentError(`"${page}" is not a page: pages are numbers from 0.`);
  return String(Number(page));
}

function boxesOf(page: string, list: unknown): Box[] {
  if (!Array.isArray(list)) throw new InvalidArgumentError(`The boxes of page ${page} must be a list.`);
  return list.map((box: unknown) => {
    const isBox = Array.isArray(box) && box.length === 4 && box.every((value) => Number.isFinite(value));
    if (!isBox) throw new InvalidArgumentError(`A box of page ${page} is not four numbers [x0, y0, x1, y1].`);
    const [x0, y0, x1, y1] = box as [number, number, number, number];
    return [Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1)];
  });
}

/** The terms of a file: an array of strings or of `{text, type}`. */
export function readTerms(file: string): AbsentTerm[] {
  const value = readJson(file);
  if (!Array.isArray(value)) throw new InvalidArgumentError('The texts must be a JSON array.');
  return value.map((item: unknown) => {
    if (typeof item === 'string') return { text: item };
    const text = typeof item === 'object' && item !== null ? (item as AbsentTerm).text : undefined;
    if (typeof text !== 'string')
      throw new InvalidArgumentError('Each text must be a string or an object with "text".');
    return item as AbsentTerm;
  });
}
