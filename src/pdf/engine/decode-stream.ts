import { decodePDFRawStream, PDFArray, PDFDict, PDFName, PDFNumber, PDFRawStream, type PDFStream } from 'pdf-lib';
import { PdfDamagedError } from './errors';

/** Short names of filters: for inline images only (ISO 32000-1, 8.9.7), but programs write them for other streams too. */
const LONG_NAMES: Record<string, string> = {
  A85: 'ASCII85Decode',
  AHx: 'ASCIIHexDecode',
  Fl: 'FlateDecode',
  LZW: 'LZWDecode',
  RL: 'RunLengthDecode',
};

/**
 * Decoded content as Latin-1. Throws a {@link PdfDamagedError} for a filter that content may not have, for predictors, and for
 * data that is broken.
 */
export function decodeStream(stream: PDFStream): string {
  if (!(stream instanceof PDFRawStream)) return Buffer.from(stream.getContents()).toString('latin1');
  try {
    return Buffer.from(decodePDFRawStream(withPlainFilters(stream)).decode()).toString('latin1');
  } catch {
    throw new PdfDamagedError('The content of the PDF is damaged: a stream cannot be decoded.');
  }
}

/** The same data with filters by their long names, and without the one that says "not encrypted" (7.4.10). */
function withPlainFilters(stream: PDFRawStream): PDFRawStream {
  const { dict } = stream;
  const filters = listOf(dict, 'Filter').map((filter) => {
    const name = filter instanceof PDFName ? filter.decodeText() : '';
    return LONG_NAMES[name] ?? name;
  });
  const parameters = listOf(dict, 'DecodeParms');
  if (parameters.some(hasPredictor)) throw new PdfDamagedError('A predictor is for pictures, not for content.');
  const plain = PDFDict.withContext(dict.context);
  const kept = filters.map((name, index) => ({ name, parameter: parameters[index] }));
  const left = kept.filter(({ name }) => name !== 'Crypt');
  plain.set(PDFName.of('Filter'), dict.context.obj(left.map(({ name }) => PDFName.of(name))));
  if (parameters.length > 0) {
    plain.set(PDFName.of('DecodeParms'), dict.context.obj(left.map(({ parameter }) => parameter ?? {})));
  }
  return PDFRawStream.of(plain, stream.contents);
}

function listOf(dict: PDFDict, key: string) {
  const found = dict.context.lookup(dict.get(PDFName.of(key)));
  if (found instanceof PDFArray) return found.asArray().map((item) => dict.context.lookup(item));
  return found instanceof PDFName || found instanceof PDFDict ? [found] : [];
}

function hasPredictor(parameters: unknown): boolean {
  const predictor = parameters instanceof PDFDict ? parameters.lookup(PDFName.of('Predictor')) : undefined;
  return predictor instanceof PDFNumber && predictor.asNumber() > 1;
}
