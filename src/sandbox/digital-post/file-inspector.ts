/** A file of a message as it was cut out: the elements before its content, and the content. */
export interface CutFile {
  before: string;
  base64: Buffer;
}

const TYPES: Readonly<Record<string, RegExp>> = {
  'application/pdf': /\.pdf$/i,
  'text/plain': /\.txt$/i,
  'text/xml': /\.xml$/i,
  'application/json': /\.json$/i,
};
const REFUSED_IN_NAMES = /[<>:"/\\|?*\r\n\u00a0\u2000-\u200a\u2028\u205f\u2060\u3000]/;

/** What a receiver refuses in one file, in sentences without its name. */
export function inspectFile({ before, base64 }: CutFile): string[] {
  const name = plainText(textOf(before, 'filename'));
  const type = textOf(before, 'encodingFormat');
  const content = decode(base64);
  const checks: [isFault: boolean, sentence: string][] = [
    [!Object.hasOwn(TYPES, type), 'A file has a type that is not taken.'],
    [Object.hasOwn(TYPES, type) && !TYPES[type]!.test(name), 'A file name does not fit its type.'],
    [REFUSED_IN_NAMES.test(name), 'A file name holds a character that is not allowed.'],
    [!/^[a-z]{2}$/.test(textOf(before, 'language')), 'The language of a file must be two letters.'],
    [content === undefined, 'The content of a file is not base64.'],
    [content?.length === 0, 'A file is empty.'],
    [type === 'application/pdf' && content?.subarray(0, 5).toString('latin1') !== '%PDF-', 'A file is no PDF.'],
  ];
  return checks.filter(([isFault]) => isFault).map(([, sentence]) => sentence);
}

/** Encoded again it must be the same text; Node's decoder alone forgives everything. */
function decode(base64: Buffer): Buffer | undefined {
  const text = base64.toString('latin1').replace(/\s+/g, '');
  const content = Buffer.from(text, 'base64');
  return content.toString('base64') === text ? content : undefined;
}

function textOf(xml: string, element: string): string {
  return new RegExp(`<memo:${element}>([^<]*)</memo:${element}>`).exec(xml)?.[1] ?? '';
}

function plainText(text: string): string {
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#13;/g, '\r')
    .replace(/&amp;/g, '&');
}
