import type { Locator } from 'playwright-core';
import type { Person } from './person';

/** A place on a page of a document, in points from the upper left corner. */
export interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The caseworker's hands on the review screen: keys, mouse and forms. */
export class ReviewScreen {
  constructor(private readonly person: Person) {}

  private get page() {
    return this.person.page;
  }

  /** Until the first open proposal is chosen; keys work from there. */
  async isReady(): Promise<void> {
    await this.page.locator('li.forslag.er-valgt').waitFor();
  }

  chosen(): Promise<string> {
    return this.page.locator('li.forslag.er-valgt .forslag-tekst').innerText();
  }

  proposal(text: string): Locator {
    return this.page
      .locator('li.forslag')
      .filter({ has: this.page.getByText(text, { exact: true }) })
      .first();
  }

  state(text: string): Promise<string | null> {
    return this.proposal(text).getAttribute('data-tilstand');
  }

  /** Steps with J to a proposal and decides it with a key. */
  async decideByKey(text: string, key: 'f' | 'b'): Promise<void> {
    const steps = await this.page.locator('li.forslag').count();
    for (let step = 0; step < steps && (await this.chosen()) !== text; step += 1) await this.page.keyboard.press('j');
    await this.page.keyboard.press(key);
    const decided = key === 'f' ? 'remove' : 'keep';
    await this.page
      .locator(`li.forslag[data-tilstand="${decided}"]`)
      .filter({ has: this.page.getByText(text, { exact: true }) })
      .first()
      .waitFor();
  }

  async decideWithGround(text: string, ground: string): Promise<void> {
    const proposal = this.proposal(text);
    await proposal.locator('select').selectOption(ground);
    await proposal.locator('button[value="fjern"]').click();
    await this.page
      .locator('li.forslag[data-tilstand="remove"]')
      .filter({ has: this.page.getByText(text, { exact: true }) })
      .first()
      .waitFor();
  }

  /** Draws a box over a place and removes what is under it. */
  async draw(place: Place, kind: string, ground: string): Promise<void> {
    await this.unfold('Fjern mere på siden');
    await this.page.locator('#tegn').click();
    await this.page.locator('#side').scrollIntoViewIfNeeded();
    const frame = await this.page.locator('#side').boundingBox();
    if (!frame) throw new Error('The picture of the page is not shown.');
    const scale = frame.width / Number(await this.page.locator('#side').getAttribute('data-bredde'));
    const { mouse } = this.page;
    await mouse.move(frame.x + place.x * scale, frame.y + place.y * scale);
    await mouse.down();
    await mouse.move(frame.x + (place.x + place.width) * scale, frame.y + (place.y + place.height) * scale, {
      steps: 5,
    });
    await mouse.up();
    const form = this.page.locator('#tegneform');
    await form.locator('select[name="slags"]').selectOption(kind);
    await form.locator('select[name="hjemmel"]').selectOption(ground);
    await this.answered(() => form.locator('button[type="submit"]').click());
  }

  async undo(): Promise<void> {
    await this.answered(() => this.page.locator('#fortryd').click());
  }

  async withhold(ground: string, reason: string): Promise<void> {
    await this.unfold('Hele dokumentet');
    await this.page.locator('#hjemmel-hele').selectOption(ground);
    await this.page.locator('#begrundelse').fill(reason);
    await this.answered(() => this.page.locator('button[value="udelad"]').click());
  }

  async followTheRest(): Promise<void> {
    await this.unfold('Alle forslag i dokumentet');
    await this.answered(() => this.person.press('Følg forslagene i dokumentet'));
  }

  /** Scrolls to the end of the page, so that it counts as seen. */
  async lookToTheEnd(): Promise<void> {
    await this.page.evaluate('document.querySelector(".sidebillede").scrollIntoView({ block: "end" })');
    await this.page.getByRole('button', { name: 'Siden er set', disabled: true }).waitFor();
  }

  private unfold(title: string): Promise<void> {
    return this.page.locator('summary', { hasText: title }).click();
  }

  /** A form that leads back to the same address: until the new page is there. */
  private async answered(press: () => Promise<void>): Promise<void> {
    await Promise.all([this.page.waitForEvent('framenavigated', (frame) => frame === this.page.mainFrame()), press()]);
    await this.page.waitForLoadState('load');
  }
}
