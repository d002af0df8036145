import {
  PDFArray,
  PDFDict,
  PDFName,
  PDFNumber,
  PDFRawStream,
  PDFRef,
  PDFStream,
  type PDFContext,
  type PDFObject,
} from 'pdf-lib';
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { cleanContent, type ContentRules, type ResourceCategory, type UsedNames } from './clean-content';
import { decodeStream } from './decode-stream';
import { normaliseForm } from './form-matrix';
import { stripJpeg } from './strip-jpeg';

const FORM_KEYS = ['Type', 'Subtype', 'FormType', 'BBox', 'Matrix', 'Group'];
const PATTERN_KEYS = ['Type', 'PatternType', 'PaintType', 'TilingType', 'BBox', 'XStep', 'YStep', 'Matrix'];
const IMAGE_KEYS = [
  ...['Type', 'Subtype', 'Width', 'Height', 'ColorSpace', 'BitsPerComponent', 'Intent', 'ImageMask', 'Mask', 'Decode'],
  ...['Interpolate', 'SMask', 'SMaskInData', 'Filter', 'DecodeParms', 'Matte'],
];
/** Keys that never say how something looks; dropped from every dictionary that is not a list of names. */
const DROPPED_KEYS = new Set([
  ...[
    'Metadata',
    'PieceInfo',
    'LastModified',
    'StructParent',
    'StructParents',
    'OC',
    'A',
    'AA',
    'AF',
    'OPI',
    'Alternates',
  ],
  ...[
    'Thumb',
    'PtData',
    'Measure',
    'Ref',
    'Parent',
    'Annots',
    'Pg',
    'Dest',
    'SourceInfo',
    'F',
    'FFilter',
    'FDecodeParms',
    'Length',
  ],
]);
const NAME_LISTS = new Set(['CharProcs', 'Font', 'XObject', 'ExtGState', 'ColorSpace', 'Pattern', 'Shading']);
const MAX_DEPTH = 60;

export interface CopyOptions {
  /** Objects that are in the target already, by their hash. */
  known: Map<string, PDFRef>;
  /** The source was written by this copier: streams are taken as they are. */
  isClean?: boolean;
  rules: (resources: PDFDict | undefined) => ContentRules;
  onDroppedLayer?: () => void;
}

/** Copies what a page draws from one document to another by allowlist. Equal objects become one. */
export class ObjectCopier {
  private readonly shared = new Map<PDFObject, PDFRef>();
  private readonly unchanging = new Map<PDFObject, PDFRef>();
  private readonly open = new Set<PDFObject>();
  private ofThisPage = new Map<PDFObject, PDFRef>();
  private isolate = false;

  constructor(
    private readonly source: PDFContext,
    private readonly target: PDFContext,
    readonly options: CopyOptions,
  ) {}

  /** Begins a page. An isolated page gets pictures and forms of its own, so that changing it leaves other pages alone. */
  beginPage(isolate: boolean): void {
    this.isolate = isolate;
    this.ofThisPage = new Map();
  }

  /** Registers an object; one that is equal to an earlier one is not written twice. */
  register(object: PDFObject, unique = false): PDFRef {
    if (unique) return this.target.register(object);
    const hash = createHash('sha256').update(
      object instanceof PDFRawStream ? object.dict.toString() : object.toString(),
    );
    if (object instanceof PDFRawStream) hash.update(object.contents);
    const key = hash.digest('base64');
    const ref = this.options.known.get(key) ?? this.target.register(object);
    this.options.known.set(key, ref);
    return ref;
  }

