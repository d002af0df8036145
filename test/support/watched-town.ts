import type { Program } from '../../src/sandbox/demo/program';
import { askForFile } from '../../src/sandbox/demo/sample-request';
import type { Town, TownOptions } from '../../src/sandbox/demo/town';
import * as people from '../../src/sandbox/municipality/citizens';
import { AccessRequest } from '../../src/requests/request.entity';
import type { Carrier } from './carry-request';
import { TestTown } from './test-town';
import { WatchedBrowser } from './watched-browser';

/** What a line of a stack trace looks like, in a page or in a log. */
const STACK_TRACE = /^\s*at .+:\d+:\d+\)?$|node_modules/m;

/** Texts that the search for leaks must find fault with, each once. */
export const NO_GOOD = [
  `CPR ${people.CLARA.cpr}`,
  `CPR ${people.VIGGO.cpr?.replace('-', '')}.`,
  'GET /sager?cprNumber=x',
  'Error: no\n    at Object.run (/srv/dist/main.js:12:7)\n',
];

export interface AskedByPages {
  person: WatchedBrowser;
  id: string;
  /** The citizen's page of the request, and the caseworker's. */
  own: string;
  casework: string;
}

/** A town whose pages and log are kept, to be looked through at the end. */
export class WatchedTown {
  private readonly seen: string[] = [];

  private constructor(
    private readonly place: TestTown,
    readonly program: Program,
  ) {}

  static async start(options: Partial<TownOptions> = {}): Promise<WatchedTown> {
    const place = await TestTown.start(options);
    try {
      return new WatchedTown(place, await place.town.run('all'));
    } catch (error) {
      await place.stop();
      throw error;
    }
  }

  get town(): Town {
    return this.place.town;
  }

  get carrier(): Carrier {
    return this.place.carrier;
  }

  stop(): Promise<void> {
    return this.place.stop();
  }

  browser(): WatchedBrowser {
    return new WatchedBrowser(this.town.publicUrl, this.seen);
  }

  async citizen(login: string): Promise<WatchedBrowser> {
    return this.loggedIn('/log-ind', login);
  }

  async employee(login: string): Promise<WatchedBrowser> {
    return this.loggedIn('/medarbejder', login);
  }

  /** A citizen logs in and asks for the whole file. */
  async ask(login: string): Promise<AskedByPages> {
    const person = await this.citizen(login);
    const own = await askForFile(person, 'Jeg vil gerne se det hele.');
    const id = own.split('/').at(-1) as string;
    return { person, id, own, casework: `/sagsbehandling/${id}` };
  }

  countRequests(): Promise<number> {
    return this.carrier.within((entities) => entities.count(AccessRequest));
  }

  /** What stands that may not, in every page that was shown and everything that the program wrote. */
  leaks(texts: string[] = [...this.seen, this.program.log]): string[] {
    const numbers = Object.values(people)
      .flatMap((each) => (typeof each === 'object' && 'cpr' in each && each.cpr ? [each.cpr] : []))
      .flatMap((cpr) => [cpr, cpr.replace('-', '')]);
    return texts.flatMap((text) => {
      const faults = [
        ...numbers.filter((number) => text.includes(number)).map(() => 'a CPR number'),
        ...(/cprNumber=/i.test(text) ? ['an address with a CPR number'] : []),
        ...(STACK_TRACE.test(text) ? [`a stack trace: ${STACK_TRACE.exec(text)?.[0]}`] : []),
      ];
      return faults.map((fault) => `${text.slice(0, 60).trim()} … holds ${fault}`);
    });
  }

  get pagesSeen(): number {
    return this.seen.length;
  }

  private async loggedIn(path: '/log-ind' | '/medarbejder', login: string): Promise<WatchedBrowser> {
    const person = this.browser();
    const status = await person.logIn(path, login);
    if (status !== 200) throw new Error(`${login} could not log in (${status}): ${person.text()}`);
    return person;
  }
}
