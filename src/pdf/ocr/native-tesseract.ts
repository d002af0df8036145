import { execFile, spawn } from 'node:child_process';
import type { OcrProgram, RecognisedWord } from './recognised-word';

const TIMEOUT_MS = 120_000;
/** Danish first: without it the program is not used. */
const LANGUAGES = ['dan', 'eng'];
let known: Promise<string[]> | undefined;

/** True when a `tesseract` with Danish is on the path. */
export async function nativeIsThere(): Promise<boolean> {
  return (await languages()).includes(LANGUAGES[0]);
}

/** Those of our languages that the machine's program has data for. */
function languages(): Promise<string[]> {
  known ??= new Promise((resolve) => {
    execFile('tesseract', ['--list-langs'], { timeout: 10_000 }, (error, stdout, stderr) => {
      const there = `${stdout}\n${stderr}`.split(/\s+/);
      resolve(error ? [] : LANGUAGES.filter((language) => there.includes(language)));
    });
  });
  return known;
}

/** The program as it is installed on the machine: one thread, page segmentation 3, Danish and English. */
export const nativeTesseract: OcrProgram = {
  name: 'native',
  async read(png, dpi) {
    return parseTsv(await run(png, dpi, (await languages()).join('+')));
  },
};

function run(png: Buffer, dpi: number, language: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const args = ['stdin', 'stdout', '-l', language, '--psm', '3', '--dpi', String(dpi), 'tsv'];
    const env = { ...process.env, OMP_THREAD_LIMIT: '1' };
    const child = spawn('tesseract', args, {
      env,
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: TIMEOUT_MS,
      killSignal: 'SIGKILL',
    });
    const parts: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    // A program that ends before it has read everything answers by its exit code below.
    child.stdin.on('error', () => undefined);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(Buffer.concat(parts).toString('utf8'));
      else reject(new Error(`Reading the picture by tesseract ended with ${signal ?? `code ${code}`}.`));
    });
    child.stdin.end(png);
  });
}

/** Columns: level page block par line word left top width height conf text. */
export function parseTsv(tsv: string): RecognisedWord[] {
  const words: RecognisedWord[] = [];
  const lines = new Map<string, number>();
  for (const row of tsv.split('\n').slice(1)) {
    const [level, page, block, paragraph, line, , left, top, width, height, trust, ...text] = row.split('\t');
    const word = text.join('\t').trim();
    if (level !== '5' || word === '') continue;
    const key = [page, block, paragraph, line].join('.');
    if (!lines.has(key)) lines.set(key, lines.size);
    const place = {
      left: Number(left),
      top: Number(top),
      right: Number(left) + Number(width),
      bottom: Number(top) + Number(height),
    };
    words.push({ text: word, ...place, trust: Math.max(0, Number(trust)) / 100, line: lines.get(key)! });
  }
  return words;
}
