import { ForgedReceiptError, ReceiptError } from './receipts';
import { beskedfordelerPush, ngdpReceiptPush } from './receipt-push';
import { sampleBesked } from './testing/sample-besked';

const KNOWN = 'ab'.repeat(32);
const WITH_COLONS = KNOWN.toUpperCase().match(/../g)!.join(':');
const UUID = '8853363b-43ec-4d0a-a54d-65447f9447ed';
const NGDP = JSON.stringify({ messageUUID: UUID, timeStamp: '2026-11-23T11:22:05Z', receiptStatus: 'COMPLETED' });
const BESKED = sampleBesked({ messageUUID: UUID });

describe.each([
  ['NgDP', ngdpReceiptPush({ senders: [WITH_COLONS] }), NGDP],
  ['Beskedfordeler', beskedfordelerPush({ senders: [WITH_COLONS], cvr: '12345678' }), BESKED],
])('the door for receipts of %s', (_road, push, raw) => {
  it('takes a receipt from a system whose certificate is known, however the fingerprint is written', () => {
    expect(push.receive(raw, KNOWN)).toMatchObject({ messageUUID: UUID, status: 'COMPLETED' });
    expect(push.receive(raw, WITH_COLONS).receiptId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('gives the same receipt the same name when it comes twice', () => {
    expect(push.receive(raw, KNOWN)).toEqual(push.receive(raw, KNOWN));
  });

  it.each([['cd'.repeat(32)], [undefined], [''], ['ab']])('refuses the same receipt from %s', (fingerprint) => {
    expect(() => push.receive(raw, fingerprint)).toThrow(ForgedReceiptError);
  });

  it('refuses what is no receipt', () => {
    expect(() => push.receive('hej', KNOWN)).toThrow(ReceiptError);
  });
});

describe('what is answered to a push', () => {
  const forged = new ForgedReceiptError('A receipt is for another authority.');
  const broken = new Error('connect ECONNREFUSED 10.0.0.1:5432');

  it('takes a stored receipt out of the queue of NgDP, and leaves every other there', () => {
    const { answer } = ngdpReceiptPush({ senders: [KNOWN] });
    const statuses = [answer(), answer(forged), answer(new ReceiptError('No receipt.')), answer(broken)];
    expect(statuses.map(({ status }) => status)).toEqual([200, 403, 400, 500]);
  });

  it('is 20 or 40 in a StandardRetur for Beskedfordeler, always with HTTP 200', () => {
    const { answer } = beskedfordelerPush({ senders: [KNOWN], cvr: '12345678' });
    expect(answer()).toMatchObject({ status: 200, body: expect.stringContaining('<sd:StatusKode>20<') });
    expect(answer(forged)).toMatchObject({ status: 200, body: expect.stringContaining('<sd:StatusKode>40<') });
    expect(answer(forged).body).toContain('another authority');
  });

  it('never tells the other side what broke here', () => {
    for (const push of [ngdpReceiptPush({ senders: [] }), beskedfordelerPush({ senders: [], cvr: '12345678' })])
      expect(push.answer(broken).body).not.toMatch(/ECONNREFUSED|10\.0/);
  });

  it('knows nobody when no sender was named', () => {
    expect(() => ngdpReceiptPush({ senders: [] }).receive(NGDP, KNOWN)).toThrow(ForgedReceiptError);
  });
});