  /** Only the names in use are copied, by category. */
  copyResources(resources: PDFDict | undefined, used: UsedNames, depth: number): PDFDict {
    const copy = this.target.obj({}) as PDFDict;
    if (!resources) return copy;
    for (const category of Object.keys(used) as ResourceCategory[]) {
      const entries = this.source.lookupMaybe(resources.get(PDFName.of(category)), PDFDict);
      const kept = this.target.obj({}) as PDFDict;
      for (const [name, value] of entries?.entries() ?? []) {
        if (!used[category].has(name.decodeText())) continue;
        const made = this.copy(value, depth + 1, resources);
        if (made) kept.set(name, made);
      }
      if (kept.keys().length > 0) copy.set(PDFName.of(category), kept);
    }
    return copy;
  }

  /** A copy of any object, or undefined when it leads back to itself or has nothing to do with looks. */
  copy(object: PDFObject | undefined, depth: number, inherited?: PDFDict): PDFObject | undefined {
    if (!object || depth > MAX_DEPTH) return undefined;
    if (object instanceof PDFRef) return this.copyReferenced(object, depth, inherited);
    if (object instanceof PDFStream) return this.copyStream(object, depth, inherited)?.object;
    if (object instanceof PDFArray) {
      const copy = this.target.obj([]) as PDFArray;
      for (const item of object.asArray()) copy.push(this.copy(item, depth + 1, inherited) ?? this.target.obj(null));
      return copy;
    }
    if (object instanceof PDFDict) return this.copyDict(object, depth, inherited);
    return object;
  }

  private copyReferenced(ref: PDFRef, depth: number, inherited?: PDFDict): PDFObject | undefined {
    const object = this.source.lookup(ref);
    if (!object || this.open.has(object)) return undefined;
    const known = this.unchanging.get(object) ?? (this.isolate ? this.ofThisPage : this.shared).get(object);
    if (known) return known;
    this.open.add(object);
    try {
      const stream = object instanceof PDFStream ? this.copyStream(object, depth, inherited) : undefined;
      const copy = stream ? stream.object : this.copy(object, depth, inherited);
      if (!copy) return undefined;
      if (!(copy instanceof PDFDict || copy instanceof PDFArray || copy instanceof PDFStream)) return copy;
      const made = this.register(copy, this.isolate && stream?.drawn === true);
      const ownMemory = this.isolate ? this.ofThisPage : this.shared;
      const memory = isUnchanging(object, stream?.drawn) ? this.unchanging : ownMemory;
      memory.set(object, made);
      return made;
    } finally {
      this.open.delete(object);
    }
  }

  private copyDict(dict: PDFDict, depth: number, inherited?: PDFDict): PDFDict {
    const copy = this.target.obj({}) as PDFDict;
    for (const [key, value] of dict.entries()) {
      const name = key.decodeText();
      if (DROPPED_KEYS.has(name)) continue;
      const list = NAME_LISTS.has(name) ? this.source.lookup(value) : undefined;
      const made =
        name === 'CharProcs' && list instanceof PDFDict
          ? this.copyGlyphs(list, dict, depth, inherited)
          : name === 'Resources'
            ? this.copyWholeResources(value, depth)
            : this.copy(value, depth + 1, inherited);
      if (made) copy.set(key, made);
    }
    return copy;
  }

  /** Type 3 glyphs are content streams; their names may be any, also ones that are dropped elsewhere. */
  private copyGlyphs(glyphs: PDFDict, font: PDFDict, depth: number, inherited?: PDFDict): PDFDict {
    const copy = this.target.obj({}) as PDFDict;
    const resources = this.source.lookupMaybe(font.get(PDFName.of('Resources')), PDFDict) ?? inherited;
    for (const [name, value] of glyphs.entries()) {
      const stream = this.source.lookup(value);
      if (!(stream instanceof PDFStream) || depth > MAX_DEPTH) continue;
      const rules = { ...this.options.rules(resources), writing: undefined };
      const { content } = cleanContent(decodeStream(stream), rules);
      copy.set(name, this.register(this.flate(this.target.obj({}) as PDFDict, content)));
    }
    return copy;
  }

