import { describeConformance } from '../../../test/conformance/describe-conformance';
import { FAST, standInRig } from '../../../test/conformance/subject';
import { AcadreStandIn } from '../../sandbox/acadre';
import { createConnector } from '../connector-registry';

describeConformance({
  kind: 'acadre',
  open: async ({ cases }) => {
    const standIn = await new AcadreStandIn(cases).start();
    const source = { id: 'acadre', kind: 'acadre', name: 'vores sagssystem (Acadre)', owner: 'IT' };
    const connector = createConnector(source, { ...standIn.readerSettings(), ...FAST });
    return standInRig(standIn, connector, { method: 'POST', path: '/PWS/AcadreService7.asmx' });
  },
  lists: ['search', 'documents', 'notes'],
  essentialFields: [
    ['states', 'Literal'],
    ['search', 'Id'],
    ['search', 'CaseFileIdentifier'],
    ['case', 'CaseFileIdentifier'],
    ['case', 'CaseFileTitleText'],
    ['case', 'CaseFileStatusCode'],
    ['documents', 'DocumentIdentifier'],
    ['documents', 'DocumentTitleText'],
    ['documents', 'VersionNumber'],
    ['notes', 'MemoIdentifier'],
    ['notes', 'MemoFileReference'],
  ],
  notApplicable: {
    'caseless-document': 'Acadre files every document and every note on a case.',
    'wrong-size': 'A version of a document states no size in Acadre, and the envelope has none of its own.',
  },
});
