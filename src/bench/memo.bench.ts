import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { MEMO_LIMITS } from '../digital-post';
import { startDigitalPostProcess, type DigitalPostProcess } from '../sandbox/digital-post';
import { type Bench, type Figure, round } from './bench';
import type { SenderOrder, SenderReport } from './memo-sender';

const FILES = MEMO_LIMITS.files;
const LARGEST = 16_000_000;
const MOST_MIB = 300;
const run = promisify(execFile);

/** The largest message that Digital Post takes, from files to the wire, by both roads: what does the sender need? */
export const memoBench: Bench = {
  name: 'memo',
  about: `writes, checks and sends a message of ${MEMO_LIMITS.rawBytes} raw bytes; peak memory of the sending process`,
  async *run(): AsyncIterable<Figure> {
    const folder = await mkdtemp(join(tmpdir(), 'aktindsigt-bench-'));
    const post = await startDigitalPostProcess({
      folder: join(folder, 'post'),
      certificateFolder: join(folder, 'certificates'),
    });
    try {
      const files = await writeFiles(folder);
      for (const road of roadsOf(post)) {
        const order: SenderOrder = { folder, files, messageUUID: randomUUID(), road };
        yield figureOf(Object.keys(road)[0] as string, await send(order));
      }
      await requireDelivered(post);
    } finally {
      await post.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

function figureOf(road: string, report: SenderReport): Figure {
  const { bytes, writeSeconds, checkSeconds, sendSeconds, peakMiB } = report;
  if (report.state !== 'accepted') throw new Error(`The message was not accepted by ${road}: ${report.state}.`);
  return {
    what: `peak memory of the process that writes, checks and sends a message of ${FILES} files by ${road}`,
    value: round(peakMiB),
    unit: 'MiB',
    reference: { what: 'the most that is allowed', value: MOST_MIB },
    ratio: round(peakMiB / MOST_MIB),
    detail: {
      rawBytes: MEMO_LIMITS.rawBytes,
      messageBytes: bytes,
      writeSeconds: round(writeSeconds),
      checkSeconds: round(checkSeconds),
      sendSeconds: round(sendSeconds),
    },
  };
}

async function send(order: SenderOrder): Promise<SenderReport> {
  const { stdout } = await run(process.execPath, [join(__dirname, 'memo-sender.js'), JSON.stringify(order)]);
  return JSON.parse(stdout) as SenderReport;
}

function roadsOf(post: DigitalPostProcess): SenderOrder['road'][] {
  const { certificateFile, keyFile, caFile, baseUrl, systemId, apiToken, serviceUrl, tokenUrl, cvr } = post;
  const own = { certificateFile, keyFile, caFile };
  return [{ ngdp: { ...own, baseUrl, systemId, apiToken } }, { sf1601: { ...own, serviceUrl, tokenUrl, cvr } }];
}

async function requireDelivered(post: DigitalPostProcess): Promise<void> {
  const messages = await post.control.messages();
  if (messages.length === 2 && messages[0]!.bytes === messages[1]!.bytes) return;
  throw new Error('The stand-in did not get the same message by both roads.');
}

/** Files of unequal sizes that fill a message to the last byte. */
async function writeFiles(folder: string): Promise<string[]> {
  const sizes = [200_000, ...Array.from({ length: FILES - 2 }, (_, index) => 4_000_000 + index * 1_000_001)];
  sizes.push(MEMO_LIMITS.rawBytes - sizes.reduce((sum, size) => sum + size, 0));
  if (sizes.some((size) => size < 1 || size > LARGEST)) throw new Error('The sizes of the benchmark do not add up.');
  const names = sizes.map((_, index) => `fil-${index + 1}.pdf`);
  for (const [index, size] of sizes.entries()) await writePdfLike(join(folder, names[index]!), size);
  return names;
}

async function writePdfLike(path: string, size: number): Promise<void> {
  const file = await open(path, 'w');
  const line = Buffer.from(`%PDF-1.7\n% ${randomUUID()}\n`);
  await file.write(Buffer.alloc(size, line));
  await file.close();
}
