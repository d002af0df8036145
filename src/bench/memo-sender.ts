import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import type { DigitalPostGateway, MemoMessage } from '../contracts';
import {
  checkMemo,
  fileSource,
  NgdpGateway,
  Sf1601Gateway,
  writeMemo,
  type NgdpFileSettings,
  type Sf1601FileSettings,
} from '../digital-post';

/** What the sending process is told, as one argument in JSON. */
export interface SenderOrder {
  folder: string;
  /** Names of the files in the folder, the letter first. */
  files: string[];
  messageUUID: string;
  road: { ngdp: NgdpFileSettings } | { sf1601: Sf1601FileSettings };
}

export interface SenderReport {
  bytes: number;
  sha256: string;
  state: string;
  writeSeconds: number;
  checkSeconds: number;
  sendSeconds: number;
  peakMiB: number;
}

/** A process that writes a message from files, checks it, stores it and sends it, and tells how much memory it took. */
async function main(order: SenderOrder): Promise<SenderReport> {
  const path = join(order.folder, `${order.messageUUID}.xml`);
  const began = performance.now();
  const written = await writeMemo(await messageOf(order), createWriteStream(path));
  const wrote = performance.now();
  const { errors } = await checkMemo(createReadStream(path), { profile: 'sender' });
  if (errors.length > 0) throw new Error(`The message of the benchmark is bad: ${errors[0]!.message}`);
  const checked = performance.now();
  const gateway: DigitalPostGateway =
    'ngdp' in order.road ? new NgdpGateway(order.road.ngdp) : new Sf1601Gateway(order.road.sf1601);
  const { state } = await gateway.send(order.messageUUID, await fileSource(path), new AbortController().signal);
  gateway.close();
  return {
    ...written,
    state,
    writeSeconds: (wrote - began) / 1000,
    checkSeconds: (checked - wrote) / 1000,
    sendSeconds: (performance.now() - checked) / 1000,
    peakMiB: process.resourceUsage().maxRSS / 1024,
  };
}

async function messageOf({ folder, files, messageUUID }: SenderOrder): Promise<MemoMessage> {
  const documents = await Promise.all(
    files.map(async (fileName) => ({
      label: fileName,
      files: [
        { mediaType: 'application/pdf', fileName, language: 'da', content: await fileSource(join(folder, fileName)) },
      ],
    })),
  );
  const [mainDocument, ...additionalDocuments] = documents;
  return {
    messageUUID,
    label: 'Svar på din anmodning om aktindsigt',
    sender: { cvr: '12345678', label: 'Solby Kommune' },
    recipient: { cpr: '2211771212' },
    createdAt: '2026-11-23T09:14:00Z',
    mainDocument: mainDocument!,
    additionalDocuments,
  };
}

main(JSON.parse(process.argv[2] ?? '{}') as SenderOrder).then(
  (report) => process.stdout.write(JSON.stringify(report)),
  (error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  },
);
