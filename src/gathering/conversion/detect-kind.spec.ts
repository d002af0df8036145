import { detectKind, isMislabelled } from './detect-kind';

it.each([
  ['%PDF-1.4', 'pdf'],
  ['junk before\n%PDF-1.7', 'pdf'],
  ['From: a@b.dk\r\nTo: c@d.dk\r\nSubject: x\r\n\r\nHej', 'mail'],
  ['<!DOCTYPE html><p>Hej', 'html'],
  ['\ufeff  <html><body>Hej', 'html'],
  ['<p>Kære borger</p>', 'html'],
  ['{\\rtf1\\ansi Hej}', 'office'],
  ['Notat: a < b og c > d', 'text'],
  ['Fra: Åse\nTil: kommunen\n\nHej', 'text'],
])('%j is %s', (content, kind) => {
  expect(detectKind(Buffer.from(content)).kind).toBe(kind);
});

it('takes a locked office file for locked, and an Outlook message for a message', () => {
  const compound = (stream: string) =>
    Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504), Buffer.from(stream, 'utf16le')]);
  expect(detectKind(compound('EncryptedPackage')).kind).toBe('locked-office');
  expect(detectKind(compound('__substg1.0_0037001F'))).toEqual({ kind: 'msg', extension: 'msg' });
  expect(detectKind(compound('WordDocument'))).toEqual({ kind: 'office', extension: 'doc' });
});

it('calls a file mislabelled only when its name promises another format', () => {
  const pdf = { kind: 'pdf', extension: 'pdf' } as const;
  const text = { kind: 'text', extension: 'txt' } as const;
  expect(isMislabelled('brev.docx', pdf)).toBe(true);
  expect(isMislabelled('brev.txt', pdf)).toBe(true);
  expect(isMislabelled('brev.PDF', pdf)).toBe(false);
  expect(isMislabelled('brev', pdf)).toBe(false);
  expect(isMislabelled('sag 24.018832', pdf)).toBe(false);
  expect(isMislabelled('log.csv', text)).toBe(false);
  expect(isMislabelled('foto.jpeg', { kind: 'picture', extension: 'jpg' })).toBe(false);
});
