import { PDFDict, PDFName, PDFRawStream, type PDFRef, PDFStream, type PDFContext, type PDFObject } from 'pdf-lib';
import { decodeStream } from './decode-stream';
import { numbers, type Matrix } from './form-matrix';
import { textOnly } from './text-only';

const MAX_DEPTH = 8;
const UPRIGHT: Matrix = [1, 0, 0, 1, 0, 0];

/** A tile of a pattern that shows letters, and the name of the form that holds them alone. */
export interface WritingTile {
  form: string;
  box: [number, number, number, number];
  xStep: number;
  yStep: number;
  /** From the pattern to the space in which its content stream begins (ISO 32000-1, 8.7.3.1). */
  matrix: Matrix;
}

/** What shows letters in one list of resources, by the resource's name. */
export interface PaintedWriting {
  tiles: Map<string, WritingTile>;
  /** Forms with the letters of soft masks, by the name of the graphics state. */
  masks: Map<string, string>;
}

/**
 * Letters that a page shows by tiling patterns and soft masks, which no engine reads as its text. For each a form with the
 * letters alone is laid among the resources, so that they can be written on the page unseen where they are shown.
 */
export class PaintedWritings {
  private readonly forms = new Map<PDFObject, PDFRef | undefined>();
  private readonly names = new Map<PDFRef, string>();

  constructor(private readonly context: PDFContext) {}

  /** Undefined when nothing in the resources shows letters so. */
  in(resources: PDFDict | undefined): PaintedWriting | undefined {
    if (!resources) return undefined;
    const found: PaintedWriting = { tiles: new Map(), masks: new Map() };
    for (const [name, pattern] of this.entries(resources, 'Pattern')) {
      const tile = pattern instanceof PDFStream ? this.tile(pattern, resources) : undefined;
      if (tile) found.tiles.set(name, tile);
    }
    for (const [name, state] of this.entries(resources, 'ExtGState')) {
      const mask = state instanceof PDFDict ? this.context.lookup(state.get(PDFName.of('SMask'))) : undefined;
      const group = mask instanceof PDFDict ? this.context.lookup(mask.get(PDFName.of('G'))) : undefined;
      const form = group instanceof PDFStream ? this.formOf(group, resources, 0) : undefined;
      if (form) found.masks.set(name, this.laidIn(resources, form));
    }
    return found.tiles.size + found.masks.size > 0 ? found : undefined;
  }

  private tile(pattern: PDFStream, resources: PDFDict): WritingTile | undefined {
    const value = (key: string): PDFObject | undefined => this.context.lookup(pattern.dict.get(PDFName.of(key)));
    const box = numbers(value('BBox'));
    const form = box.length === 4 ? this.formOf(pattern, resources, 0) : undefined;
    if (!form) return undefined;
    const [x0, y0, x1, y1] = box;
    const step = (key: string, size: number): number => Math.abs(Number(value(key)?.toString() ?? 0)) || size || 1;
    const matrix = numbers(value('Matrix'));
    return {
      form: this.laidIn(resources, form),
      box: [Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1)],
      xStep: step('XStep', Math.abs(x1 - x0)),
      yStep: step('YStep', Math.abs(y1 - y0)),
      matrix: matrix.length === 6 ? (matrix as Matrix) : UPRIGHT,
    };
  }

  /** A form with the letters of a drawing and of the forms in it; undefined when there are none. */
  private formOf(drawing: PDFStream, inherited: PDFDict, depth: number): PDFRef | undefined {
    if (this.forms.has(drawing) || depth > MAX_DEPTH) return this.forms.get(drawing);
    // A drawing that leads back to itself has no letters the second time.
    this.forms.set(drawing, undefined);
    const { context } = this;
    const own = context.lookup(drawing.dict.get(PDFName.of('Resources')));
    const resources = own instanceof PDFDict ? own : inherited;
    const { content, hasText, painted } = textOnly(decodeStream(drawing));
    const inner = context.obj({}) as PDFDict;
    for (const [name, object] of this.entries(resources, 'XObject')) {
      const isForm = object instanceof PDFStream && object.dict.get(PDFName.of('Subtype'))?.toString() === '/Form';
      const form =
        isForm && painted.has(PDFName.of(name).toString()) ? this.formOf(object, resources, depth + 1) : undefined;
      if (form) inner.set(PDFName.of(name), form);
    }
    if (!hasText && inner.keys().length === 0) return undefined;
    const dict = context.obj({ Type: 'XObject', Subtype: 'Form' }) as PDFDict;
    for (const key of ['BBox', 'Matrix'] as const) {
      // The matrix of a pattern says where its tiles are laid; that of a form belongs to the form.
      const value =
        key === 'Matrix' && drawing.dict.has(PDFName.of('PatternType')) ? undefined : drawing.dict.get(PDFName.of(key));
      if (value) dict.set(PDFName.of(key), value);
    }
    const lists = context.obj({ XObject: inner }) as PDFDict;
    const fonts = resources.get(PDFName.of('Font'));
    if (fonts) lists.set(PDFName.of('Font'), fonts);
    dict.set(PDFName.of('Resources'), lists);
    const made = context.register(PDFRawStream.of(dict, Buffer.from(content, 'latin1')));
    this.forms.set(drawing, made);
    return made;
  }

  /** Lays a form among the resources, under the same name wherever it is laid. */
  private laidIn(resources: PDFDict, form: PDFRef): string {
    const name = this.names.get(form) ?? `Skrift${form.objectNumber}`;
    this.names.set(form, name);
    const list = this.context.lookup(resources.get(PDFName.of('XObject')));
    const objects = list instanceof PDFDict ? list : (this.context.obj({}) as PDFDict);
    objects.set(PDFName.of(name), form);
    resources.set(PDFName.of('XObject'), objects);
    return name;
  }

  private entries(resources: PDFDict, category: string): [string, PDFObject | undefined][] {
    const list = this.context.lookup(resources.get(PDFName.of(category)));
    if (!(list instanceof PDFDict)) return [];
    return list.entries().map(([name, value]) => [name.decodeText(), this.context.lookup(value)]);
  }
}
