import { base64In } from './base64-in-xml';

async function* pieces(text: string, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < text.length; at += size) yield Buffer.from(text.slice(at, at + size), 'latin1');
}

async function read(xml: string, size: number): Promise<Buffer> {
  const found: Buffer[] = [];
  for await (const piece of base64In('XMLBinary', pieces(xml, size), 'a file')) found.push(piece);
  return Buffer.concat(found);
}

describe('a file in base64 inside an envelope', () => {
  const bytes = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 256));
  const wrapped = bytes.toString('base64').replace(/(.{76})/g, '$1\r\n');
  const xml = `<?xml version="1.0"?><e:Envelope><e:Body><x:XMLBinary xmlns:x="urn:a">${wrapped}</x:XMLBinary></e:Body></e:Envelope>`;

  it.each([1, 3, 7, 64, 100_000])('is the same when it comes in pieces of %d', async (size) => {
    expect(await read(xml, size)).toEqual(bytes);
  });

  it('is empty when the element is', async () => {
    expect(await read('<a><XMLBinary></XMLBinary></a>', 5)).toEqual(Buffer.alloc(0));
  });

  it.each([
    ['is cut in the middle', xml.slice(0, 500), 'truncated'],
    ['is not there', '<a><Fault>x</Fault></a>', 'contract'],
    ['is nothing', '<a><XMLBinary xsi:nil="true" /></a>', 'contract'],
    ['is a web page', '<!DOCTYPE html><html><body>503</body></html>', 'integrity'],
  ])('is refused when it %s', async (_words, text, errorClass) => {
    await expect(read(text, 50)).rejects.toMatchObject({ errorClass });
  });
});
