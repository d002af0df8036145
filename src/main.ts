import 'reflect-metadata';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
import { loadSettings, type Settings } from './platform/settings';

const PROGRAMS = ['all', 'web', 'worker'] as const;
type Program = (typeof PROGRAMS)[number];

/** Every job has this long to end when the program is asked to stop. */
const STOP_MS = 30_000;

async function main(): Promise<void> {
  const program = (process.argv[2] ?? 'all') as Program;
  if (!PROGRAMS.includes(program))
    throw new Error(`"${program}" is not a program. Use one of: ${PROGRAMS.join(', ')}.`);
  const app = await start(program, loadSettings());
  stopOnSignal(app);
  process.send?.({ ready: true });
}

/** The web program never loads a processor, the worker never loads a page. */
async function start(program: Program, settings: Settings): Promise<INestApplicationContext> {
  const worker = program === 'web' ? null : await import('./worker.module.js');
  const web = program === 'worker' ? null : await import('./web/web.module.js');
  const modules: Type[] = [...(web ? [web.WebModule] : []), ...(worker ? [worker.WorkerModule] : [])];
  const module = AppModule.with(settings, modules);
  const app = web
    ? await (await import('./web/start-web.js')).startWeb(module, settings)
    : await NestFactory.createApplicationContext(module);
  if (worker) await app.get(worker.WorkerRun).start();
  return app;
}

function stopOnSignal(app: INestApplicationContext): void {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), STOP_MS).unref();
    app.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
