import { describeConformance } from '../../../test/conformance/describe-conformance';
import { FAST, standInRig } from '../../../test/conformance/subject';
import { SbsysStandIn } from '../../sandbox/sbsys/standin';
import { createConnector } from '../connector-registry';

describeConformance({
  kind: 'sbsys',
  open: async ({ cases }) => {
    const standIn = await new SbsysStandIn(cases).start();
    const source = { id: 'sbsys', kind: 'sbsys', name: 'vores sagssystem (SBSYS)', owner: 'IT' };
    const connector = createConnector(source, { ...standIn.readerSettings(), ...FAST });
    return standInRig(standIn, connector, { method: 'PUT', path: '/api/sag/1' });
  },
  lists: ['search', 'documents', 'notes'],
  essentialFields: [
    ['token', 'access_token'],
    ['search', 'TotalNumberOfResults'],
    ['search', 'Results'],
    ['search', 'Id'],
    ['case', 'Id'],
    ['parts', 'Navn'],
    ['documents', 'Id'],
    ['documents', 'Filer'],
    ['notes', 'Id'],
  ],
  notApplicable: {
    'caseless-document': 'SBSYS files every document and every journal note on a case.',
  },
});
