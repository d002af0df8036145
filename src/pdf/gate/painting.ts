import type { Box } from '../../contracts';
import { loadPdfJs } from './pdfjs-document';
import { lightnessOf, rectangles } from './outlines';
import { IDENTITY, boxOf, multiply, overlap, type Matrix } from './transform';

/** A letter as painted: `order` counts all things painted on the page. */
export interface PaintedLetter {
  text: string;
  box: Box;
  order: number;
  /** 0 black to 1 white; the fill colour of the moment. */
  lightness: number;
  /** Text rendering mode 3 or 7: there to be searched, not seen. */
  invisible: boolean;
}

/** An opaque area that hides what was painted before it. */
export interface PaintedCover {
  kind: 'area' | 'picture';
  box: Box;
  order: number;
  lightness: number;
}

export interface Painting {
  letters: PaintedLetter[];
  covers: PaintedCover[];
  /** Where letters and pictures were painted in layers that are switched off. */
  inHiddenLayers: Box[];
}

export interface OperatorList {
  fnArray: ArrayLike<number>;
  argsArray: unknown[][];
}

/** What the painter asks of a page: fonts and pictures by pdf.js' own names. */
export interface PaintResources {
  font(name: string): { fontMatrix?: number[]; vertical?: boolean; ascent?: number; descent?: number } | undefined;
  /** Mean lightness of a picture and how opaque it is, 0 to 1 each; undefined when unknown. */
  picture(name: unknown): { lightness: number; opacity: number } | undefined;
  /** Whether an optional-content group, as pdf.js names it in the operator list, is switched on. */
  isOn(group: unknown): boolean;
}

interface Glyph {
  unicode?: string;
  width?: number;
  isSpace?: boolean;
}

interface State {
  matrix: Matrix;
  clip: Box;
  lightness: number;
  strokeLightness: number;
  patterned: boolean;
  opaque: boolean;
  lineWidth: number;
  font: string;
  size: number;
  direction: number;
  letterSpacing: number;
  wordSpacing: number;
  scale: number;
  rise: number;
  leading: number;
  mode: number;
}

/** A stroke at least this wide, in points, can hide a line of text. */
const WIDE_STROKE = 5;
const EVERYWHERE: Box = [-1e7, -1e7, 1e7, 1e7];

/** Follows pdf.js' operator list and tells where each letter and each covering area was painted, in the page's own points. */
export async function painted(list: OperatorList, resources: PaintResources): Promise<Painting> {
  const painter = new Painter((await loadPdfJs()).OPS, resources);
  painter.run(list);
  return painter.painting;
}

class Painter {
  readonly painting: Painting = { letters: [], covers: [], inHiddenLayers: [] };
  private state: State = {
    matrix: IDENTITY,
    clip: EVERYWHERE,
    lightness: 0,
    strokeLightness: 0,
    patterned: false,
    opaque: true,
    lineWidth: 1,
    font: '',
    size: 0,
    direction: 1,
    letterSpacing: 0,
    wordSpacing: 0,
    scale: 1,
    rise: 0,
    leading: 0,
    mode: 0,
  };
  private readonly saved: State[] = [];
  private text: Matrix = IDENTITY;
  private line: Matrix = IDENTITY;
  private order = 0;
  private clipNext = false;
  /** One entry a marked-content sequence that is open: whether it hides what it holds. */
  private readonly hiding: boolean[] = [];

  constructor(
    private readonly ops: Record<string, number>,
    private readonly resources: PaintResources,
  ) {}

  run(list: OperatorList, depth = 0): void {
    const names = new Map(Object.entries(this.ops).map(([name, code]) => [code, name]));
    for (let i = 0; i < list.fnArray.length; i += 1) {
      this.order += 1;
      this.step(names.get(list.fnArray[i] as number) ?? '', list.argsArray[i] ?? [], depth);
    }
  }

