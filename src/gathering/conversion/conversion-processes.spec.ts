import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { ConversionProcesses } from './conversion-processes';
import { Gotenberg, OfficeUnreachable } from './gotenberg';
import { convertWithLibreOffice } from './libre-office';
import { OfficePool } from './office-pool';
import { textOfPages } from './pdf-js';
import { needsLibreOffice, removeWorkFolders, workFolder } from './spec-conversions';

const FORMATS = resolve(__dirname, '../../../test/data/formats');
const signal = new AbortController().signal;

afterAll(removeWorkFolders);

async function within<T>(
  processes: ConversionProcesses,
  work: (processes: ConversionProcesses) => Promise<T>,
): Promise<T> {
  try {
    return await work(processes);
  } finally {
    await processes.close();
  }
}

async function sampleInput(name: string) {
  return { path: join(FORMATS, name), name };
}

describe('a conversion in a process of its own', () => {
  it('gives what a conversion gives, and the process serves the next file too', async () => {
    await within(new ConversionProcesses({ processes: 1 }), async (processes) => {
      const folder = await workFolder();
      for (const name of ['notat-cp865.txt', 'mail.msg']) {
        const result = await processes.convert(await sampleInput(name), { workFolder: folder }, signal);
        expect(result).toMatchObject({ state: 'converted', pages: 1 });
      }
    });
  });

  it('that takes too long ends in a state to act on, and the next file is converted', async () => {
    const processes = new ConversionProcesses({ processes: 1, limits: { timeoutMs: 1 } });
    await within(processes, async () => {
      const result = await processes.convert(
        await sampleInput('brev.html'),
        { workFolder: await workFolder() },
        signal,
      );
      expect(result).toMatchObject({ state: 'unreadable', reason: 'timeout' });
    });
  });

  it('that needs too much memory ends in a state to act on', async () => {
    const processes = new ConversionProcesses({ processes: 1, limits: { maxResidentBytes: 1 } });
    await within(processes, async () => {
      const result = await processes.convert(
        await sampleInput('brev.html'),
        { workFolder: await workFolder() },
        signal,
      );
      expect(result).toMatchObject({ state: 'unreadable', reason: 'too-large' });
    });
  });

  it('is stopped when the job is', async () => {
    await within(new ConversionProcesses({ processes: 1 }), async (processes) => {
      const stop = new AbortController();
      const task = { workFolder: await workFolder() };
      const converting = processes.convert(await sampleInput('mail.eml'), task, stop.signal);
      stop.abort(new Error('stopped'));
      await expect(converting).rejects.toThrow('stopped');
    });
  });

  it('puts pages of text after a PDF', async () => {
    await within(new ConversionProcesses({ processes: 1 }), async (processes) => {
      const outPath = join(await workFolder(), 'ud.pdf');
      const page = {
        title: 'Skjult',
        note: 'Lå i filen.',
        blocks: [{ kind: 'paragraph' as const, text: 'Ring til Åse' }],
      };
      await processes.append({ pdfPath: join(FORMATS, 'med-bilag.pdf'), outPath, page }, signal);
      const texts = await textOfPages(await readFile(outPath));
      expect(texts).toHaveLength(3);
      expect(texts[2]).toContain('Ring til Åse');
    });
  });
});

describe('LibreOffice kept warm', () => {
  it(
    ...needsLibreOffice('serves one holder after the other, each from a fresh program', async (program) => {
      const folder = await workFolder();
      const pool = new OfficePool({ program, size: 1, folder: () => folder });
      const document = await readFile(join(FORMATS, 'brev.odt'));
      try {
        for (const holder of ['a', 'a', 'b']) {
          const outPath = join(folder, `${holder}.pdf`);
          const task = {
            document,
            extension: 'odt',
            target: 'pdf' as const,
            outPath,
            workFolder: folder,
            timeoutMs: 60_000,
          };
          await pool.convert({ ...task, signal, holder });
          expect((await textOfPages(await readFile(outPath))).join('')).toContain('Østervang');
        }
      } finally {
        await pool.close();
      }
    }),
  );

  it(
    ...needsLibreOffice('stands beside the child that reads, which asks it for pages', async (program) => {
      const folder = await workFolder();
      const pool = new OfficePool({ program, size: 1, folder: () => folder });
      try {
        await within(new ConversionProcesses({ processes: 1, office: pool }), async (processes) => {
          const task = { workFolder: folder, holder: 'a' };
          const result = await processes.convert(await sampleInput('brev.doc'), task, signal);
          expect(result).toMatchObject({ state: 'converted', method: 'libreoffice', pages: 3 });
        });
      } finally {
        await pool.close();
      }
    }),
  );
});

/** Speaks Gotenberg's interface and lays out with the LibreOffice of this machine. */
async function startGotenberg(program: string): Promise<{ server: Server; address: string; heard: FormData[] }> {
  const heard: FormData[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const type = { 'content-type': request.headers['content-type'] ?? '' };
      const form = await new Response(Buffer.concat(chunks), { headers: type }).formData();
      heard.push(form);
      const file = form.get('files') as File;
      const workFolderOfJob = await workFolder();
      const outPath = join(workFolderOfJob, 'ud.pdf');
      const run = { program, workFolder: workFolderOfJob, timeoutMs: 60_000, signal };
      const extension = file.name.split('.').at(-1)!;
      await convertWithLibreOffice(Buffer.from(await file.arrayBuffer()), extension, 'pdf', outPath, run);
      response.writeHead(200, { 'content-type': 'application/pdf' }).end(await readFile(outPath));
    })().catch(() => response.writeHead(400).end('the document cannot be converted'));
  });
  await new Promise<void>((resolveListen) => server.listen(0, '127.0.0.1', resolveListen));
  return { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard };
}

describe('LibreOffice at an address', () => {
  it(
    ...needsLibreOffice('lays a document out, and says that an old format was not looked through', async (program) => {
      const { server, address, heard } = await startGotenberg(program);
      try {
        await within(new ConversionProcesses({ processes: 1, office: new Gotenberg(address) }), async (processes) => {
          const task = { workFolder: await workFolder() };
          const modern = await processes.convert(await sampleInput('brev.docx'), task, signal);
          expect(modern).toMatchObject({ state: 'converted', method: 'libreoffice', pages: 3 });
          const old = await processes.convert(await sampleInput('brev.doc'), task, signal);
          expect(old).toMatchObject({ state: 'converted', pages: 2 });
          const codes = old.state === 'converted' ? old.notes.map(({ code }) => code) : [];
          expect(codes).toContain('legacy-hidden-unchecked');
          expect(heard.map((form) => form.get('exportHiddenSlides'))).toEqual(['true', 'true']);
        });
      } finally {
        server.close();
      }
    }),
  );

  it('that does not answer lets the job be tried again', async () => {
    const folder = await workFolder();
    const task = {
      document: Buffer.from('x'),
      extension: 'odt',
      target: 'pdf' as const,
      outPath: join(folder, 'ud.pdf'),
    };
    const gotenberg = new Gotenberg('http://127.0.0.1:1');
    const converting = gotenberg.convert({ ...task, workFolder: folder, timeoutMs: 5_000, signal });
    await expect(converting).rejects.toThrow(OfficeUnreachable);
  });
});
