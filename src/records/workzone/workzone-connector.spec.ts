import { inspect } from 'node:util';
import { gather, lettersOf } from '../../../test/conformance/gather';
import {
  caselessLetter,
  CITIZEN,
  fullCase,
  heldCase,
  letter,
  stranger,
} from '../../../test/conformance/held-by-the-source';
import type { Connector } from '../../contracts';
import type { FaultKind } from '../../sandbox/records/faults';
import { WorkZoneStandIn } from '../../sandbox/workzone';
import { createConnector } from '../connector-registry';

describe('KMD WorkZone', () => {
  let standIn: WorkZoneStandIn;
  const open = async (...held: ConstructorParameters<typeof WorkZoneStandIn>): Promise<Connector> => {
    standIn = await new WorkZoneStandIn(...held).start();
    const source = { id: 'workzone', kind: 'workzone', name: 'vores sagssystem (WorkZone)', owner: 'IT' };
    return createConnector(source, {
      ...standIn.readerSettings(),
      retries: 0,
      timeoutMs: 300,
      requestsPerSecond: 5000,
    });
  };
  afterEach(() => standIn.stop());

  it('reads past the 50 rows that WorkZone gives when nobody asks for more', async () => {
    const documents = Array.from({ length: 120 }, (_, index) => letter(index + 1));
    const { documents: found } = await gather(await open([heldCase(1, { documents })]));
    expect(lettersOf(found)).toHaveLength(120);
  });

  it('gives the parts of a case too, where the citizen need not be named', async () => {
    const part = heldCase(2, { parentId: 1, parties: [stranger] });
    const { cases, claims } = await gather(await open([fullCase(1), part]));
    expect(cases.map((each) => [each.sourceCaseId, each.parentSourceCaseId])).toEqual([
      ['1', undefined],
      ['2', '1'],
    ]);
    expect(claims).toContainEqual({ of: 'cases', count: 2 });
  });

  it('notices documents that are left out among those without a case', async () => {
    const connector = await open([heldCase(1)], [caselessLetter(801), caselessLetter(802)]);
    standIn.fault({ route: 'caseless', kind: 'shortList', times: 99 });
    await expect(gather(connector)).rejects.toMatchObject({ errorClass: 'truncated' });
  });

  it('reports a document without a case that names the citizen and that the account may not see', async () => {
    const hidden = { ...caselessLetter(802), forbidden: true };
    const { documents, gaps } = await gather(await open([heldCase(1)], [caselessLetter(801), hidden]));
    expect(lettersOf(documents)).toEqual([100, 801]);
    expect(gaps).toMatchObject([{ kind: 'forbidden', sourceDocumentId: '802' }]);
  });

  it('finds nobody by a contact of a type that does not hold CPR numbers', async () => {
    await open([heldCase(1)]);
    const source = { id: 'workzone', kind: 'workzone', name: 'WorkZone', owner: 'IT' };
    const settings = { ...standIn.readerSettings(), cprContactTypes: ['P'] };
    expect((await gather(createConnector(source, settings))).cases).toEqual([]);
  });

  // The search has the number in its address, as OData wants it.
  const kinds: FaultKind[] = [
    '401',
    '403',
    '404',
    '429',
    '500',
    'html200',
    'truncated',
    'slow',
    'shortList',
    'missingField',
  ];
  it.each(kinds)('tells nothing of the citizen when the search ends in %s', async (kind) => {
    const connector = await open([heldCase(1)]);
    standIn.fault({ route: 'search', kind, field: '@odata.count', times: 99 });
    const error: unknown = await gather(connector).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(inspect(error, { depth: null }).replace(/\D/g, '')).not.toContain(CITIZEN.replace('-', ''));
  });

  it('takes no settings without a contact type for CPR numbers', async () => {
    const connector = await open([]);
    const make = (): unknown => createConnector(connector.source, { ...standIn.readerSettings(), cprContactTypes: [] });
    expect(make).toThrow(/cprContactTypes/);
  });
});
