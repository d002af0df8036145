/** Thrown when a message cannot be written as MeMo; the text says which part and what to do. */
export class MemoWriteError extends Error {
  override readonly name = 'MemoWriteError';
}

// XML 1.0, production 2: what may stand in a document at all.
const NOT_XML =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };

/** Text made safe between tags; throws {@link MemoWriteError} naming `field` when XML has no way to hold it. */
export function xmlText(text: string, field: string): string {
  if (NOT_XML.test(text)) {
    throw new MemoWriteError(`The ${field} of the message holds a control character that XML cannot carry. Remove it.`);
  }
  return text.replace(/[&<>\r]/g, (character) => ENTITIES[character]!);
}
