import type { Command } from 'commander';
import { CONNECTOR_KINDS, connectorKind, summarise } from '../records';

/** `aktindsigt connectors`: what can be connected, what a search covers, and how far its conformance run got. */
export function registerConnectors(program: Command): void {
  program
    .command('connectors')
    .description(
      'A JSON line for each kind of records system: what it is, what a search covers when nothing optional is set, ' +
        'and how far its conformance run got. Exit code 1 when a run has scenarios that are not passed.',
    )
    .action(() => {
      const lines = CONNECTOR_KINDS.map((kind) => {
        const { system, standing, coverage, conformance } = connectorKind(kind);
        const documentation = `docs/connectors/${kind}.md`;
        return { kind, system, standing, coverage, conformance: summarise(conformance), documentation };
      });
      for (const line of lines) process.stdout.write(`${JSON.stringify(line)}\n`);
      if (lines.some(({ conformance }) => conformance.open.length > 0 || conformance.passed === 0))
        process.exitCode = 1;
    });
}
