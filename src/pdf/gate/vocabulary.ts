/**
 * The words of the file format itself (ISO 32000-1). A person may be called Page or Parent: such a word in its own place says
 * nothing about anybody. Names that an author or a program chooses (of fonts, resources, layers) are not among them.
 */
const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Fonts that every reader has (9.6.2.2). */
const STANDARD_FONTS = words(
  'Courier Courier-Bold Courier-Oblique Courier-BoldOblique Helvetica Helvetica-Bold Helvetica-Oblique ' +
    'Helvetica-BoldOblique Times-Roman Times-Bold Times-Italic Times-BoldItalic Symbol ZapfDingbats',
);
const COLOUR_SPACES = words(
  'DeviceGray DeviceRGB DeviceCMYK CalGray CalRGB Lab ICCBased Indexed Separation DeviceN Pattern',
);
const FILTERS = words(
  'ASCIIHexDecode ASCII85Decode LZWDecode FlateDecode RunLengthDecode CCITTFaxDecode JBIG2Decode DCTDecode JPXDecode Crypt',
);
const ENCODINGS = words('WinAnsiEncoding MacRomanEncoding MacExpertEncoding StandardEncoding Identity-H Identity-V');

/** What may stand as the value of a key. */
const VALUES = new Map<string, ReadonlySet<string>>([
  [
    'Type',
    words(
      'Catalog Pages Page Font FontDescriptor XObject ExtGState Pattern Encoding CMap Mask Group ObjStm XRef Outlines ' +
        'Annot Metadata Halftone OCG OCMD Border StructTreeRoot StructElem MCR OBJR Filespec EmbeddedFile',
    ),
  ],
  [
    'Subtype',
    words(
      'Form Image Type0 Type1 Type1C MMType1 Type3 TrueType CIDFontType0 CIDFontType2 CIDFontType0C OpenType XML Link Widget',
    ),
  ],
  ['S', words('Transparency Alpha Luminosity')],
  ['Filter', FILTERS],
  ['ColorSpace', COLOUR_SPACES],
  ['CS', COLOUR_SPACES],
  ['BaseFont', STANDARD_FONTS],
  ['FontName', STANDARD_FONTS],
  ['Encoding', ENCODINGS],
  ['BaseEncoding', ENCODINGS],
  [
    'BM',
    words(
      'Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight SoftLight Difference',
    ),
  ],
  ['Intent', words('AbsoluteColorimetric RelativeColorimetric Saturation Perceptual')],
]);

/** Keys of the dictionaries that a clean file has. */
const KEYS = words(
  'Type Subtype Pages Page Parent Kids Count Contents Resources MediaBox CropBox Rotate UserUnit Group Length Filter ' +
    'DecodeParms Width Height ColorSpace BitsPerComponent ImageMask Mask Decode Interpolate SMask Matte Intent BBox Matrix ' +
    'FormType XObject Font ExtGState Pattern Shading BaseFont Encoding FontDescriptor DescendantFonts ToUnicode ' +
    'FirstChar LastChar Widths Differences FontName Flags FontBBox ItalicAngle Ascent Descent Leading CapHeight XHeight ' +
    'StemV StemH AvgWidth MaxWidth MissingWidth FontFile FontFile2 FontFile3 CharSet CIDSet CIDSystemInfo Registry Ordering ' +
    'Supplement CIDToGIDMap CharProcs FontMatrix PatternType PaintType TilingType XStep YStep ShadingType Function ' +
    'FunctionType Functions Domain Range Bounds Encode Size BitsPerSample Coords Extend Background AntiAlias Predictor ' +
    'Colors Columns EarlyChange Rows BlackIs1 EncodedByteAlign EndOfLine EndOfBlock Alternate First Root Info Prev Index',
);
const KEYWORDS = /(?<=^|\s|>)(?:startxref|endstream|endobj|trailer|stream|xref|obj)(?=\s|<|$)/g;

/** Dictionaries whose keys are names that somebody chose. */
export const CHOSEN_KEYS: ReadonlySet<string> = words(
  'Font XObject ExtGState ColorSpace Pattern Shading Properties CharProcs Dests EmbeddedFiles',
);

/** True for a value that the format itself defines for the key. */
export function isDefinedValue(key: string, value: string): boolean {
  return VALUES.get(key)?.has(value) === true;
}

/** Syntax without the format's own words in their places: what is left was written by somebody. */
export function withoutVocabulary(syntax: string): string {
  return syntax
    .replace(/\/([A-Za-z0-9]+)(\s*)\/([A-Za-z0-9-]+)/g, (whole, key: string, blank: string, value: string) =>
      isDefinedValue(key, value) ? `/${blank}/` : whole,
    )
    .replace(/\/([A-Za-z0-9]+)(?=[\s[(<>/]|$)/g, (whole, key: string) => (KEYS.has(key) ? '/' : whole))
    .replace(KEYWORDS, '');
}
