import { describeConformance } from '../../../test/conformance/describe-conformance';
import { FAST, standInRig } from '../../../test/conformance/subject';
import { FhirStandIn } from '../../sandbox/fhir/fhir-stand-in';
import { createConnector } from '../connector-registry';

const NO_CASES = 'A FHIR server has documents of patients, and no cases.';

describeConformance({
  kind: 'fhir',
  open: async ({ cases, caseless }) => {
    const standIn = await new FhirStandIn(cases, caseless).start();
    const source = { id: 'fhir', kind: 'fhir', name: 'sundhedsjournalen (FHIR)', owner: 'Sundhed' };
    const connector = createConnector(source, { ...standIn.readerSettings(), ...FAST });
    return standInRig(standIn, connector, { method: 'POST', path: '/fhir/DocumentReference' });
  },
  lists: ['search', 'documents'],
  essentialFields: [
    ['token', 'access_token'],
    ['search', 'resourceType'],
    ['search', 'id'],
    ['documents', 'resource'],
    ['documents', 'id'],
    ['documents', 'content'],
    ['documents', 'attachment'],
    ['documents', 'url'],
  ],
  notApplicable: {
    'closed-case': NO_CASES,
    'forbidden-case': NO_CASES,
    'secondary-party': 'A document is about one patient; nobody else is a party to it.',
    'journal-notes': 'Notes are documents here like all others, of a type that each server names in its own way.',
  },
});
