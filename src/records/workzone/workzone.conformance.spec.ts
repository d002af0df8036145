import { describeConformance } from '../../../test/conformance/describe-conformance';
import { FAST, standInRig } from '../../../test/conformance/subject';
import { WorkZoneStandIn } from '../../sandbox/workzone';
import { createConnector } from '../connector-registry';

describeConformance({
  kind: 'workzone',
  open: async ({ cases, caseless }) => {
    const standIn = await new WorkZoneStandIn(cases, caseless).start();
    const source = { id: 'workzone', kind: 'workzone', name: 'vores sagssystem (WorkZone)', owner: 'IT' };
    const connector = createConnector(source, { ...standIn.readerSettings(), ...FAST });
    return standInRig(standIn, connector, { method: 'POST', path: '/odata/Files' });
  },
  lists: ['search', 'parts', 'documents'],
  essentialFields: [
    ['token', 'access_token'],
    ['search', 'value'],
    ['search', '@odata.count'],
    ['search', 'ID'],
    ['parts', 'FileKey_Value'],
    ['parts', 'Name'],
    ['case', 'ID'],
    ['case', 'Title'],
    ['documents', '@odata.count'],
    ['documents', 'Title'],
    ['documents', 'RecordType_Value'],
    ['documents', 'SuggestedFileName'],
  ],
});
