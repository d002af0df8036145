/** Extensions that fit a media type. PDF alone is safe everywhere; the others were seen in official examples. */
const EXTENSIONS: Readonly<Record<string, readonly string[]>> = {
  'application/pdf': ['pdf'],
  'text/plain': ['txt', 'text', 'log', 'csv'],
  'text/html': ['html', 'htm'],
  'text/xml': ['xml', 'xsd'],
  'application/xml': ['xml', 'xsd'],
  'text/csv': ['csv'],
  'text/calendar': ['ics'],
  'application/json': ['json'],
  'application/zip': ['zip'],
  'application/msword': ['doc'],
  'application/vnd.ms-excel': ['xls'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'application/vnd.oasis.opendocument.text': ['odt'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'image/tiff': ['tif', 'tiff'],
  'image/gif': ['gif'],
};

/** The extensions of a media type, or `undefined` when the type is not known here. */
export function extensionsOf(mediaType: string): readonly string[] | undefined {
  return Object.hasOwn(EXTENSIONS, mediaType.toLowerCase()) ? EXTENSIONS[mediaType.toLowerCase()] : undefined;
}

/** True for the form `type/subtype` of RFC 6838 without parameters. */
export function isMediaType(text: string): boolean {
  return /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/i.test(text);
}
