import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { converted, needsLibreOffice, removeWorkFolders, SAMPLES, workFolder } from './spec-conversions';
import { convertWithLibreOffice } from './libre-office';
import { DEFAULT_LIMITS } from './limits';
import { WITHOUT_NAMESPACE } from './office-sandbox';
import { readArchive } from './read-archive';
import { writeArchive } from './write-archive';

jest.setTimeout(240_000);

/** A listener that documents refer to; whoever opens such a document must not be seen here. */
let server: Server;
let home: string;
const hits: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    hits.push(request.url ?? '');
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => hits.splice(0));
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await removeWorkFolders();
});

function spyingHtml(): Buffer {
  return Buffer.from(`<html><head><base href="${home}/"><link rel="stylesheet" href="${home}/a.css">
    <meta http-equiv="refresh" content="0; url=${home}/refresh">
    <style>@import "${home}/b.css"; body { background: url(${home}/c.png) } @font-face { font-family: x; src: url('${home}/d.woff') }</style>
    </head><body background="${home}/e.png" style="background-image:u\\72l(${home}/f.png)">
    <p>Brev til borgeren</p><img src="${home}/g.png"><img srcset="${home}/h.png 2x"><iframe src="${home}/i.html"></iframe>
    <object data="${home}/j.svg"></object><embed src="${home}/k.bin"><video poster="${home}/l.png" src="${home}/m.mp4"></video>
    <svg><image href="${home}/n.png"/><use xlink:href="${home}/o.svg#x"/></svg><input type="image" src="${home}/p.png">
    <table background="${home}/q.png"><tr><td background="${home}/r.png">Celle</td></tr></table>
    <script src="${home}/s.js"></script></body></html>`);
}

async function spyingDocx(): Promise<Buffer> {
  const parts = readArchive(await readFile(join(SAMPLES, 'notat.docx')), DEFAULT_LIMITS);
  const types = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const rels = parts.get('word/_rels/document.xml.rels')!.toString();
  const linked = `<Relationship Id="rIdSpy" Type="${types}/image" Target="${home}/billede.png" TargetMode="External"/>`;
  parts.set('word/_rels/document.xml.rels', Buffer.from(rels.replace('</Relationships>', `${linked}</Relationships>`)));
  const settings = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rIdT" Type="${types}/attachedTemplate" Target="${home}/skabelon.dotm" TargetMode="External"/></Relationships>`;
  parts.set('word/_rels/settings.xml.rels', Buffer.from(settings));
  const drawing =
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:extent cx="900000" cy="900000"/><wp:docPr id="77" name="b"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="77" name="b"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:link="rIdSpy"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>';
  const field = `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> INCLUDEPICTURE "${home}/felt.png" \\d </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>felt</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`;
  const document = parts.get('word/document.xml')!.toString();
  parts.set('word/document.xml', Buffer.from(document.replace('<w:body>', `<w:body>${drawing}${field}`)));
  return writeArchive(parts);
}

const documents = {
  'brev.docx': { make: spyingDocx, kept: 'Børnene trives på skolen i Nørreådal.' },
  'brev.html': { make: () => Promise.resolve(spyingHtml()), kept: 'Brev til borgeren' },
};

describe.each(Object.entries(documents))('%s that refers to a listener', (name, { make, kept }) => {
  it('is read without LibreOffice and without a hit', async () => {
    const { text, codes } = await converted({ name, bytes: await make() });
    expect(text).toContain(kept);
    expect(codes).toContain('remote-left-out');
    expect(hits).toEqual([]);
  });

  it(
    ...needsLibreOffice('is converted, shut in, without a hit', async () => {
      const { text, codes, result } = await converted({ name, bytes: await make() }, { libreOffice: 'auto' });
      expect(result.method).toBe('libreoffice');
      expect(text).toContain(kept);
      expect(codes).toContain('remote-left-out');
      expect(hits).toEqual([]);
    }),
  );

  it(
    ...needsLibreOffice('is converted by the stripped copy alone, without a hit', async () => {
      const context = { libreOffice: 'auto', sandbox: WITHOUT_NAMESPACE };
      const { result } = await converted({ name, bytes: await make() }, context);
      expect(result).toMatchObject({ method: 'libreoffice', isolation: 'none' });
      expect(hits).toEqual([]);
    }),
  );
});

it(
  ...needsLibreOffice(
    'the listener is heard by a converter that is not shut in, so that silence means something',
    async (program) => {
      const folder = await workFolder();
      await writeFile(join(folder, 'brev.html'), spyingHtml());
      // Asynchronous, since the listener lives in this process.
      const args = [
        `-env:UserInstallation=file://${folder}/profil`,
        '--headless',
        '--convert-to',
        'pdf',
        '--outdir',
        folder,
      ];
      const child = spawn(program, [...args, join(folder, 'brev.html')], {
        stdio: 'ignore',
        env: { ...process.env, HOME: folder },
      });
      await new Promise((resolve) => child.on('exit', resolve));
      expect(hits.length).toBeGreaterThan(0);
    },
  ),
);

it(
  ...needsLibreOffice(
    'the namespace alone keeps a document that was not stripped from calling home',
    async (program) => {
      const folder = await workFolder();
      const run = { program, workFolder: folder, timeoutMs: 120_000, signal: new AbortController().signal };
      const isolation = await convertWithLibreOffice(spyingHtml(), 'html', 'pdf', join(folder, 'ud.pdf'), run);
      if (isolation === 'namespace') expect(hits).toEqual([]);
      else process.stderr.write('NOT TESTED, because this machine allows no namespaces: isolation from the network\n');
    },
  ),
);
