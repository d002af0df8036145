import type { ConversionNotes } from './conversion-note';
import { isHidingStyle, isRemoteReference } from './remote-reference';
import { readHtml, shownValue, type HtmlToken } from './read-html';
import type { ReadingBlock, ReadingPicture } from './reading-block';

const NOT_SHOWN = new Set(['head', 'template']);
const INLINE =
  /^(a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|q|s|samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr|o:p|img|input|select|button)$/;
const DATA_PICTURE = /^data:image\/(?:png|jpe?g|gif|webp|tiff?);base64,/i;

interface OpenTable {
  rows: string[][];
  cell: string[] | undefined;
  /** Whether the first row has header cells. */
  header: boolean;
}

/** Turns tokens of HTML into blocks. One object a document. */
class BlockBuilder {
  readonly blocks: ReadingBlock[] = [];
  readonly pictures: ReadingPicture[] = [];
  private line = '';
  private heading: 1 | 2 | 3 | undefined;
  private preformatted = 0;
  private hiddenUntil: string | undefined;
  private readonly tables: OpenTable[] = [];
  private readonly lists: (number | undefined)[] = [];

  constructor(private readonly notes: ConversionNotes) {}

  take(token: HtmlToken): void {
    if (this.hiddenUntil !== undefined) {
      const ends = (token.type === 'close' && token.name === this.hiddenUntil) || opensBody(token);
      if (ends) this.hiddenUntil = undefined;
      if (!opensBody(token)) return;
    }
    if (token.type === 'text') this.text(token.text);
    else if (token.type === 'raw') this.raw(token.element);
    else if (token.type === 'open') this.open(token.name, token.attributes);
    else this.close(token.name);
  }

  finish(): void {
    while (this.tables.length > 0) this.closeTable();
    this.flush();
  }

  private raw(element: string): void {
    if (element === 'script') this.notes.add('scripts-left-out');
  }

  private text(text: string): void {
    this.line += this.preformatted > 0 ? text : text.replace(/[ \t\r\n\f]+/g, ' ');
  }

  private flush(): void {
    const text =
      this.preformatted > 0
        ? this.line
        : this.line
            .replace(/ *\n */g, '\n')
            .replace(/ {2,}/g, ' ')
            .trim();
    this.line = '';
    if (text.trim() === '') return;
    const cell = this.tables.at(-1)?.cell;
    if (cell) cell.push(text);
    else if (this.heading) this.blocks.push({ kind: 'heading', level: this.heading, text });
    else this.blocks.push({ kind: this.preformatted > 0 ? 'preformatted' : 'paragraph', text });
  }

  private open(name: string, attributes: Map<string, string>): void {
    if (NOT_SHOWN.has(name)) {
      this.hiddenUntil = name;
      return;
    }
    if (attributes.has('hidden') || isHidingStyle(attributes.get('style') ?? '')) this.notes.add('hidden-text-shown');
    if (name === 'br') this.line += '\n';
    else if (name === 'img') this.picture(attributes);
    else if (name === 'input') this.text(` ${shownValue(attributes)} `);
    else if (!INLINE.test(name)) this.openBlock(name, attributes);
    else if (isRemoteReference(attributes.get('src') ?? '')) this.notes.add('remote-left-out');
  }

  private openBlock(name: string, attributes: Map<string, string>): void {
    this.flush();
    if (name === 'table') this.tables.push({ rows: [], cell: undefined, header: false });
    if (name === 'tr') this.tables.at(-1)?.rows.push([]);
    if (name === 'td' || name === 'th') this.openCell(name === 'th');
    if (name === 'pre') this.preformatted++;
    const level = /^h([1-6])$/.exec(name)?.[1];
    if (level) this.heading = Math.min(3, Number(level)) as 1 | 2 | 3;
    if (name === 'ol') this.lists.push(Number(attributes.get('start') ?? 1) || 1);
    if (name === 'ul') this.lists.push(undefined);
    if (name === 'li') this.line = this.bullet();
    if (isRemoteReference(attributes.get('src') ?? attributes.get('data') ?? '')) this.notes.add('remote-left-out');
    if (name === 'link' && isRemoteReference(attributes.get('href') ?? '')) this.notes.add('remote-left-out');
  }

