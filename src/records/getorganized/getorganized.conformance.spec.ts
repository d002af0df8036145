import { describeConformance } from '../../../test/conformance/describe-conformance';
import { FAST, standInRig } from '../../../test/conformance/subject';
import { GetOrganizedStandIn } from '../../sandbox/getorganized/getorganized-stand-in';
import { createConnector } from '../connector-registry';

const { pageSize: _unset, ...HTTP } = FAST;
const NO_COUNT = 'GetOrganized states no counts: neither its search nor its lists say how many there are.';

describeConformance({
  kind: 'getorganized',
  open: async ({ cases }) => {
    const standIn = await new GetOrganizedStandIn(cases).start();
    const source = { id: 'go', kind: 'getorganized', name: 'vores sagssystem (GetOrganized)', owner: 'IT' };
    const connector = createConnector(source, { ...standIn.readerSettings(), ...HTTP });
    return standInRig(standIn, connector, { method: 'POST', path: '/_goapi/Documents/AddToCase' });
  },
  lists: ['search', 'documents'],
  essentialFields: [
    ['search', 'CasesInfo'],
    ['search', 'CaseID'],
    ['case', 'Metadata'],
    ['case', 'ows_CaseUrl'],
    ['documents', 'Row'],
    ['documents', 'DocID'],
    ['documents', 'FileLeafRef.Name'],
  ],
  notApplicable: {
    'caseless-document': 'GetOrganized keeps every document in the library of a case.',
    'journal-notes': 'GetOrganized keeps notes as documents in the library of the case.',
    claims: NO_COUNT,
    'count-mismatch': NO_COUNT,
  },
});