  copyWholeResources(value: PDFObject, depth: number): PDFDict | undefined {
    const resources = this.source.lookup(value);
    if (!(resources instanceof PDFDict)) return undefined;
    const copy = this.target.obj({}) as PDFDict;
    for (const [key, entry] of resources.entries()) {
      const list = this.source.lookup(entry);
      if (!NAME_LISTS.has(key.decodeText()) || !(list instanceof PDFDict)) continue;
      const kept = this.target.obj({}) as PDFDict;
      for (const [name, item] of list.entries()) {
        const made = this.copy(item, depth + 2, resources);
        if (made) kept.set(name, made);
      }
      copy.set(key, kept);
    }
    return copy;
  }

  private copyStream(
    stream: PDFStream,
    depth: number,
    inherited?: PDFDict,
  ): { object: PDFRawStream; drawn: boolean } | undefined {
    const subtype = this.source.lookup(stream.dict.get(PDFName.of('Subtype')))?.toString();
    if (subtype === '/Image') return { object: this.copyImage(stream, depth), drawn: true };
    const isPattern = stream.dict.has(PDFName.of('PatternType')) && stream.dict.has(PDFName.of('XStep'));
    if (subtype === '/Form' || isPattern) {
      return { object: this.copyDrawing(stream, isPattern ? PATTERN_KEYS : FORM_KEYS, depth, inherited), drawn: true };
    }
    if (subtype === '/PS') return undefined;
    const dict = this.copyDict(stream.dict, depth);
    return { object: PDFRawStream.of(dict, stream.getContents()), drawn: false };
  }

  private copyDrawing(stream: PDFStream, keys: string[], depth: number, inherited?: PDFDict): PDFRawStream {
    if (this.options.isClean) return PDFRawStream.of(this.copyDict(stream.dict, depth), stream.getContents());
    const own = this.source.lookupMaybe(stream.dict.get(PDFName.of('Resources')), PDFDict) ?? inherited;
    const cleaned = cleanContent(decodeStream(stream), this.options.rules(own));
    if (cleaned.droppedLayer) this.options.onDroppedLayer?.();
    const dict = this.pick(stream.dict, keys, depth);
    dict.set(PDFName.of('Resources'), this.copyResources(own, cleaned.used, depth));
    const isForm = keys === FORM_KEYS;
    return this.flate(dict, isForm ? normaliseForm(this.target, dict, cleaned.content) : cleaned.content);
  }

  private copyImage(stream: PDFStream, depth: number): PDFRawStream {
    const dict = this.pick(stream.dict, IMAGE_KEYS, depth);
    const filter = this.source.lookup(stream.dict.get(PDFName.of('Filter')))?.toString();
    const bytes = stream.getContents();
    const isJpeg = filter === '/DCTDecode' || filter === '[ /DCTDecode ]';
    return PDFRawStream.of(dict, isJpeg ? stripJpeg(bytes) : bytes);
  }

  private pick(from: PDFDict, keys: string[], depth: number): PDFDict {
    const dict = this.target.obj({}) as PDFDict;
    for (const key of keys) {
      const made = this.copy(from.get(PDFName.of(key)), depth + 1);
      if (made) dict.set(PDFName.of(key), made);
    }
    return dict;
  }

  flate(dict: PDFDict, content: string): PDFRawStream {
    const bytes = deflateSync(Buffer.from(content, 'latin1'));
    dict.set(PDFName.of('Filter'), PDFName.of('FlateDecode'));
    dict.set(PDFName.of('Length'), PDFNumber.of(bytes.length));
    return PDFRawStream.of(dict, bytes);
  }
}

/** Font programs, colour profiles and fonts made of them never change when a page is redacted. */
function isUnchanging(object: PDFObject, drawn: boolean | undefined): boolean {
  if (object instanceof PDFStream) return drawn === false;
  const type = object instanceof PDFDict ? object.get(PDFName.of('Subtype'))?.toString() : undefined;
  return type === '/TrueType' || type === '/Type1' || type === '/Type0';
}
