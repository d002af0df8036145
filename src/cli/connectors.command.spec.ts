import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { SCENARIOS } from '../../test/conformance/scenarios';
import type { ConformanceSummary } from '../records/conformance-summary';
import { registerConnectors } from './connectors.command';

interface Line {
  kind: string;
  standing: string;
  coverage: { partyRoles: string[]; knownGaps: string[] };
  conformance: ConformanceSummary;
  documentation: string;
}

async function printed(): Promise<Line[]> {
  const lines: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean(lines.push(String(text))));
  const program = new Command();
  registerConnectors(program);
  await program.parseAsync(['connectors'], { from: 'user' }).finally(() => write.mockRestore());
  return lines.map((line) => JSON.parse(line) as Line);
}

describe('aktindsigt connectors', () => {
  it('prints a line for each connector, with coverage and the whole conformance suite passed or exempt', async () => {
    const lines = await printed();
    expect(lines.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['drop-folder', 'nova', 'sbsys']));
    for (const { conformance, coverage } of lines) {
      expect(conformance.open).toEqual([]);
      expect(conformance.passed + Object.keys(conformance.notApplicable).length).toBe(Object.keys(SCENARIOS).length);
      expect(coverage.knownGaps.length).toBeGreaterThan(0);
    }
    expect(process.exitCode ?? 0).toBe(0);
  });

  it('says of every vendor system that no municipality has run its connector', async () => {
    const drafts = (await printed()).filter(({ standing }) => standing.startsWith('contract draft'));
    expect(drafts.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['nova', 'sbsys']));
  });

  it('names a page of documentation that exists', async () => {
    for (const { documentation } of await printed()) {
      expect([documentation, existsSync(join(__dirname, '../..', documentation))]).toEqual([documentation, true]);
    }
  });
});
