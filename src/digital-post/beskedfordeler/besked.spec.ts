import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ForgedReceiptError, ReceiptError } from '../receipts';
import { officialMemoFolder } from '../testing/sample-message';
import { sampleBesked, type SampleBesked } from '../testing/sample-besked';
import { readBesked } from './besked';

const OURS = { cvr: '12345678' };
const UUID = '8853363b-43ec-4d0a-a54d-65447f9447ed';
const read = (wish: SampleBesked = {}) => readBesked(sampleBesked({ messageUUID: UUID, ...wish }), OURS);

describe('readBesked', () => {
  it('reads a receipt as it is pushed, and the same bare as it is fetched', () => {
    expect(read()).toEqual({
      receiptId: 'bd12c645-de98-453a-ac80-f58a76942eda',
      transmissionId: '1ab6eb87-a457-4ad3-8952-ed8f18a1676a',
      messageUUID: UUID,
      messageId: undefined,
      status: 'COMPLETED',
      errorCode: undefined,
      errorMessage: undefined,
      at: '2026-11-23T11:22:05.154Z',
      raw: expect.stringContaining('<sts:ModtagBeskedInput'),
    });
    expect({ ...read({ isBare: true }), raw: '' }).toEqual({ ...read(), raw: '' });
  });

  it('keeps the text as it came, without the credential of the source system', () => {
    const { raw } = read();
    expect(raw).toBe(sampleBesked({ messageUUID: UUID }).replace('aGVtbWVsaWd0', ''));
    expect(raw).toContain('<k:KildesystemAkkreditiver></k:KildesystemAkkreditiver>');
  });

  it.each([
    ['eb866ca2-b871-4387-b501-12cde577bd58', 'Modtaget Digital Post', 'RECEIVED'],
    ['f7161a89-5068-4023-bc80-d7f4daad2a2e', 'Afleveret Digital Post', 'COMPLETED'],
    ['db5a6025-caa3-45c3-8e02-4e6fa8142ade', 'Afsendt', 'POSTED'],
    ['dd98e71c-41ac-4305-a47b-8f86b00e639b', 'Modtaget Fjern-print', 'PRINTING'],
    ['e2b30d57-504a-4e2e-ae2d-a1394a9cb0b8', 'Klar', 'PRINTING'],
    ['e3c0a021-2070-40d4-b7b7-754aeba762e9', 'Afleveret til print og kuvertering', 'PRINTING'],
    ['e94a0a8b-60a0-42ad-8b83-52c9e15d0fb3', 'Modtaget Post Danmark', 'HANDED_OVER'],
    ['f03904aa-df6e-417f-bd74-6a01a61adbcf', 'Tilbagekaldt', 'RECALLED'],
    ['f4e6eb11-0261-4198-8b5d-be92a9b1a35d', 'Opdatering fra Post Danmark', 'RETURNED'],
  ])('understands the event %s (%s) as %s, by its UUID or by its words', (event, statusCode, status) => {
    expect(read({ event, statusCode }).status).toBe(status);
    expect(read({ event: event.toUpperCase(), statusCode: '?' }).status).toBe(status);
    expect(read({ event: '00000000-0000-4000-8000-000000000000', statusCode }).status).toBe(status);
  });

  const FAILED = { event: 'e225a75c-4b63-46c4-9423-77f5c8762445', statusCode: 'Fejlet' };
  it.each<[string, SampleBesked, string, string]>([
    ['a bad message', { ...FAILED, errorCode: 'memo.invalid' }, 'INVALID', 'memo.invalid'],
    ['a recipient who left', { ...FAILED, errorCode: 'recipient.not-allowed' }, 'NOT_ALLOWED', 'recipient.not-allowed'],
    ['a code that nobody knows', { ...FAILED, errorCode: '4711' }, 'FAILED', '4711'],
    ['no code', FAILED, 'FAILED', 'fault.without-code'],
    ['an unknown event', { event: UUID, statusCode: 'Fordampet' }, 'FAILED', 'status.unknown'],
    ['an event that contradicts its words', { statusCode: 'Fejlet' }, 'FAILED', 'status.contradiction'],
    ['a delivery with a fault', { errorCode: 'x.y' }, 'FAILED', 'x.y'],
  ])('makes %s a failure that a human must look at', (_what, wish, status, errorCode) => {
    expect(read(wish)).toMatchObject({ status, errorCode });
  });

  it('takes the words of a fault without the CPR number in them', () => {
    expect(read({ ...FAILED, errorCode: 'x', errorText: 'ingen post til 221177-1212' }).errorMessage).toBe(
      'ingen post til XXXXXX-XXXX',
    );
  });

  it('names a letter by its AfsendelseIdentifikator', () => {
    const letter = read({ messageUUID: undefined, letterId: UUID.toUpperCase(), namedOutside: 'noget andet' });
    expect(letter.messageUUID).toBe(UUID);
  });

  it.each<[string, SampleBesked]>([
    ['for another authority', { cvr: '87654321' }],
    ['of a system that does not answer for post', { actor: UUID }],
    ['whose envelope names another message', { namedOutside: '33ca98c5-d2ce-43e7-be3a-d5cfde9f6394' }],
  ])('refuses a receipt %s as forged', (_what, wish) => {
    expect(() => read(wish)).toThrow(ForgedReceiptError);
  });

  it.each([
    ['no XML', 'hej'],
    ['another XML', '<a/>'],
    ['a document type', `<!DOCTYPE a [<!ENTITY b "c">]>${sampleBesked({ isBare: true })}`],
    ['another content', sampleBesked({ messageUUID: UUID }).replace(/(<Base64[^>]*>)[^<]*/, '$1PGEvPg==')],
    ['no base64', sampleBesked({ messageUUID: UUID }).replace(/(<Base64[^>]*>)[^<]*/, '$1%%%')],
    ['no message', sampleBesked()],
    ['no id', sampleBesked({ messageUUID: UUID, beskedId: '' })],
    ['no time', sampleBesked({ messageUUID: UUID, at: 'i går' })],
  ])('refuses %s as no receipt', (_what, text) => {
    expect(() => readBesked(text, OURS)).toThrow(ReceiptError);
  });

  const official = officialMemoFolder();
  if (official) {
    it.each([
      ['success', 'COMPLETED', undefined, '8853363b-43ec-4d0a-a54d-65447f9447ed'],
      ['error', 'INVALID', 'memo.invalid', '33ca98c5-d2ce-43e7-be3a-d5cfde9f6394'],
    ])('reads the real message of %s from the test environment', (name, status, errorCode, messageUUID) => {
      const file = join(official, `samples/beskedfordeler-PostStatusBeskedModtag.${name}.xml`);
      const receipt = readBesked(readFileSync(file, 'utf8'), { cvr: '55133018' });
      expect(receipt).toMatchObject({ status, errorCode, messageUUID });
      expect(receipt.raw).not.toContain('U0VSSUFMTlVNQkVS');
    });
  }
});
