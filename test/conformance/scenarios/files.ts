import { createHash } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Connector, RunContext } from '../../../src/contracts';
import { bytesOf, errorOf, fetched, gather, listeningRun } from '../gather';
import { cases, CITIZEN, fullCase, heldCase, letter } from '../held-by-the-source';
import type { Scenario } from './scenario';

const LARGE = 100 * 1024 * 1024;
/** Far less than the file, far more than what the sockets of both ends hold. */
const BOUND = 64 * 1024 * 1024;

/** How often it is looked: each look asks for everything that nobody holds to be given back first. */
const LOOK_EVERY = 8 * 1024 * 1024;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes of buffers that somebody holds; runtimes differ in when they give the others back. */
function heldBuffers(): number {
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
}

export const FILES = {
  'byte-for-byte': {
    rule: 'fetches every file byte for byte, and holds to the sizes and hashes it listed',
    run: async ({ open, subject }) => {
      const held = fullCase(1);
      const { connector } = await open({ cases: [held] });
      const originals = held.documents.map(({ files }) => files[0]);
      for (const document of (await gather(connector)).documents) {
        const bytes = await fetched(connector, document);
        const { size = bytes.length, sha256 } = document.files[0];
        expect(bytes.length).toBe(size);
        if (sha256) expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
        const original = originals.find(({ name }) => name.startsWith(/Brev \d+/.exec(document.title)?.[0] ?? '?'));
        if (!original) expect(bytes.toString()).toMatch(/Ringede &(amp;)? spurgte/);
        else expect(bytes).toEqual(subject.givenBytes?.(original.content as Buffer, original.name) ?? original.content);
      }
    },
  },
  'file-of-another-document': {
    rule: 'refuses a file that is not of the document',
    run: async ({ open }) => {
      const { connector } = await open({ cases: cases(1) });
      const [document] = (await gather(connector)).documents;
      expect((await errorOf(connector.fetch(document, 'elsewhere', listeningRun()))).errorClass).toBe('not_found');
    },
  },
  'wrong-size': {
    rule: 'refuses a file whose size is not the one listed',
    run: async ({ open }) => {
      const rig = await open({ cases: cases(1) });
      const [document] = (await gather(rig.connector)).documents;
      await rig.misbehave({ route: 'file', kind: 'wrongSize', times: 99 });
      expect((await errorOf(fetched(rig.connector, document))).errorClass).toBe('integrity');
    },
  },
  'large-file': {
    rule: 'streams a file of 100 MB in bounded memory',
    run: async ({ open }) => {
      const files = [{ id: 1, name: 'Brev 1.pdf', content: { bytes: LARGE } }];
      const { connector } = await open({ cases: [heldCase(1, { documents: [letter(1, { files })] })] });
      const [document] = (await gather(connector)).documents;
      const before = heldBuffers();
      const { stream } = await connector.fetch(document, document.files[0].sourceFileId, listeningRun());
      let size = 0;
      let looked = 0;
      let peak = 0;
      for await (const chunk of stream) {
        size += (chunk as Buffer).length;
        if (size - looked < LOOK_EVERY) continue;
        looked = size;
        peak = Math.max(peak, heldBuffers() - before);
      }
      expect(size).toBeGreaterThanOrEqual(LARGE);
      expect(peak).toBeLessThan(BOUND);
    },
  },
  'file-let-go': {
    rule: 'lets go of a file that nobody reads to its end',
    run: async ({ open }) => {
      const { connector } = await open({ cases: cases(1) });
      const [document] = (await gather(connector)).documents;
      for (let round = 0; round < 5; round += 1) {
        const { stream } = await connector.fetch(document, document.files[0].sourceFileId, listeningRun());
        stream.destroy();
      }
      expect((await fetched(connector, document)).length).toBeGreaterThan(0);
    },
  },
  abort: {
    rule: 'stops reading a file at once when the run is given up',
    run: async ({ open }) => {
      const { connector } = await open({ cases: cases(2) });
      const [document] = (await gather(connector)).documents;
      const given = new AbortController();
      const reading = connector.fetch(document, document.files[0].sourceFileId, listeningRun(given.signal));
      given.abort();
      await expect(reading.then(({ stream }) => bytesOf(stream))).rejects.toThrow(/abort/i);
    },
  },
  'abort-while-waiting': {
    rule: 'stops at once when the run is given up while an answer is awaited',
    run: async ({ open, subject }) => {
      const rig = await open({ cases: cases(2) });
      await rig.misbehave({ route: subject.lists[0], kind: 'slow', times: 99 });
      const given = new AbortController();
      const waiting = firstOf(rig.connector, listeningRun(given.signal));
      setImmediate(() => given.abort());
      await expect(waiting).rejects.toThrow(/abort/i);
    },
  },
} satisfies Record<string, Scenario>;

async function firstOf(connector: Connector, run: RunContext): Promise<void> {
  for await (const _case of connector.discover({ cprs: [CITIZEN] }, run)) return;
  for await (const _item of connector.listCaseless?.({ cprs: [CITIZEN] }, run) ?? []) return;
}
