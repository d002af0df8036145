import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createConnector } from '../../src/records';
import { TOKEN_PATH } from '../../src/sandbox/sbsys/standin';
import { CLARA } from '../../src/sandbox/municipality';

interface Announced {
  address: string;
  client: { clientId: string; clientSecret: string };
  reader: { username: string; password: string };
}

describe('the SBSYS stand-in as a program of its own', () => {
  let program: ChildProcess;
  let announced: Announced;

  beforeAll(async () => {
    const main = join(__dirname, '../../dist/sandbox/sbsys/main.js');
    program = spawn(process.execPath, [main], { stdio: ['ignore', 'pipe', 'inherit'] });
    if (!program.stdout) throw new Error('The stand-in has no standard output to announce itself on.');
    const [line] = (await once(createInterface(program.stdout), 'line')) as [string];
    announced = JSON.parse(line) as Announced;
  });

  afterAll(() => program.kill());

  it('announces its address in one line, and a connector reads a case from it', async () => {
    const { address, client, reader } = announced;
    const source = { id: 'sbsys', kind: 'sbsys', name: 'SBSYS', owner: 'IT' } as const;
    const settings = { baseUrl: address, tokenUrl: address + TOKEN_PATH, ...client, ...reader };
    const run = { runId: 'run', signal: new AbortController().signal };
    const titles: string[] = [];
    for await (const found of createConnector(source, settings).discover({ cprs: [CLARA.cpr] }, run)) {
      titles.push(found.title);
    }
    expect(titles).toEqual(['Parkeringskort']);
  });

  it('ends well when it is told to', async () => {
    const ended = once(program, 'exit');
    program.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });
});
