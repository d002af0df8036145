import { describeConformance } from '../../../test/conformance/describe-conformance';
import { FAST, standInRig } from '../../../test/conformance/subject';
import { F2StandIn } from '../../sandbox/f2/f2-stand-in';
import { createConnector } from '../connector-registry';

const { pageSize: _unpaged, ...HTTP } = FAST;
const NO_COUNT = 'F2 states no counts: neither its searches nor the structure of a case say how many there are.';

describeConformance({
  kind: 'f2',
  open: async ({ cases, caseless }) => {
    const standIn = await new F2StandIn(cases, caseless).start();
    const source = { id: 'f2', kind: 'f2', name: 'vores sagssystem (F2)', owner: 'IT' };
    const connector = createConnector(source, { ...standIn.readerSettings(), ...HTTP });
    return standInRig(standIn, connector, { method: 'POST', path: '/f2/main/rest/c/1/new' });
  },
  lists: ['search', 'caseless', 'documents', 'notes'],
  essentialFields: [
    ['states', 'href'],
    ['token', 'access_token'],
    ['search', 'Id'],
    ['search', 'alternate'],
    ['case', 'Id'],
    ['case', 'Link'],
    ['documents', 'Id'],
    ['documents', 'Link'],
    ['parts', 'Id'],
    ['notes', 'Id'],
    ['notes', 'Link'],
  ],
  notApplicable: {
    claims: NO_COUNT,
    'count-mismatch': NO_COUNT,
    attachment: 'F2 keeps the documents of a matter side by side; the matter is what holds them together.',
  },
});
