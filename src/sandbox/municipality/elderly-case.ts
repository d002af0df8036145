import type { HeldCase } from '../records/holdings';
import { asParty, employee, ERIK, IDA, MARICEL, SANNE, TORBEN } from './citizens';
import { filed, noted, type Line } from './filing';

const ID = 102;

const LINES: Line[] = [
  ['2024-02-09', 'intern', 'Telefonnotater februar', 'telefonnotater.txt'],
  ['2024-05-28', 'ind', 'Fuldmagt til datter', 'fuldmagt.png'],
  ['2024-06-03', 'ind', 'Ansøgning om plejebolig', 'ansoegning-plejebolig.pdf'],
  ['2024-08-20', 'ind', 'Brev fra søn', 'brev-fra-torben.jpg'],
  ['2024-09-08', 'ind', 'Mail fra datter om fald', 'mail-fra-ida.eml'],
  ['2024-11-22', 'intern', 'Demenskoordinator, hjemmebesøg', 'demenskoordinator.docx'],
  ['2024-12-09', 'ud', 'Afgørelse om plejebolig', 'afgoerelse-plejebolig.pdf'],
  ['2025-02-03', 'intern', 'Døgnrytmeplan', 'doegnrytmeplan.docx'],
  ['2025-03-01', 'intern', 'Medicinliste', 'medicinliste.xlsx'],
  ['2025-03-06', 'intern', 'Plejedagbog uge 10', 'plejedagbog-uge-10.docx'],
  ['2025-03-14', 'intern', 'Referat af pårørendemøde', 'paaroerendemoede.pdf'],
  ['2025-03-17', 'intern', 'Plejedagbog februar-marts', 'plejedagbog.pdf'],
];

/** Open; the father's case, in which Ida is a secondary party. */
export const ELDERLY_CASE: HeldCase = {
  id: ID,
  number: '27.42.08-G01-402-24',
  title: 'Visitation til plejebolig',
  unit: 'Visitationen Ældre',
  openedAt: '2024-02-05',
  parties: [
    ERIK,
    asParty(IDA, 'Datter, fuldmagt', false),
    MARICEL,
    { ...TORBEN, part: 'Søn' },
    { ...SANNE, part: 'Datter' },
    { name: 'Sabrina Wulff', part: 'Steddatter', addressProtected: true },
    employee('Ulla Thastum'),
    employee('Hanne Jo Pedersen', 'Leder'),
    employee('Anne Grethe Holm', 'Medarbejder'),
  ],
  documents: filed(ID, 'plejebolig', LINES),
  notes: noted(ID, [
    [
      '2024-10-04',
      'Ulla Thastum',
      'Politi tilkaldt',
      '<p>Naboen Gerda Skov ringer fra 84 77 31 90: Torben Bjerre råber ad Maricel i haven. Politiet kører ham til afrusning. Ida er orienteret på 61 08 44 19.</p>',
    ],
    [
      '2025-02-10',
      'Hanne Jo Pedersen',
      'Aftale om nøgle og penge',
      '<p>Aftalt med Ida, at Torben ikke får nøgle. Maricel er <i>ikke</i> oplyst om, at Sabrina Wulff har besøgt Erik. Sabrina bor på en hemmelig adresse efter vold fra sin tidligere mand.</p>',
    ],
  ]),
};
