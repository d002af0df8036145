import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBesked } from './beskedfordeler/besked';
import { readPostStatus } from './beskedfordeler/post-status';
import { checkMemo } from './memo/memo-rules';
import { readMemo } from './memo/read-memo';
import { validateAgainstSchema } from './memo/schema-check';
import { parseReceipt } from './receipts';
import { kombiOutcome } from './sf1601/kombi-answer';
import { officialMemoFolder } from './testing/sample-message';
import { localName, readXml } from './xml-path';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const RECEIPT_ID = '0f7f5a0e-2b0e-4a7b-8e51-7f4d1f2a9c11';
const official = officialMemoFolder();

/** Who reads which sample, by its name; each gives what names the message. */
const READERS: [name: RegExp, read: (text: string) => Promise<string | undefined> | string | undefined][] = [
  [/^itkdevrpa-memo1[12]-.*\.xml$/, async (text) => (await readMemo(Buffer.from(text))).messageUUID],
  [/^SYNTHETIC-kombi_request/, async (text) => (await readMemo(Buffer.from(messageIn(text)))).messageUUID],
  [/^beskedfordeler-.*\.xml$/, (text) => readBesked(text, { cvr: '55133018' }).messageUUID],
  [/^PKO_PostStatus\..*\.xml$/, (text) => readPostStatus(readXml(text))?.messageUUID],
  [/^SYNTHETIC-ngdp-receipt\..*\.json$/, (text) => parseReceipt(RECEIPT_ID, text).messageUUID],
  [/^SYNTHETIC-kombi_response/, (text) => transmissionOf(text)],
  [
    /^SYNTHETIC-ForsendelseI/,
    (text) => readXml(text)?.children.find((each) => /Afsendelse/.test(localName(each)))?.text,
  ],
];

function messageIn(request: string): string {
  return /<memo:Message [^]*<\/memo:Message>/.exec(request)?.[0] ?? '';
}

function transmissionOf(body: string): string | undefined {
  const outcome = kombiOutcome({ status: 200, mediaType: 'application/xml', body });
  return outcome.state === 'accepted' ? outcome.transmissionId : undefined;
}

(official ? describe : describe.skip)('the official samples', () => {
  const folder = join(official ?? '', 'samples');
  const samples = official ? readdirSync(folder).filter((name) => /\.(xml|json)$/.test(name)) : ['(not here)'];

  it.each(samples.map((name) => [name]))('%s is read', async (name) => {
    const reader = READERS.find(([pattern]) => pattern.test(name));
    expect(await reader?.[1](readFileSync(join(folder, name), 'utf8'))).toMatch(UUID);
  });

  it('are as many as were known, none passed over', () => {
    expect(samples.length).toBeGreaterThanOrEqual(14);
    for (const [pattern] of READERS) expect(samples.some((name) => pattern.test(name))).toBe(true);
  });

  it('of the letter is valid by its schema', async () => {
    const letter = readFileSync(join(folder, 'SYNTHETIC-ForsendelseI.minimal.xml'));
    const xsd = join(official ?? '', 'xsd/fjernprint-sf1600-libxml2');
    expect(await validateAgainstSchema(letter, xsd, 'ForsendelseI.xsd')).toEqual([]);
  });

  it('that are bad are all refused, also those that libxml2 accepts', async () => {
    const names = readdirSync(join(folder, 'negative'));
    let acceptedBySchema = 0;
    for (const name of names) {
      const xml = readFileSync(join(folder, 'negative', name));
      if ((await validateAgainstSchema(xml, join(official ?? '', 'xsd/memo-1.2'))).length === 0) acceptedBySchema += 1;
      expect({ name, errors: (await checkMemo(xml)).errors.length }).toEqual({ name, errors: 1 });
    }
    expect(names.length).toBeGreaterThanOrEqual(9);
    expect(acceptedBySchema).toBeGreaterThanOrEqual(3);
  });
});
