import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import type { Command } from 'commander';
import { DataSource } from 'typeorm';
import { verifyChain } from '../platform/audit-log/verify-chain';
import { KeyFile } from '../platform/keys/key-file';

/** `audit verify`: walks every authority's chain and names the first broken entry. */
export function registerAudit(program: Command): void {
  const audit = program.command('audit').description('The audit log.');
  audit
    .command('verify')
    .description(
      'Walks the sealed audit log with its key and names the first entry that was changed, removed, added or moved. Exit 0: whole, 1: broken.',
    )
    .option('--database <url>', 'the database (default: DATABASE_URL)')
    .option('--key <file>', 'the key of the seal (default: AUDIT_KEY_FILE)')
    .option('--settings <file>', 'a file of settings, a line each: NAME=value')
    .action(async (options: { database?: string; key?: string; settings?: string }) => {
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
      const isWhole = await verifyAll(url, (await KeyFile.open(keyFile)).key);
      process.exitCode = isWhole ? 0 : 1;
    });
}

async function verifyAll(url: string, key: Buffer): Promise<boolean> {
  const source = await new DataSource({ type: 'postgres', url }).initialize();
  try {
    const authorities: { id: string }[] = await source.query('select authority_ids() as id');
    let isWhole = true;
    for (const { id } of authorities) {
      const verdict = await source.transaction(async (entities) => {
        await entities.query(`select set_config('app.authority', $1, true)`, [id]);
        return verifyChain(entities, id, key);
      });
      process.stdout.write(`${JSON.stringify({ authority: id, ...verdict })}\n`);
      isWhole &&= verdict.isWhole;
    }
    return isWhole;
  } finally {
    await source.destroy();
  }
}
