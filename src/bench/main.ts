import 'reflect-metadata';
import type { Bench } from './bench';
import { BENCHES } from './benches';

/** `npm run bench [-- NAME …]`: one JSON line a figure on stdout; what is going on, on stderr. */
async function main(args: string[]): Promise<number> {
  const [name, ...rest] = args;
  const wanted = name ? BENCHES.filter((bench) => bench.name === name) : BENCHES;
  if (wanted.length === 0) {
    process.stderr.write(
      `There is no benchmark named ${name}. There are: ${BENCHES.map((bench) => bench.name).join(', ')}.\n`,
    );
    return 2;
  }
  let code = 0;
  for (const bench of wanted) if (!(await isRun(bench, rest))) code = 1;
  return code;
}

async function isRun(bench: Bench, args: string[]): Promise<boolean> {
  process.stderr.write(`${bench.name}: ${bench.about}\n`);
  try {
    for await (const figure of bench.run(args)) {
      process.stdout.write(`${JSON.stringify({ bench: bench.name, ...figure })}\n`);
    }
    return true;
  } catch (error) {
    process.stderr.write(`${bench.name} was not measured to its end: ${(error as Error).message}\n`);
    return false;
  }
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  },
);
