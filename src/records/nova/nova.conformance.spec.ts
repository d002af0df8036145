import { describeConformance } from '../../../test/conformance/describe-conformance';
import { FAST, standInRig } from '../../../test/conformance/subject';
import { NovaStandIn } from '../../sandbox/nova/nova-stand-in';
import { createConnector } from '../connector-registry';

describeConformance({
  kind: 'nova',
  open: async ({ cases }) => {
    const standIn = await new NovaStandIn(cases).start();
    const source = { id: 'nova', kind: 'nova', name: 'vores sagssystem (KMD Nova)', owner: 'IT' };
    const connector = createConnector(source, { ...standIn.readerSettings(), ...FAST });
    return standInRig(standIn, connector, { method: 'POST', path: '/api/Case/Import' });
  },
  lists: ['search', 'documents', 'notes'],
  health: 'search',
  essentialFields: [
    ['token', 'access_token'],
    ['search', 'numberOfRows'],
    ['search', 'cases'],
    ['search', 'uuid'],
    ['search', 'caseParties'],
    ['search', 'participantRole'],
    ['search', 'progressState'],
    ['documents', 'documents'],
    ['documents', 'documentUuid'],
    ['notes', 'journalNotes'],
    ['notes', 'note'],
  ],
  notApplicable: {
    'caseless-document': 'Nova files every document and every journal note on a case.',
    attachment: "Nova's list does not say which document another one is attached to.",
    'wrong-size':
      'Nova states no size of a file, so that there is nothing to compare with but the length of the answer.',
  },
});
