import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Documents that go wrong on purpose, by file name; `pdf` is a sound one to spoil. */
export function badFiles(pdf: Buffer): Map<string, Buffer> {
  return new Map([
    ['beskadiget.pdf', damaged(pdf)],
    ['kraever-kodeord.pdf', encrypted(pdf, 'solby')],
    ['kun-ejerkodeord.pdf', encrypted(pdf, '')],
    ['tom.pdf', Buffer.alloc(0)],
    [
      'ukendt-format.xyz',
      Buffer.from('\u0001SOLBYFAG\u0002 gammelt fagsystem, arkivformat 3\u0000'.repeat(40), 'latin1'),
    ],
    ['ringer-hjem.html', Buffer.from(CALLS_HOME)],
  ]);
}

/** The head is right and the rest is noise: no object of it can be read. */
function damaged(pdf: Buffer): Buffer {
  const noise = Buffer.from(pdf.subarray(32, 6000).map((byte, index) => (byte * 31 + index * 17) % 251));
  return Buffer.concat([pdf.subarray(0, 32), noise]);
}

function encrypted(pdf: Buffer, userPassword: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'encrypt-'));
  const [from, to] = [join(folder, 'in.pdf'), join(folder, 'out.pdf')];
  try {
    writeFileSync(from, pdf);
    execFileSync('qpdf', ['--encrypt', userPassword, 'ejer-i-solby', '256', '--print=none', '--', from, to]);
    return readFileSync(to);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Every usual way to call home; `PORT` is filled in by the test that listens. */
const CALLS_HOME = `<!DOCTYPE html>
<html lang="da"><head><meta charset="utf-8"><title>Nyhedsbrev til sagen</title>
<link rel="stylesheet" href="http://127.0.0.1:PORT/stil.css">
<style>@import url("http://127.0.0.1:PORT/import.css"); body { background: url("http://127.0.0.1:PORT/baggrund.png") }</style>
<script src="http://127.0.0.1:PORT/script.js"></script>
<meta http-equiv="refresh" content="0; url=http://127.0.0.1:PORT/videre.html"></head>
<body onload="fetch('http://127.0.0.1:PORT/hent')">
<h1>Nyhedsbrev til sagen</h1>
<p>Bo Krarup Munk har videresendt dette nyhedsbrev den 4. april 2025.</p>
<img src="http://127.0.0.1:PORT/sporing.gif" alt="">
<iframe src="http://127.0.0.1:PORT/ramme.html"></iframe>
<object data="http://127.0.0.1:PORT/objekt.pdf"></object>
<video src="http://127.0.0.1:PORT/film.mp4" poster="http://127.0.0.1:PORT/plakat.png"></video>
<a href="http://127.0.0.1:PORT/link.html">Læs mere</a>
</body></html>
`;
