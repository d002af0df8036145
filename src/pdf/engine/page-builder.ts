import { PDFArray, PDFDict, PDFName, PDFRef, PDFStream, type PDFContext, type PDFObject } from 'pdf-lib';
import { bakedAnnotations } from './bake-annotations';
import { cleanContent, type ContentRules } from './clean-content';
import { HIDDEN_TEXT_LIMIT, type HiddenContent } from './hidden-content';
import { Layers } from './layers';
import { PaintedWritings } from './painted-writing';
import { WritingInPaint } from './writing-in-paint';
import { decodeStream } from './decode-stream';
import { ObjectCopier } from './object-copier';
import type { PageSource } from './page-source';
import type { PageTarget } from './page-target';

const GROUP_KEYS = ['Type', 'S', 'CS', 'I', 'K'];
const INHERITED = ['MediaBox', 'CropBox', 'Rotate'];

export interface BuildOptions {
  /** True for a page (of the source) that gets pictures and forms of its own. */
  isolate?: (page: number) => boolean;
  /** Objects of the target by hash, to be shared by builders of several sources. */
  known?: Map<string, PDFRef>;
  /** The source was written by a builder: nothing in it needs cleaning. */
  isClean?: boolean;
  /** Letters that patterns and soft masks show are written on the page once more, unseen: every engine reads them then. */
  writesPaintedLetters?: boolean;
  /** Told of everything that was there and is not seen. */
  onHidden?: (content: HiddenContent) => void;
  onDroppedLayer?: (page: number) => void;
}

/** Builds pages of a new document from pages of another: what is drawn and nothing else. */
export class PageBuilder {
  private readonly copier: ObjectCopier;
  private readonly layers: Layers;
  private readonly writings: PaintedWritings | undefined;
  private page = 0;

  constructor(
    private readonly source: PageSource,
    private readonly target: PageTarget,
    private readonly options: BuildOptions = {},
  ) {
    this.layers = new Layers(source);
    this.writings = options.writesPaintedLetters ? new PaintedWritings(source.context) : undefined;
    this.copier = new ObjectCopier(source.context, target.context, {
      known: options.known ?? new Map(),
      isClean: options.isClean,
      rules: (resources) => this.rules(resources),
      onDroppedLayer: () => this.options.onDroppedLayer?.(this.page),
    });
  }

  /** Appends page `index` of the source. */
  addPage(index: number): void {
    this.page = index;
    this.copier.beginPage(this.options.isolate?.(index) === true);
    const from = this.source.page(index);
    const context = this.target.context;
    const leaf = this.target.newPage();
    for (const key of leaf.keys()) {
      if (!['Type', 'Parent'].includes(key.decodeText())) leaf.delete(key);
    }
    for (const key of INHERITED) {
      const value = this.copier.copy(from.getInheritableAttribute(PDFName.of(key)), 0);
      if (value) leaf.set(PDFName.of(key), value);
    }
    if (!leaf.has(PDFName.of('MediaBox'))) leaf.set(PDFName.of('MediaBox'), context.obj([0, 0, 612, 792]));
    const unit = this.copier.copy(from.get(PDFName.of('UserUnit')), 0);
    if (unit) leaf.set(PDFName.of('UserUnit'), unit);
    this.copyGroup(from, leaf);
    if (this.options.isClean) this.copyCleanDrawing(from, leaf);
    else this.copyDrawing(from, leaf);
  }

  private copyCleanDrawing(from: PDFDict, leaf: PDFDict): void {
    const resources = from.get(PDFName.of('Resources'));
    const contents = this.copier.copy(from.get(PDFName.of('Contents')), 0);
    leaf.set(
      PDFName.of('Resources'),
      (resources && this.copier.copyWholeResources(resources, 0)) ?? this.target.context.obj({}),
    );
    if (contents) leaf.set(PDFName.of('Contents'), contents);
  }

