import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { officialMemoFolder } from '../testing/sample-message';
import { kombiOutcome } from './kombi-answer';

const ADVICE = (text: string) =>
  `<HovedoplysningerSvarREST><SvarReaktion><Advis><AdvisId>0</AdvisId><AdvisTekst>${text}</AdvisTekst></Advis></SvarReaktion></HovedoplysningerSvarREST>`;
const body = (inner: string) => `<?xml version="1.0" encoding="UTF-8"?>\n<kombi_response>${inner}</kombi_response>`;
const outcome = (text: string, status = 200, retryAfterMs?: number) =>
  kombiOutcome({ status, mediaType: 'application/xml', body: text, retryAfterMs });

describe('kombiOutcome', () => {
  it('accepts 200 with Result true and the advice RECEIVED, in either case', () => {
    const digital = body(`<Result>true</Result><TransmissionID>abc</TransmissionID>${ADVICE('RECEIVED')}`);
    expect(outcome(digital)).toEqual({ state: 'accepted', transmissionId: 'abc', raw: digital });
    expect(outcome(body(`<Result>true</Result>${ADVICE('received')}`))).toMatchObject({
      state: 'accepted',
      transmissionId: undefined,
    });
  });

  it('takes Result false for a no although the status is 200, with its code and without a CPR number', () => {
    const fault =
      '<HovedoplysningerSvarREST><SvarReaktion><Fejl><FejlId>7</FejlId><FejlKode>4711</FejlKode><FejlTekst>221177-1212 kendes ikke</FejlTekst></Fejl></SvarReaktion></HovedoplysningerSvarREST>';
    expect(outcome(body(`<Result>false</Result>${fault}`))).toMatchObject({
      state: 'refused',
      code: '4711',
      message: 'XXXXXX-XXXX kendes ikke',
    });
    expect(outcome(body('<Result>false</Result>'))).toMatchObject({ state: 'refused', code: 'result.false' });
  });

  it.each([
    [400, 'http.400'],
    [403, 'http.403'],
    [413, 'http.413'],
  ])('takes %s for a no', (status, code) => {
    expect(outcome('<html>nej</html>', status)).toMatchObject({ state: 'refused', code });
  });

  it.each([
    ['503', 'x', 503],
    ['a redirect', '', 302],
    ['a friendly page', '<html><body>Velkommen</body></html>', 200],
    ['no XML', 'ok', 200],
    ['success without RECEIVED', body('<Result>true</Result>'), 200],
    ['another advice', body(`<Result>true</Result>${ADVICE('MAYBE')}`), 200],
    ['no Result', body(ADVICE('RECEIVED')), 200],
    ['a duplicate', body('<Result>false</Result><FejlTekst>Message already exists</FejlTekst>'), 200],
  ])('calls %s unknown, never refused', (_what, text, status) => {
    expect(outcome(text, status).state).toBe('unknown');
  });

  it('hands on how long 429 asks to wait', () => {
    expect(outcome('', 429, 9000)).toMatchObject({ state: 'unknown', retryAfterMs: 9000 });
  });

  const official = officialMemoFolder();
  if (official) {
    it('reads the sample of an answer', () => {
      const sample = readFileSync(join(official, 'samples/SYNTHETIC-kombi_response.accepted.xml'), 'utf8');
      expect(outcome(sample)).toMatchObject({
        state: 'accepted',
        transmissionId: '317720e2-052b-450b-b510-2a0a3ab35d38',
      });
    });
  }
});
