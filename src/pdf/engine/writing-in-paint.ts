import type { Box } from '../../contracts';
import { nameOf } from './content-stream';
import { PdfDamagedError } from './errors';
import { inverse, number, times, transformedBox, type Matrix } from './form-matrix';
import type { PaintedWriting, WritingTile } from './painted-writing';

/** A pattern with letters that needs more tiles than this makes its page a picture. */
const MAX_TILES = 2000;
const FILLS = new Set(['f', 'F', 'f*', 'B', 'B*', 'b', 'b*']);
const STROKES = new Set(['S', 's', 'B', 'B*', 'b', 'b*']);
const SHOWS = new Set(['Tj', 'TJ', "'", '"']);
const SETS_FILL = new Set(['cs', 'sc', 'scn', 'g', 'rg', 'k']);
const SETS_STROKE = new Set(['CS', 'SC', 'SCN', 'G', 'RG', 'K']);

interface State {
  /** From where the content is now to where it began. */
  matrix: Matrix;
  clip?: Box;
  fill?: WritingTile;
  stroke?: WritingTile;
}

type Operand = (index: number) => string | undefined;

/** Follows a content stream and tells where the letters of its patterns and soft masks are shown. */
export class WritingInPaint {
  /** Names of the forms that were called. */
  readonly forms = new Set<string>();
  private state: State = { matrix: [1, 0, 0, 1, 0, 0] };
  private readonly saved: State[] = [];
  private path: Box | undefined;
  private clipsNext = false;
  private isInText = false;
  /** Nothing may be painted between BT and ET. */
  private waiting: string[] = [];

  constructor(private readonly writing: PaintedWriting) {}

  /**
   * What is to be written after an operation: letters where it shows them, as calls of forms. Throws a
   * {@link PdfDamagedError} for a pattern of too many tiles.
   */
  after(operator: string, operand: Operand): string {
    if (operator === 'BT' || operator === 'ET') this.isInText = operator === 'BT';
    else if (operator === 'q') this.saved.push({ ...this.state });
    else if (operator === 'Q') this.state = this.saved.pop() ?? this.state;
    else if (operator === 'cm') this.state.matrix = times(matrixOf(operand), this.state.matrix);
    else if (operator === 'gs') this.addMask(operand(0));
    else if (SETS_FILL.has(operator)) this.state.fill = this.tileOf(operand(-1));
    else if (SETS_STROKE.has(operator)) this.state.stroke = this.tileOf(operand(-1));
    else if (SHOWS.has(operator)) this.addOneTile();
    else this.followPath(operator, operand);
    if (this.isInText || this.waiting.length === 0) return '';
    return this.waiting.splice(0).join('\n');
  }

  private tileOf(colour: string | undefined): WritingTile | undefined {
    return this.writing.tiles.get(nameOf(colour) ?? '');
  }

  private addMask(state: string | undefined): void {
    const form = this.writing.masks.get(nameOf(state) ?? '');
    if (form) this.call(form, 'q');
  }

  private followPath(operator: string, operand: Operand): void {
    const at = (index: number): number => Number(operand(index) ?? NaN);
    if (operator === 're') this.reach([at(0), at(1), at(0) + at(2), at(1) + at(3)]);
    else if (operator === 'm' || operator === 'l') this.reach([at(0), at(1), at(0), at(1)]);
    else if (operator === 'c' || operator === 'v' || operator === 'y') {
      for (let index = 0; index < (operator === 'c' ? 6 : 4); index += 2)
        this.reach([at(index), at(index + 1), at(index), at(index + 1)]);
    } else if (operator === 'W' || operator === 'W*') this.clipsNext = true;
    else if (operator === 'n' || FILLS.has(operator) || STROKES.has(operator)) this.endPath(operator);
  }

  private reach(box: Box): void {
    if (!box.every(Number.isFinite)) return;
    const [x0, y0, x1, y1] = transformedBox(this.state.matrix, [...box]);
    const path = this.path ?? [x0, y0, x1, y1];
    this.path = [Math.min(path[0], x0), Math.min(path[1], y0), Math.max(path[2], x1), Math.max(path[3], y1)];
  }

  private endPath(operator: string): void {
    const { fill, stroke, clip } = this.state;
    const area = this.path && within(this.path, clip);
    if (area && fill && FILLS.has(operator)) this.addTiles(fill, area);
    if (area && stroke && STROKES.has(operator)) this.addTiles(stroke, area);
    if (this.clipsNext) this.state.clip = area ?? [0, 0, 0, 0];
    this.clipsNext = false;
    this.path = undefined;
  }

  /** Letters of a pattern that are seen through other letters cannot be read there; that they are there is told once. */
  private addOneTile(): void {
    const tile = this.state.fill ?? this.state.stroke;
    if (tile) this.addTile(tile, 0, 0);
  }

  private addTiles(tile: WritingTile, area: Box): void {
    const back = inverse(tile.matrix);
    if (!back) return;
    const [x0, y0, x1, y1] = transformedBox(back, [...area]);
    const { box, xStep, yStep } = tile;
    const columns = [Math.ceil((x0 - box[2]) / xStep), Math.floor((x1 - box[0]) / xStep)];
    const rows = [Math.ceil((y0 - box[3]) / yStep), Math.floor((y1 - box[1]) / yStep)];
    if ((columns[1] - columns[0] + 1) * (rows[1] - rows[0] + 1) > MAX_TILES)
      throw new PdfDamagedError(`A pattern with letters has more than ${MAX_TILES} tiles on one page.`);
    for (let row = rows[0]; row <= rows[1]; row++)
      for (let column = columns[0]; column <= columns[1]; column++) this.addTile(tile, column, row);
  }

  private addTile({ form, matrix, xStep, yStep }: WritingTile, column: number, row: number): void {
    const back = inverse(this.state.matrix);
    if (!back) return;
    const place = times(times([1, 0, 0, 1, column * xStep, row * yStep], matrix), back);
    this.call(form, `q ${place.map(number).join(' ')} cm`);
  }

  private call(form: string, placed: string): void {
    this.forms.add(form);
    this.waiting.push(`${placed} /${form} Do Q`);
  }
}

function matrixOf(operand: Operand): Matrix {
  const values = [0, 1, 2, 3, 4, 5].map((index) => Number(operand(index) ?? NaN));
  return values.every(Number.isFinite) ? (values as Matrix) : [1, 0, 0, 1, 0, 0];
}

function within(box: Box, clip: Box | undefined): Box | undefined {
  if (!clip) return box;
  const both: Box = [
    Math.max(box[0], clip[0]),
    Math.max(box[1], clip[1]),
    Math.min(box[2], clip[2]),
    Math.min(box[3], clip[3]),
  ];
  return both[0] <= both[2] && both[1] <= both[3] ? both : undefined;
}