  private copyDrawing(from: PDFDict, leaf: PDFDict): void {
    const lookup = (value: PDFObject | undefined) => (value ? this.source.context.lookup(value) : undefined);
    const inheritable = from as PDFDict & { getInheritableAttribute(name: PDFName): PDFObject | undefined };
    const found = lookup(inheritable.getInheritableAttribute(PDFName.of('Resources')));
    const resources = found instanceof PDFDict ? found : undefined;
    const cleaned = cleanContent(contentOf(from, this.source.context), this.rules(resources));
    if (cleaned.droppedLayer) this.options.onDroppedLayer?.(this.page);
    const copied = this.copier.copyResources(resources, cleaned.used, 0);
    const baked = bakedAnnotations(from, this.source.context, this.layers);
    const calls = baked.map((annotation, index) => {
      const form = this.copier.copy(annotation.form, 0);
      if (!form) return '';
      const name = `Bagt${index}`;
      resourceList(copied, 'XObject', this.target.context).set(PDFName.of(name), form);
      return `q ${annotation.placement} cm /${name} Do Q`;
    });
    const content = calls.length === 0 ? cleaned.content : `q\n${cleaned.content}\nQ\n${calls.join('\n')}`;
    leaf.set(PDFName.of('Resources'), copied);
    leaf.set(
      PDFName.of('Contents'),
      this.copier.register(this.copier.flate(this.target.context.obj({}) as PDFDict, content)),
    );
  }

  private copyGroup(from: PDFDict, leaf: PDFDict): void {
    const group = this.source.context.lookup(from.get(PDFName.of('Group')));
    if (!(group instanceof PDFDict)) return;
    const copy = this.target.context.obj({}) as PDFDict;
    for (const key of GROUP_KEYS) {
      const value = this.copier.copy(group.get(PDFName.of(key)), 0);
      if (value) copy.set(PDFName.of(key), value);
    }
    leaf.set(PDFName.of('Group'), copy);
  }

  private rules(resources: PDFDict | undefined): ContentRules {
    const page = this.page;
    const writing = this.writings?.in(resources);
    return {
      writing: writing && new WritingInPaint(writing),
      layerIsOff: (name) => this.layers.isOff(this.entry(resources, 'Properties', name)),
      objectIsOff: (name) => {
        const object = this.entry(resources, 'XObject', name);
        return object instanceof PDFStream && this.layers.isOff(object.dict.get(PDFName.of('OC')));
      },
      onReplacement: (text) =>
        this.options.onHidden?.({ kind: 'replacement-text', page, text: text.slice(0, HIDDEN_TEXT_LIMIT) }),
    };
  }

  private entry(resources: PDFDict | undefined, category: string, name: string): PDFObject | undefined {
    const list = resources ? this.source.context.lookup(resources.get(PDFName.of(category))) : undefined;
    if (!(list instanceof PDFDict)) return undefined;
    const value = list.get(PDFName.of(name));
    return category === 'Properties' ? value : value && this.source.context.lookup(value);
  }
}

/** The sub-dictionary of a page's resources for a category, made when it is not there. */
export function resourceList(resources: PDFDict, category: string, context: PDFContext): PDFDict {
  const found = context.lookup(resources.get(PDFName.of(category)));
  if (found instanceof PDFDict) return found;
  const made = context.obj({}) as PDFDict;
  resources.set(PDFName.of(category), made);
  return made;
}

function contentOf(page: PDFDict, context: PDFContext): string {
  const contents = context.lookup(page.get(PDFName.of('Contents')));
  if (contents instanceof PDFStream) return decodeStream(contents);
  if (!(contents instanceof PDFArray)) return '';
  return contents
    .asArray()
    .map((item) => (item instanceof PDFRef ? context.lookup(item) : item))
    .filter((item): item is PDFStream => item instanceof PDFStream)
    .map(decodeStream)
    .join('\n');
}
