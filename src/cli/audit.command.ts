import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import type { Command } from 'commander';
import { DataSource } from 'typeorm';
import { verifyChain } from '../platform/audit-log/verify-chain';
import { KeyFile } from '../platform/keys/key-file';
import { exportedRoots, type ReadRoots } from './exported-roots';

interface VerifyOptions {
  database?: string;
  key?: string;
  settings?: string;
  root: string[];
  tsaCa?: string;
}

/** `audit verify`: walks every authority's chain and names the first broken entry. */
export function registerAudit(program: Command): void {
  const audit = program.command('audit').description('The audit log.');
  audit
    .command('verify')
    .description(
      'Walks the sealed audit log with its key and names the first entry that was changed, removed, added or moved; with ' +
        'exported roots also a tail that was cut off. A JSON line an authority on stdout, findings in words on stderr. ' +
        'Exit 0: whole, 1: a finding, 2: bad use.',
    )
    .option('--database <url>', 'the database (default: DATABASE_URL)')
    .option('--key <file>', 'the key of the seal (default: AUDIT_KEY_FILE)')
    .option('--settings <file>', 'a file of settings, a line each: NAME=value')
    .option('--root <path...>', 'roots that were exported: files, or the folder of them with their time stamps', [])
    .option('--tsa-ca <file>', 'certificates (PEM) of the time-stamp authority that is trusted')
    .action(async (options: VerifyOptions) => {
      const settings = {
        ...process.env,
        ...(options.settings ? parseEnv(await readFile(options.settings, 'utf8')) : {}),
      };
      const url = options.database ?? settings.DATABASE_URL;
      const keyFile = options.key ?? settings.AUDIT_KEY_FILE;
      if (!url || !keyFile)
        throw new Error(
          'Say which database and which key: --database URL --key FILE, or the variables DATABASE_URL and AUDIT_KEY_FILE.',
        );
      const trusted = options.tsaCa ? await readFile(options.tsaCa, 'utf8') : undefined;
      const exported = await exportedRoots(options.root, trusted);
      const findings = await verifyAll(url, (await KeyFile.open(keyFile)).key, exported);
      for (const finding of findings) process.stderr.write(`${finding}\n`);
      process.exitCode = findings.length === 0 ? 0 : 1;
    });
}

/** What was found, a sentence each. */
async function verifyAll(url: string, key: Buffer, { roots, stamped, faults }: ReadRoots): Promise<string[]> {
  const source = await new DataSource({ type: 'postgres', url }).initialize();
  try {
    const authorities: { id: string }[] = await source.query('select authority_ids() as id');
    const findings = [...faults, ...strangers(roots, authorities)];
    for (const { id } of authorities) {
      const verdict = await source.transaction(async (entities) => {
        await entities.query(`select set_config('app.authority', $1, true)`, [id]);
        return verifyChain(entities, id, key, roots);
      });
      process.stdout.write(`${JSON.stringify({ authority: id, ...verdict, timeStampsThatFit: stamped })}\n`);
      findings.push(...(verdict.fault ? [verdict.fault] : []), ...verdict.doubts);
    }
    return findings;
  } finally {
    await source.destroy();
  }
}

/** A root whose authority is gone tells of a log that is gone. */
function strangers(roots: ReadRoots['roots'], authorities: { id: string }[]): string[] {
  const known = new Set(authorities.map(({ id }) => id));
  return roots
    .filter(({ authority }) => !known.has(authority.id))
    .map(({ authority, day }) => `The root of ${day} is of ${authority.name}, which this database does not know.`);
}
