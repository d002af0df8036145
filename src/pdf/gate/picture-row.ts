import { PICTURE_DPI } from './picture-checks';
import type { PageDrawer, PagePicture } from './page-pictures';

/** The pictures of a row of pages, drawn ahead by one program as they are asked for; at most one is held. */
export class PictureRow {
  private drawing: AsyncGenerator<PagePicture, void> | undefined;
  private next = -1;

  constructor(
    private readonly drawer: PageDrawer,
    private readonly pdf: string,
    private readonly first: number,
    private readonly end: number,
    private readonly isWanted: (page: number) => boolean,
  ) {}

  /** Undefined when the page is not wanted. Pages must be asked for in rising order. */
  async of(page: number): Promise<PagePicture | undefined> {
    if (page < this.first || page >= this.end || !this.isWanted(page)) return undefined;
    if (this.drawing === undefined || this.next !== page) await this.start(page);
    const drawn = await (this.drawing as AsyncGenerator<PagePicture, void>).next();
    this.next = page + 1;
    if (drawn.done) throw new RangeError('The page could not be drawn.');
    if (!this.isWanted(this.next) || this.next >= this.end) await this.close();
    return drawn.value;
  }

  private async start(page: number): Promise<void> {
    await this.close();
    let end = page + 1;
    while (end < this.end && this.isWanted(end)) end += 1;
    this.drawing = this.drawer.draw(this.pdf, page, end, PICTURE_DPI);
    this.next = page;
  }

  /** Stops the drawing. The last picture of a row that was drawn whole is checked for what should not follow it. */
  async close(): Promise<void> {
    const drawing = this.drawing;
    this.drawing = undefined;
    await drawing?.return();
  }
}
