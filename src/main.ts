import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule, PROGRAMS, type Program } from './app.module';
import { loadSettings } from './platform/settings';
import { startWeb } from './web/start-web';
import { WorkerRun } from './worker.module';

/** Every job has this long to end when the program is asked to stop. */
const STOP_MS = 30_000;

async function main(): Promise<void> {
  const program = (process.argv[2] ?? 'all') as Program;
  if (!PROGRAMS.includes(program))
    throw new Error(`"${program}" is not a program. Use one of: ${PROGRAMS.join(', ')}.`);
  const settings = loadSettings();
  const module = AppModule.with(settings, program);
  const app =
    program === 'worker'
      ? await NestFactory.createApplicationContext(module, { logger: ['log', 'warn', 'error'] })
      : await startWeb(module, settings);
  if (program !== 'web') await app.get(WorkerRun).start();
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), STOP_MS).unref();
    void app.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  process.send?.({ ready: true });
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
