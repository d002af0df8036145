import type { Command } from 'commander';
import { DateError, deadlines, isLegalBasis, LEGAL_BASES } from '../law';

const BAD_USE = 2;

/** `deadlines --received DATE [--basis BASIS]`: every due date of a request as JSON. */
export function registerDeadlines(program: Command): void {
  program
    .command('deadlines')
    .description(
      'Print all due dates of a request for access as JSON: working days in both readings and the GDPR month.',
    )
    .requiredOption('--received <date>', 'the day the request reached the municipality, YYYY-MM-DD')
    .option('--basis <basis>', `the legal basis: ${LEGAL_BASES.join(', ')}`)
    .action((options: { received: string; basis?: string }) => {
      const { received, basis } = options;
      if (basis !== undefined && !isLegalBasis(basis)) {
        return refuse(`"${basis}" is not a legal basis. Choose one of ${LEGAL_BASES.join(', ')}.`);
      }
      try {
        process.stdout.write(`${JSON.stringify(deadlines(received, basis ?? null), null, 2)}\n`);
      } catch (error) {
        if (!(error instanceof DateError)) throw error;
        refuse(error.message);
      }
    });
}

function refuse(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = BAD_USE;
}
