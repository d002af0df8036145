import fc from 'fast-check';
import { PDFDocument } from 'pdf-lib';
import { scanObjects } from './object-scan';
import { termsInText } from './terms';
import { verifyPdf } from './verify';

describe('leak gate on anything', () => {
  it('always answers with a verdict, whatever bytes of a file are changed', async () => {
    const pdf = await PDFDocument.create();
    pdf.addPage().drawText('Mette bor her');
    const file = await pdf.save({ useObjectStreams: false });
    const change = fc.record({ at: fc.nat(file.length - 1), byte: fc.nat(255) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 20 }), async (changes) => {
        const broken = Uint8Array.from(file);
        for (const { at, byte } of changes) broken[at] = byte;
        const report = await verifyPdf(broken, { absent: [{ text: 'Poul Madsen', type: 'NAME' }] });
        const failed = report.checks.some((check) => check.verdict === 'fail');
        expect(report.verdict).toBe(failed ? 'fail' : 'pass');
      }),
      { numRuns: 40, seed: 7 },
    );
  });

  it('scans any bytes for objects without failing', () => {
    const syntax = fc.constantFrom(
      '1 0 obj',
      '<<',
      '>>',
      '[',
      ']',
      '(',
      ')',
      '/Name',
      '<41',
      'stream\n',
      'endstream',
      'endobj',
      '\\',
      '%',
      'trailer',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(syntax, fc.string({ maxLength: 5 }))), (parts) => {
        expect(scanObjects(Buffer.from(parts.join(' '), 'latin1')).objects.length).toBeLessThanOrEqual(parts.length);
      }),
      { numRuns: 500, seed: 7 },
    );
  });

  it('finds a number however its digits are set apart', () => {
    const separator = fc.stringMatching(/^[ \n\t.\-\u00a0\u00ad\u2013/]{0,3}$/);
    fc.assert(
      fc.property(
        fc.stringMatching(/^[0-9]{10}$/),
        fc.array(separator, { minLength: 10, maxLength: 10 }),
        (digits, gaps) => {
          const written = [...digits].map((digit, i) => digit + (gaps[i] ?? '')).join('');
          expect(termsInText(`Nummeret er ${written}.`, [{ text: digits, type: 'CPR' }]).length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 300, seed: 7 },
    );
  });

  it('stays fast on a long text with many terms', () => {
    const terms = Array.from({ length: 500 }, (_, i) => ({ text: `Navn${i} Efternavn${i}`, type: 'NAME' }));
    const text = 'aaaa Navn499 Efternavn499 '.repeat(20_000);
    expect(termsInText(text, terms)).toHaveLength(20_000);
  });
});
