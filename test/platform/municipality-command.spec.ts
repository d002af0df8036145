import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { registerMunicipality } from '../../src/cli/municipality.command';
import { KeyFile } from '../../src/platform/keys/key-file';
import { testDatabase, type TestDatabase } from '../support/test-database';

const SOLBY = {
  cvr: '12345678',
  name: 'Solby Kommune',
  shortName: 'Solby',
  hostNames: ['aktindsigt.solby.example'],
  settings: {
    contactPhone: '12 34 56 78',
    contactEmail: 'post@solby.example',
    dpoEmail: 'dpo@solby.example',
    unit: 'Borgerservice',
    address: 'Torvet 1\n9999 Solby',
  },
};
const ARCHIVE = {
  key: 'faellesarkiv',
  kind: 'drop-folder',
  name: 'fællesarkivet',
  owner: 'Børn og Familie',
  settings: { folder: '/srv/hemmelig-mappe' },
};

describe('a municipality set up from the terminal', () => {
  let database: TestDatabase;
  let folder: string;

  beforeAll(async () => {
    database = await testDatabase();
    folder = await mkdtemp(join(tmpdir(), 'municipality-command-'));
    await KeyFile.create(join(folder, 'master.key'));
    process.env['MASTER_KEY_FILE'] = join(folder, 'master.key');
    process.env['MIGRATION_DATABASE_URL'] = database.ownerUrl;
    process.env['DATABASE_URL'] = database.programUrl;
  });
  afterAll(async () => {
    for (const name of ['MASTER_KEY_FILE', 'MIGRATION_DATABASE_URL', 'DATABASE_URL']) delete process.env[name];
    await rm(folder, { recursive: true });
  });

  async function run(args: string[], content: unknown): Promise<string> {
    const file = join(folder, 'fil.json');
    await writeFile(file, JSON.stringify(content));
    const out = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    try {
      const program = new Command().exitOverride();
      registerMunicipality(program);
      await program.parseAsync(['node', 'aktindsigt', 'municipality', ...args, file]);
      return out.mock.calls.map(([text]) => String(text)).join('');
    } finally {
      out.mockRestore();
    }
  }
  const rows = <T>(sql: string) => database.asSuperuser(async (client) => (await client.query(sql)).rows as T[]);

  it('is added once, and changed by running the command again without a new key', async () => {
    const first = JSON.parse(await run(['set'], SOLBY));
    const [{ wrapped_key: key }] = await rows<{ wrapped_key: Buffer }>('select wrapped_key from authority');

    const again = JSON.parse(await run(['set'], { ...SOLBY, name: 'Solby Nye Kommune' }));

    expect(again).toEqual({ id: first.id, cvr: '12345678', name: 'Solby Nye Kommune' });
    const now = await rows<{ name: string; wrapped_key: Buffer }>('select name, wrapped_key from authority');
    expect(now).toEqual([{ name: 'Solby Nye Kommune', wrapped_key: key }]);
  });

  it('gets a records system whose settings nobody reads in the database, told of in the audit log', async () => {
    await run(['source', '--cvr', SOLBY.cvr], ARCHIVE);

    const [source] = await rows<{ key: string; enabled: boolean; settings_sealed: Buffer }>('select * from source');
    expect(source).toMatchObject({ key: 'faellesarkiv', kind: 'drop-folder', enabled: true });
    expect(source.settings_sealed.toString('latin1')).not.toContain('hemmelig');
    const acts = await rows<{ action: string; details: unknown }>('select action, details from audit_entry');
    expect(acts).toEqual([
      { action: 'source.set', details: { key: 'faellesarkiv', kind: 'drop-folder', enabled: true } },
    ]);
  });

  it('never searches the journal that it writes to', async () => {
    const settings = { baseUrl: 'https://sbsys.solby.example', tokenUrl: 'https://sbsys.solby.example/token' };
    const journal = { ...ARCHIVE, key: 'journal', kind: 'sbsys-journal', settings: { ...settings, ...ACCOUNT } };

    expect(JSON.parse(await run(['source', '--cvr', SOLBY.cvr], journal))).toMatchObject({ enabled: false });
  });

  it.each([
    ['a municipality without a CVR number', ['set'], { ...SOLBY, cvr: '123' }, /cvr must be eight digits/],
    ['a misspelt field', ['set'], { ...SOLBY, hostnames: [] }, /hostnames should not exist/],
    ['a municipality that is not there', ['source', '--cvr', '87654321'], ARCHIVE, /no municipality with the CVR/],
    ['a kind nobody knows', ['source', '--cvr', '12345678'], { ...ARCHIVE, kind: 'hest' }, /kind must be one of/],
    ['a system without its settings', ['source', '--cvr', '12345678'], { ...ARCHIVE, settings: {} }, /folder/],
    ['a list', ['set'], [], /must hold one JSON object/],
  ])('refuses %s with a sentence', async (_what, args, content, sentence) => {
    await expect(run(args, content)).rejects.toThrow(sentence);
  });
});

const ACCOUNT = { clientId: 'aktindsigt', clientSecret: 'hemmelig', username: 'service', password: 'hemmelig' };
