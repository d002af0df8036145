import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConformanceRecord } from '../../src/records/connector-kind';
import { SCENARIOS, type ScenarioId } from './scenarios';
import type { Bench } from './scenarios/scenario';
import type { ConformanceSubject, Rig } from './subject';

/**
 * Runs every scenario against one kind of connector, and compares the outcome with `conformance.json` in its folder,
 * from which `aktindsigt connectors` tells how far the kind got. After a change, write the record anew by
 * `CONFORMANCE_RECORD=write npx jest <the spec>`.
 */
export function describeConformance(subject: ConformanceSubject): void {
  const exempt: Partial<Record<string, string>> = subject.notApplicable ?? {};
  const record: ConformanceRecord = {};

  describe(`${subject.kind}, what every connector must do`, () => {
    const bench = benchFor(subject);
    afterEach(() => bench.close());

    for (const id of Object.keys(SCENARIOS) as ScenarioId[]) {
      const reason = exempt[id];
      if (reason !== undefined) {
        record[id] = `not applicable: ${reason}`;
        continue;
      }
      it(`${SCENARIOS[id].rule} [${id}]`, async () => {
        await SCENARIOS[id].run(bench);
        record[id] = 'passed';
      });
    }

    it('says in a whole sentence why a scenario cannot exist, and only of scenarios that there are', () => {
      expect(Object.keys(SCENARIOS)).toEqual(expect.arrayContaining(Object.keys(exempt)));
      for (const reason of Object.values(exempt)) expect(reason).toMatch(/^[A-ZÆØÅ].{20,}\.$/);
    });

    it('has a record of this run in its folder', async () => {
      const path = join(__dirname, '../../src/records', subject.kind, 'conformance.json');
      const inOrder = Object.fromEntries(Object.keys(SCENARIOS).map((id) => [id, record[id] ?? 'failed']));
      process.stdout.write(tableOf(subject.kind, inOrder));
      if (process.env.CONFORMANCE_RECORD === 'write') {
        await writeFile(path, `${JSON.stringify(inOrder, undefined, 2)}\n`);
      }
      expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(inOrder);
    });
  });
}

function benchFor(subject: ConformanceSubject): Bench {
  const opened: Rig[] = [];
  return {
    subject,
    open: async (held) => {
      const rig = await subject.open(held);
      opened.push(rig);
      return rig;
    },
    close: async () => {
      for (const rig of opened.splice(0)) await rig.close();
    },
  };
}

function tableOf(kind: string, record: ConformanceRecord): string {
  const lines = Object.entries(record).map(([id, outcome]) => `  ${kind} × ${id}: ${outcome}\n`);
  const passed = Object.values(record).filter((outcome) => outcome === 'passed').length;
  const exempt = Object.values(record).filter((outcome) => outcome.startsWith('not applicable')).length;
  return `${kind}: ${passed} of ${lines.length} scenarios passed, ${exempt} cannot exist for it.\n${lines.join('')}`;
}
