import { describeConformance } from '../../../test/conformance/describe-conformance';
import { FAST, standInRig } from '../../../test/conformance/subject';
import { MomentumStandIn } from '../../sandbox/momentum';
import { createConnector } from '../connector-registry';
import { textPage } from '../text-page';

const NO_FILES = 'Momentum gives no files: a task or a note is read with its list, as text.';

describeConformance({
  kind: 'momentum',
  open: async ({ cases }) => {
    const standIn = await new MomentumStandIn(cases).start();
    const source = { id: 'momentum', kind: 'momentum', name: 'jobcentrets system (Momentum)', owner: 'Jobcenter' };
    const connector = createConnector(source, { ...standIn.readerSettings(), ...FAST });
    return standInRig(standIn, connector, { method: 'POST', path: '/api/tasks' });
  },
  lists: ['search', 'documents'],
  files: 'pages',
  essentialFields: [
    ['token', 'access_token'],
    ['search', 'citizenId'],
    ['search', 'totalCount'],
    ['case', 'cpr'],
    ['case', 'name'],
    ['parts', 'totalSearchCount'],
    ['documents', 'totalSearchCount'],
    ['documents', 'id'],
    ['documents', 'title'],
    ['notes', 'id'],
    ['notes', 'body'],
  ],
  givenBytes: (_held, fileName) =>
    textPage({
      title: fileName.replace('.pdf', ''),
      facts: ['2024-01-03'],
      fields: [['Status', 'Gennemført']],
      text: `Se ${fileName}`,
    }),
  notApplicable: {
    'secondary-party': 'A record is about one citizen; nothing finds those where the citizen is only a contact.',
    'caseless-document': 'Momentum keeps every task and every note on a citizen.',
    attachment: 'Tasks and notes hang on no other document, and attachments are not given out.',
    'wrong-size': NO_FILES,
    'large-file': NO_FILES,
    'forbidden-file': NO_FILES,
    'file-gone': NO_FILES,
  },
});
