import 'reflect-metadata';
import { createConnector } from '../../src/records';
import { SqlExport } from '../../src/sandbox/sql-view/sql-export';
import { describeConformance } from '../conformance/describe-conformance';
import { FAST, type Holdings, type Rig } from '../conformance/subject';

/** A real server needs longer than a stand-in, above all on a busy machine. */
const PATIENT = { timeoutMs: 1_500, retries: 1 };

async function open({ cases }: Holdings): Promise<Rig> {
  const held = await SqlExport.create(process.env['TEST_POSTGRES_ADMIN_URL'] as string, cases);
  const { requestsPerSecond: _none, ...fast } = FAST;
  const source = { id: 'udtraek', kind: 'sql-view', name: 'et udtræk af fagsystemet', owner: 'IT' };
  const connector = createConnector(source, { ...held.readerSettings(), ...fast, ...PATIENT }) as Rig['connector'] & {
    close(): Promise<void>;
  };
  return {
    connector,
    misbehave: (fault) => held.misbehave(fault),
    expireLogins: () => held.proxy.cut(),
    tryToWrite: () => held.tryToWrite(),
    writes: () => held.proxy.writes,
    close: async () => {
      await connector.close();
      await held.stop();
    },
  };
}

describeConformance({
  kind: 'sql-view',
  open,
  lists: ['search', 'documents'],
  health: 'states',
  essentialFields: [
    ['search', 'party_role'],
    ['search', 'source_case_id'],
    ['documents', 'source_document_id'],
    ['documents', 'kind'],
    ['documents', 'size'],
    ['states', 'exported_at'],
    ['states', 'row_counts'],
  ],
  notApplicable: {
    'caseless-document':
      'The views find a citizen by the parties of a case; a document without a case is a broken export.',
    'forbidden-case':
      'A role may read a whole view or none of it; a single row is left out, which the row counts tell.',
    'html-with-200': 'A database does not answer with web pages.',
    'retry-after': 'A database that has too many connections does not say when to come back.',
  },
});