  private step(name: string, args: unknown[], depth: number): void {
    const numbers = args as number[];
    const state = this.state;
    if (name === 'save' || name === 'beginGroup') this.save();
    else if (name === 'restore' || name === 'endAnnotation' || name === 'endGroup') this.restore();
    else if (name === 'beginAnnotation') this.beginAnnotation(args);
    else if (name === 'transform') state.matrix = multiply(state.matrix, args as unknown as Matrix);
    else if (name === 'paintFormXObjectBegin') this.beginForm(args);
    else if (name === 'paintFormXObjectEnd') this.restore();
    else if (name === 'setLineWidth') state.lineWidth = numbers[0] ?? 1;
    else if (name === 'setGState') this.graphicsState(args[0]);
    else if (name === 'clip' || name === 'eoClip') this.clipNext = true;
    else if (name === 'constructPath') this.path(args);
    else if (name.startsWith('setFill')) this.fillColour(name, args, depth);
    else if (name.startsWith('setStroke')) state.strokeLightness = lightnessOf(args[0]) ?? state.strokeLightness;
    else if (name === 'beginMarkedContent') this.hiding.push(false);
    else if (name === 'beginMarkedContentProps') this.hiding.push(args[0] === 'OC' && !this.resources.isOn(args[1]));
    else if (name === 'endMarkedContent') this.hiding.pop();
    else if (name.startsWith('paintImage') || name.startsWith('paintInlineImage')) this.picture(args);
    else this.textStep(name, args);
  }

  private save(): void {
    this.saved.push({ ...this.state });
  }

  private restore(): void {
    this.state = this.saved.pop() ?? this.state;
  }

  private beginForm(args: unknown[]): void {
    this.save();
    const [matrix, box] = args as [ArrayLike<number> | null, ArrayLike<number> | null];
    if (matrix) this.state.matrix = multiply(this.state.matrix, Array.from(matrix) as unknown as Matrix);
    if (!box) return;
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = Array.from(box);
    this.clipTo(boxOf(this.state.matrix, x0, y0, x1, y1));
  }

  private beginAnnotation(args: unknown[]): void {
    this.save();
    const placed = multiply(matrixOf([args[2]]), matrixOf([args[3]]));
    this.state = { ...this.state, matrix: placed, clip: EVERYWHERE, opaque: true, patterned: false, mode: 0 };
  }

  private clipTo(box: Box): void {
    this.state.clip = overlap(this.state.clip, box) ?? [0, 0, 0, 0];
  }

  private graphicsState(entries: unknown): void {
    for (const [key, value] of (entries ?? []) as [string, unknown][]) {
      if (key === 'ca') this.state.opaque = Number(value) > 0.9;
      if (key === 'BM' && value !== 'source-over' && value !== 'Normal') this.state.opaque = false;
      if (key === 'LW') this.state.lineWidth = Number(value);
      if (key === 'Font' && Array.isArray(value)) [this.state.font, this.state.size] = value as [string, number];
    }
  }

  private fillColour(name: string, args: unknown[], depth: number): void {
    this.state.patterned = args[0] === 'TilingPattern' || args[0] === 'Shading' || name === 'setFillTransparent';
    const lightness = lightnessOf(args[0]);
    if (lightness !== undefined) this.state.lightness = lightness;
    const tile = args[2] as OperatorList | undefined;
    if (args[0] !== 'TilingPattern' || !tile?.fnArray || depth > 4) return;
    // What a pattern paints is text of the page all the same.
    const { state, text, line, order } = this;
    this.state = { ...state };
    this.run(tile, depth + 1);
    Object.assign(this, { state, text, line, order });
  }

  private path(args: unknown[]): void {
    const [operation, data, bounds] = args as [number, unknown[], ArrayLike<number> | null];
    const clips = this.clipNext;
    this.clipNext = false;
    if (!bounds) return;
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = Array.from(bounds);
    const all = boxOf(this.state.matrix, x0, y0, x1, y1);
    const kind = Object.entries(this.ops).find(([, code]) => code === operation)?.[0] ?? '';
    if (/fill/i.test(kind) && !this.state.patterned) {
      for (const box of rectangles(data[0] as ArrayLike<number> | undefined, this.state.matrix)) {
        this.cover('area', box, this.state.lightness);
      }
    }
    if (/stroke/i.test(kind)) this.stroke([x0, y0, x1, y1]);
    if (clips) this.clipTo(all);
  }

  private stroke([x0, y0, x1, y1]: Box): void {
    const half = this.state.lineWidth / 2;
    const flat = Math.min(x1 - x0, y1 - y0) < 0.5;
    const box = boxOf(this.state.matrix, x0 - half, y0 - half, x1 + half, y1 + half);
    if (flat && Math.min(box[2] - box[0], box[3] - box[1]) >= WIDE_STROKE) {
      this.cover('area', box, this.state.strokeLightness);
    }
  }

