import type { HeldCase } from '../records/holdings';
import { ALMA, asParty, employee, IDA, professional, RASMUS, SANNE, TORBEN, VIGGO } from './citizens';
import { filed, noted, type Line } from './filing';

const ID = 101;

const LINES: Line[] = [
  ['2022-08-22', 'ind', 'Ansøgning om sygedagpenge', 'ansoegning.pdf'],
  ['2022-09-01', 'ud', 'Vejledning om rettigheder og pligter', 'rettigheder-og-pligter.pdf'],
  ['2022-11-17', 'ind', 'Lægeattest LÆ 285 med samtykke', 'laegeattest.tif'],
  ['2023-02-06', 'intern', 'Opfølgningssamtale efter sygedagpengelovens § 13 b', 'opfoelgningssamtale.pdf'],
  ['2023-02-28', 'ind', 'Mailtråd om akut bolig', 'akut-bolig.eml'],
  ['2023-05-28', 'ind', 'Påkrav om huslejerestance', 'paakrav-husleje.jpg'],
  ['2023-12-29', 'ud', 'Udbetalinger 2023', 'udbetalinger-2023.pdf'],
  ['2024-01-09', 'ud', 'Afgørelse om ressourceforløb', 'afgoerelse-demirkan.pdf'],
  ['2024-03-12', 'intern', 'Min Plan, opfølgningssamtale nr. 4', 'jobplan.docx'],
  ['2024-03-29', 'intern', 'Mentornotat uge 11-13', 'mentornotat.txt'],
  ['2024-03-04', 'ud', 'Partshøring om ophør af sygedagpenge', 'partshoering-ophoer.pdf'],
  ['2024-03-22', 'ud', 'Afgørelse om ophør af sygedagpenge', 'afgoerelse-ophoer.docx'],
  ['2024-03-28', 'ud', 'Udbetalinger 2024', 'udbetalinger-2024.pdf'],
  ['2024-03-30', 'ind', 'Raskmelding', 'raskmelding.html'],
  ['2024-04-02', 'ind', 'Klage over afgørelse og sagsbehandler', 'klage.docx'],
  ['2024-04-03', 'ud', 'Kvittering for klage', 'kvittering.html'],
  ['2024-04-05', 'intern', 'Logudtræk til aktindsigt', 'systemlog.txt'],
  ['2024-04-30', 'intern', 'Udbetalingsliste april', 'udbetalingsliste.xlsx'],
  ['2024-09-12', 'ind', 'Ankestyrelsens afgørelse', 'ankestyrelsen.pdf'],
  ['2024-09-30', 'intern', 'Journaludskrift ved afslutning', 'journaludskrift.pdf'],
];

/** Closed; Ida is the primary party. One decision is another citizen's and was filed here by mistake. */
export const SICKNESS_CASE: HeldCase = {
  id: ID,
  number: '32.30.04-G01-118-22',
  title: 'Sygedagpenge, opfølgning og ophør',
  unit: 'Ydelsescenter',
  openedAt: '2022-08-22',
  closedAt: '2024-09-30',
  parties: [
    asParty(IDA, 'Borger', true),
    RASMUS,
    ALMA,
    VIGGO,
    SANNE,
    TORBEN,
    employee('Anne-Mette Friis Hald', 'Sagsbehandler', 'amfh@solby.example'),
    employee('Mads Rønn', 'Medarbejder'),
    employee('Steen Abel', 'Leder'),
    professional('Jørgen Falk Ibsen', 'Læge'),
    professional('Signe Rosenørn', 'Psykolog'),
  ],
  documents: filed(ID, 'sygedagpenge', LINES),
  notes: noted(ID, [
    [
      '2023-06-14',
      'Anne-Mette Friis Hald',
      'Telefonnotat: ægtefælle ringer',
      '<p>Rasmus Lindskov (84 51 07 36) ringer og er vred. Han siger, at <b>Ida har stjålet hans medicin</b>. Han er flyttet til Anders Bro i Hvidmose. Oplyst, at vi ikke kan tale med ham om Idas sag.</p>',
    ],
    [
      '2023-09-05',
      'Mads Rønn',
      'Opkald fra søster',
      '<p>Sanne Bjerre Mikkelsen ringer fra 67 19 00 41. Hun er bekymret for sin søster.</p><ul><li>Ida spiser ikke.</li><li>Torben har sovet på trappen i en uge.</li><li>Sanne er selv til kontrol for brystkræft og kan ikke komme.</li></ul>',
    ],
    [
      '2024-03-15',
      'Anne-Mette Friis Hald',
      'Bemærkninger til partshøring',
      '<p>Ida møder op med Bente Kjær som bisidder. Hun siger, at oplysningen om sort arbejde er usand, og at den må komme fra Rasmus.</p><table><tr><td>Modtaget</td><td>Udtalelse fra Sanne Mikkelsen</td></tr><tr><td>Lagt på sagen</td><td>AMFH</td></tr></table>',
    ],
  ]),
};
