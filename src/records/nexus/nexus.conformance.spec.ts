import { describeConformance } from '../../../test/conformance/describe-conformance';
import { FAST, standInRig } from '../../../test/conformance/subject';
import { NexusStandIn } from '../../sandbox/nexus';
import { createConnector } from '../connector-registry';

const { pageSize: _givenByNexus, ...PATIENCE } = FAST;

describeConformance({
  kind: 'nexus',
  open: async ({ cases, caseless }) => {
    const standIn = await new NexusStandIn(cases, caseless).start();
    const source = { id: 'nexus', kind: 'nexus', name: 'omsorgssystemet (Nexus)', owner: 'Sundhed og omsorg' };
    const connector = createConnector(source, { ...standIn.readerSettings(), ...PATIENCE });
    return standInRig(standIn, connector, { method: 'PUT', path: '/api/core/mobile/solby/v2/patientPathways/1' });
  },
  lists: ['search', 'documents'],
  essentialFields: [
    ['token', 'access_token'],
    ['states', '_links'],
    ['search', 'isPatientAccessible'],
    ['search', 'CITIZEN_PATHWAY'],
    ['search', 'type'],
    ['search', 'children'],
    ['documents', 'type'],
    ['caseless', 'totalItems'],
    ['caseless', 'pages'],
  ],
  notApplicable: {
    'secondary-party': 'A record is about one citizen; nothing finds those where the citizen is only a relative.',
    attachment: 'Nexus hangs a document on a pathway and never on another document.',
    'wrong-size': 'A document of Nexus states no size; only the length of the answer can be held to it.',
  },
});