  private picture(args: unknown[]): void {
    const looks = this.resources.picture(args[0]);
    if (looks && looks.opacity < 0.9) return;
    const box = boxOf(this.state.matrix, 0, 0, 1, 1);
    if (this.hiding.includes(true)) this.painting.inHiddenLayers.push(box);
    this.cover('picture', box, looks?.lightness ?? 1);
  }

  private cover(kind: PaintedCover['kind'], box: Box, lightness: number): void {
    const seen = overlap(box, this.state.clip);
    if (!seen || !this.state.opaque) return;
    this.painting.covers.push({ kind, box: seen, order: this.order, lightness });
  }

  private textStep(name: string, args: unknown[]): void {
    const numbers = args as number[];
    const state = this.state;
    const first = Number(numbers[0] ?? 0);
    if (name === 'beginText') this.text = this.line = IDENTITY;
    else if (name === 'setFont') [state.font, state.size, state.direction] = fontOf(args);
    else if (name === 'setCharSpacing') state.letterSpacing = first;
    else if (name === 'setWordSpacing') state.wordSpacing = first;
    else if (name === 'setHScale') state.scale = first / 100;
    else if (name === 'setTextRise') state.rise = first;
    else if (name === 'setLeading') state.leading = Math.abs(first);
    else if (name === 'setTextRenderingMode') state.mode = first;
    else if (name === 'setTextMatrix') this.text = this.line = matrixOf(args);
    else if (name === 'moveText') this.move(first, Number(numbers[1]));
    else if (name === 'setLeadingMoveText') {
      state.leading = Math.abs(Number(numbers[1]));
      this.move(first, Number(numbers[1]));
    } else if (name === 'nextLine') this.move(0, -state.leading);
    else if (name === 'showText' || name === 'showSpacedText') this.show(args[0] as (Glyph | number)[]);
    else if (name === 'nextLineShowText') {
      this.move(0, -state.leading);
      this.show(args[0] as (Glyph | number)[]);
    }
  }

  private move(x: number, y: number): void {
    this.text = this.line = multiply(this.line, [1, 0, 0, 1, x, y]);
  }

  private show(glyphs: (Glyph | number)[]): void {
    const { size, direction, scale, rise, letterSpacing, wordSpacing, font: name } = this.state;
    const font = this.resources.font(name);
    const unit = font?.fontMatrix?.[0] ?? 0.001;
    for (const glyph of glyphs) {
      if (typeof glyph === 'number') {
        this.advance((-glyph / 1000) * size * direction, font?.vertical === true);
        continue;
      }
      if (glyph === null) continue;
      const width = known(glyph.width, 0) * unit * size * direction;
      const low = Math.max(-0.35, Math.min(0, known(font?.descent, -0.2))) * size + rise;
      const high = Math.min(1, Math.max(0.5, known(font?.ascent, 0) || 0.8)) * size + rise;
      const full = multiply(this.state.matrix, multiply(this.text, [scale, 0, 0, 1, 0, 0]));
      if (glyph.unicode) {
        const box = boxOf(full, 0, low, width, high);
        if (!box.every(Number.isFinite)) throw new RangeError('The place of a letter cannot be computed.');
        if (this.hiding.includes(true)) this.painting.inHiddenLayers.push(box);
        this.painting.letters.push({
          text: glyph.unicode,
          box,
          order: this.order,
          lightness: this.state.lightness,
          invisible: this.state.mode === 3 || this.state.mode === 7,
        });
      }
      this.advance(width + (letterSpacing + (glyph.isSpace ? wordSpacing : 0)) * direction, font?.vertical === true);
    }
  }

  private advance(by: number, vertical: boolean): void {
    this.text = multiply(this.text, [1, 0, 0, 1, vertical ? 0 : by * this.state.scale, vertical ? -Math.abs(by) : 0]);
  }
}

function fontOf(args: unknown[]): [string, number, number] {
  const size = Number(args[1] ?? 0);
  return [String(args[0]), Math.abs(size), size < 0 ? -1 : 1];
}

function matrixOf(args: unknown[]): Matrix {
  const flat = args.length === 6 ? args : Array.from((args[0] ?? []) as ArrayLike<number>);
  return flat.length === 6 ? (flat as unknown as Matrix) : IDENTITY;
}

function known(value: number | undefined, otherwise: number): number {
  return value !== undefined && Number.isFinite(value) ? value : otherwise;
}
