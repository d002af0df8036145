import { outcomeOf } from './send-answer';

const UUID = '5b0c1f6e-8a53-4d55-9e0a-2f0f7a3c1d10';
const answer = (status: number, body: unknown, retryAfterMs?: number) => ({
  status,
  mediaType: 'application/json',
  retryAfterMs,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

describe('outcomeOf', () => {
  it('accepts a receipt of the message that was sent', () => {
    const body = { messageUUID: UUID.toUpperCase(), transmissionId: 'T', receiptStatus: 'RECEIVED' };

    expect(outcomeOf(answer(201, body), UUID)).toEqual({
      state: 'accepted',
      transmissionId: 'T',
      raw: JSON.stringify(body),
    });
  });

  it.each([
    ['success without a receipt', answer(201, '')],
    ['success with a receipt of another message', answer(201, { messageUUID: 'x', receiptStatus: 'RECEIVED' })],
    ['a redirect', answer(302, '')],
    ['408', answer(408, '')],
    ['409', answer(409, '')],
    ['429', answer(429, '')],
    ['500', answer(500, '')],
    ['503', answer(503, '')],
    ['a duplicate by code', answer(400, { code: 'memo.duplicate', message: 'x' })],
    ['a duplicate by words', answer(400, { code: 'x', message: 'The message already exists' })],
  ])('leaves %s open', (_what, given) => {
    expect(outcomeOf(given, UUID).state).toBe('unknown');
  });

  it.each([
    ['400', answer(400, { code: 'memo.invalid', message: 'bad' }), 'memo.invalid', 'bad'],
    ['400 without words', answer(400, ''), 'http.400', 'Digital Post refused the message (400).'],
    ['401', answer(401, ''), 'http.401', /certificate or the token/],
    ['403', answer(403, ''), 'http.403', /permissions/],
    ['413', answer(413, '<html>'), 'http.413', /413/],
    [
      'INVALID with success',
      answer(201, { receiptStatus: 'INVALID', errorCode: 'memo.invalid', errorMessage: 'x' }),
      'memo.invalid',
      'x',
    ],
  ])('takes %s for a no', (_what, given, code, message) => {
    expect(outcomeOf(given, UUID)).toMatchObject({
      state: 'refused',
      code,
      message: typeof message === 'string' ? message : expect.stringMatching(message),
      raw: given.body,
    });
  });

  it('names the fields that were refused, without their values', () => {
    const body = {
      code: 'memo.invalid',
      message: 'Validation failed for 221177-1212',
      fieldErrors: [{ field: 'recipientID', message: 'unknown', rejectedValue: '2211771212' }, null, 'x'],
    };

    expect(outcomeOf(answer(400, body), UUID)).toMatchObject({
      message: 'Validation failed for XXXXXX-XXXX (recipientID: unknown)',
    });
  });
});
