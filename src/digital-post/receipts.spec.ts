import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { ReceiptStatus } from '../contracts';
import { contradicts, isFinal, parseReceipt, statusAfter } from './receipts';
import { officialMemoFolder } from './testing/sample-message';

const ID = '0f7f5a0e-2b0e-4a7b-8e51-7f4d1f2a9c11';
const receipt = (changes: Record<string, unknown> = {}) =>
  JSON.stringify({
    transmissionId: '317720e2-052b-450b-b510-2a0a3ab35d38',
    messageUUID: '33CA98C5-d2ce-43e7-be3a-d5cfde9f6394',
    messageId: null,
    errorCode: null,
    errorMessage: null,
    timeStamp: '2026-01-05T13:00:00+01:00',
    receiptStatus: 'RECEIVED',
    ...changes,
  });

describe('receipts of NgDP', () => {
  it('are read with empty values as absent, time in UTC, UUID in lower case, and the exact text kept', () => {
    const raw = receipt({ unknownField: 1 });

    expect(parseReceipt(ID, raw)).toEqual({
      receiptId: ID,
      transmissionId: '317720e2-052b-450b-b510-2a0a3ab35d38',
      messageUUID: '33ca98c5-d2ce-43e7-be3a-d5cfde9f6394',
      messageId: undefined,
      status: 'RECEIVED',
      errorCode: undefined,
      errorMessage: undefined,
      at: '2026-01-05T12:00:00.000Z',
      raw,
    });
  });

  it('keep a reason without the CPR number in it', () => {
    const read = parseReceipt(ID, receipt({ errorCode: 'memo.invalid', errorMessage: 'no mailbox for 221177-1212' }));

    expect(read).toMatchObject({ errorCode: 'memo.invalid', errorMessage: 'no mailbox for XXXXXX-XXXX' });
  });

  it.each([
    ['no JSON', '<html>', /not a JSON object/],
    ['a list', '[]', /not a JSON object/],
    ['no message', receipt({ messageUUID: null }), /names no message/],
    ['a UUID of another shape', receipt({ messageUUID: '../../x' }), /names no message/],
    ['an unknown status', receipt({ receiptStatus: 'LOST' }), /no status that is known/],
    ['no time', receipt({ timeStamp: 'i går' }), /no valid time/],
  ])('are refused with %s', (_what, raw, message) => {
    expect(() => parseReceipt(ID, raw)).toThrow(message);
  });

  it('never take a message back from COMPLETED, in whatever order and however often they come', () => {
    const status = fc.constantFrom<ReceiptStatus>('RECEIVED', 'COMPLETED', 'INVALID', 'NOT_ALLOWED');
    fc.assert(
      fc.property(fc.array(status), fc.array(status), (before, later) => {
        const all = [...before, 'COMPLETED' as const, ...later];
        expect(all.reduce<ReceiptStatus | undefined>(statusAfter, undefined)).toBe('COMPLETED');
      }),
    );
  });

  it('never take a message back to RECEIVED', () => {
    expect(statusAfter(undefined, 'RECEIVED')).toBe('RECEIVED');
    expect(statusAfter('RECEIVED', 'INVALID')).toBe('INVALID');
    expect(statusAfter('INVALID', 'RECEIVED')).toBe('INVALID');
    expect(statusAfter('NOT_ALLOWED', 'INVALID')).toBe('NOT_ALLOWED');
    expect([undefined, 'RECEIVED' as const, 'INVALID' as const, 'COMPLETED' as const].map(isFinal)).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  it('are a contradiction when they say both delivered and refused', () => {
    expect(contradicts('INVALID', 'COMPLETED')).toBe(true);
    expect(contradicts('COMPLETED', 'NOT_ALLOWED')).toBe(true);
    expect(
      contradicts('COMPLETED', 'COMPLETED') || contradicts('RECEIVED', 'INVALID') || contradicts(undefined, 'INVALID'),
    ).toBe(false);
  });

  const official = officialMemoFolder();
  if (official) {
    it.each([
      ['SYNTHETIC-ngdp-receipt.technical.json', 'RECEIVED'],
      ['SYNTHETIC-ngdp-receipt.business-invalid.json', 'INVALID'],
    ])('of the sample %s are read', (name, status) => {
      expect(parseReceipt(ID, readFileSync(join(official, 'samples', name), 'utf8')).status).toBe(status);
    });
  }
});
