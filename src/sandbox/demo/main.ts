import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { carryByPages } from './carry-by-pages';
import { freshFolder } from './fresh-folder';
import { keepPackage, type KeptPackage } from './keep-package';
import { ProgressBar } from './progress-bar';
import { TEST_USERS } from './test-users';
import { Town } from './town';

const STEPS = 14;
const FOLDER = resolve('.local', 'demo');
const USUAL_PORT = 8080;

/** The whole system on this machine: sets Solby up, carries a request to the mailbox, then shows the pages. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { exit: { type: 'boolean' }, port: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help)
    return print([
      'npm run demo [-- --exit] [-- --port 8080]',
      '',
      'Sets up the sample municipality, carries a request to delivery and serves the pages until Ctrl-C. With --exit it stops after delivery; the exit code says if all passed.',
    ]);
  const bar = new ProgressBar(STEPS);
  await freshFolder(FOLDER);
  const town = await Town.start({
    folder: FOLDER,
    port: Number(values.port ?? (values.exit ? 0 : USUAL_PORT)) || undefined,
    systems: 'eight',
    say: (sentence) => bar.finish(sentence),
  });
  const stopped = stopOnSignal(town);
  try {
    await town.run('all');
    bar.finish('Programmet kører: sider og arbejdere.');
    const { requestPath } = await carryByPages(town.publicUrl, bar);
    const kept = await keepPackage(
      town.settings,
      town.authorityId,
      requestPath.split('/').at(-1) as string,
      join(FOLDER, 'package'),
    );
    print(summary(kept));
    if (values.exit) return await town.stop();
    print(welcome(town.publicUrl));
    await stopped;
  } catch (error) {
    await town.stop().catch(() => undefined);
    throw error;
  }
}

function stopOnSignal(town: Town): Promise<void> {
  return new Promise((done) => {
    const stop = (): void => {
      print(['', 'Stopper …']);
      town.stop().then(done, done);
    };
    process.once('SIGINT', stop).once('SIGTERM', stop);
  });
}

function summary(kept: KeptPackage): string[] {
  return [
    '',
    `Pakke:          ${kept.folder}`,
    ...kept.files.map(({ name, pages, sha256 }) => `                ${name}, ${pages} sider, SHA-256 ${sha256}`),
    ...kept.messages.map(({ name, sha256 }) => `                ${name}, SHA-256 ${sha256}`),
    `Sider:          ${kept.pages}`,
    `Fjernede steder: ${kept.redactions}`,
    `Dokumenter:     ${kept.documents}`,
    `Kontrol:        ${kept.verdict === 'pass' ? 'bestået' : 'IKKE BESTÅET'} (${kept.checks} kontroller, ${kept.engines.join(', ')})`,
    ...kept.messages.map(({ messageUUID }) => `Besked:         ${messageUUID}`),
    ...kept.receipts.map(({ status, at }) => `Kvittering:     ${status} ${at}`),
    `Bevis:          ${kept.certificate}`,
    `Revisionslog:   ${kept.chain}`,
  ];
}

function welcome(address: string): string[] {
  return [
    '',
    `Siderne er her, indtil du trykker Ctrl-C:`,
    `  ${address}/              borgeren      (testlogin: ${TEST_USERS.filter((user) => user.kind === 'citizen')
      .map((user) => user.id)
      .join(', ')})`,
    `  ${address}/sagsbehandling sagsbehandler (testlogin: mette, jens)`,
    `  ${address}/arkiv          arkivar       (testlogin: lone)`,
    'Login er en efterligning af MitID: vælg en person på listen.',
    'Revisionsloggen efterprøves med: npm run -s aktindsigt -- audit verify --settings .local/demo/settings.env',
  ];
}

function print(lines: string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

main().then(
  () => process.exit(0),
  (error: Error) => {
    process.stderr.write(
      `\nDemonstrationen blev ikke gennemført: ${error.message}\nProgrammets log ligger i ${join(FOLDER, 'program.log')}.\n`,
    );
    process.exit(1);
  },
);