  private bullet(): string {
    const number = this.lists.at(-1);
    if (number === undefined) return '• ';
    this.lists[this.lists.length - 1] = number + 1;
    return `${number}. `;
  }

  private close(name: string): void {
    if (INLINE.test(name)) return;
    this.flush();
    if (name === 'td' || name === 'th') this.closeCell();
    if (name === 'table') this.closeTable();
    if (name === 'pre') this.preformatted = Math.max(0, this.preformatted - 1);
    if (name === 'ol' || name === 'ul') this.lists.pop();
    if (/^h[1-6]$/.test(name)) this.heading = undefined;
  }

  private openCell(isHeader: boolean): void {
    const table = this.tables.at(-1);
    if (!table) return;
    if (table.cell) this.closeCell();
    if (table.rows.length === 0) table.rows.push([]);
    table.cell = [];
    if (isHeader && table.rows.length === 1) table.header = true;
  }

  private closeCell(): void {
    const table = this.tables.at(-1);
    if (!table?.cell) return;
    table.rows.at(-1)!.push(table.cell.join('\n'));
    table.cell = undefined;
  }

  /** A table in a cell becomes lines of that cell; a table of one column is layout and becomes paragraphs. */
  private closeTable(): void {
    this.flush();
    this.closeCell();
    const table = this.tables.pop();
    const rows = (table?.rows ?? []).filter((row) => row.some((cell) => cell !== ''));
    if (rows.length === 0) return;
    const parentCell = this.tables.at(-1)?.cell;
    if (parentCell) {
      parentCell.push(...rows.map((row) => row.filter((cell) => cell !== '').join('   ')));
      return;
    }
    const columns = Math.max(...rows.map((row) => row.filter((cell) => cell !== '').length));
    if (columns > 1) this.blocks.push({ kind: 'table', rows, header: table!.header && rows.length > 1 });
    else this.blocks.push(...rows.map((row) => ({ kind: 'paragraph' as const, text: row.join('').trim() })));
  }

  private picture(attributes: Map<string, string>): void {
    const source = attributes.get('src') ?? '';
    const description = (attributes.get('alt') ?? '').trim();
    const ending = description ? `: ${description}]` : ']';
    if (DATA_PICTURE.test(source)) {
      const number = this.pictures.length + 1;
      this.pictures.push({ number, bytes: Buffer.from(source.slice(source.indexOf(',') + 1), 'base64') });
      this.text(` [Billede ${number}${ending} `);
      this.notes.add('pictures-at-end');
    } else if (isRemoteReference(source)) {
      this.notes.add('remote-left-out');
      this.text(` [Billede på nettet, ikke hentet${ending} `);
    } else {
      this.text(` [Billede${ending} `);
    }
  }
}

function opensBody(token: HtmlToken): boolean {
  return token.type === 'open' && token.name === 'body';
}

/** Reads HTML as blocks of text; hidden text is shown, nothing is fetched, pictures inside the file are handed out. */
export function htmlBlocks(
  html: string,
  notes: ConversionNotes,
): { blocks: ReadingBlock[]; pictures: ReadingPicture[]; title: string | undefined } {
  const builder = new BlockBuilder(notes);
  let title: string | undefined;
  let inTitle = false;
  for (const token of readHtml(html)) {
    if (token.type === 'text' && inTitle) title = token.text.trim() || title;
    inTitle = token.type === 'open' && token.name === 'title';
    builder.take(token);
  }
  builder.finish();
  return { blocks: builder.blocks, pictures: builder.pictures, title };
}
