import type { HeldCase } from '../records/holdings';
import { ALMA, asParty, employee, GUDRUN, IDA, professional, RASMUS, VIGGO } from './citizens';
import { filed, noted, type Line } from './filing';

const ID = 201;

const LINES: Line[] = [
  ['2024-03-06', 'ind', 'Aula, udskrift af tråd', 'aula-traad.html'],
  ['2024-04-09', 'ind', 'Udskrift af anmeldelsesrapport', 'politirapport.tif'],
  ['2024-04-17', 'ud', 'Partshøring om børnetilskud og friplads', 'partshoering-friplads.pdf'],
  ['2024-09-26', 'ind', 'Tandplejejournal', 'tandplejejournal.txt'],
  ['2024-10-10', 'ind', 'Underretning', 'underretning.pdf'],
  ['2024-10-28', 'ind', 'PPR-vurdering', 'ppr-vurdering.pdf'],
  ['2024-11-01', 'intern', 'Stamdata til børnefaglig undersøgelse', 'stamdata.docx'],
  ['2024-11-19', 'intern', 'Referat af netværksmøde', 'netvaerksmoede.docx'],
  ['2024-12-11', 'ind', 'Brev fra nabo om støj', 'nabobrev.png'],
  ['2024-12-12', 'intern', 'Børnesamtale', 'boernesamtale.pdf'],
  ['2024-12-30', 'intern', 'Økonomi, børnebidrag', 'oekonomi.xlsx'],
  ['2025-01-17', 'intern', 'Børnefaglig undersøgelse', 'boernefaglig-undersoegelse.pdf'],
  ['2025-01-17', 'ind', 'Mail fra far', 'mail-familieraadgiver.eml'],
  ['2025-02-03', 'ud', 'Afgørelse om støtte i hjemmet', 'afgoerelse-stoette.pdf'],
  ['2025-02-10', 'intern', 'Barnets plan', 'handleplan.docx'],
  ['2025-05-24', 'intern', 'Log over overvåget samvær', 'samvaerslog.pdf'],
];

/** Open, in the shared archive's export; Ida is the primary party, and a notifier asks to be anonymous. */
export const FAMILY_CASE: HeldCase = {
  id: ID,
  number: '27.24.00-G01-77-24',
  title: 'Støtte til familien',
  unit: 'Familieafdelingen',
  openedAt: '2024-03-06',
  parties: [
    asParty(IDA, 'Forælder', true),
    RASMUS,
    ALMA,
    VIGGO,
    GUDRUN,
    {
      name: 'Malene Frost Kjeldgaard',
      part: 'Tidligere ægtefælles samlever',
      cpr: '230890-3374',
      address: RASMUS.address,
    },
    { name: 'Piotr Adam Zieliński', part: 'Kæreste', cpr: '110685-3813', phone: '94 03 71 28' },
    employee('Trine Bech Vestergaard', 'Sagsbehandler', 'tbv@solby.example'),
    employee('Steen Abel', 'Leder'),
    employee('Rikke Sand', 'Medarbejder'),
    professional('Lone Winther', 'Læge'),
    professional('Anne-Mette Skov', 'Psykolog'),
  ],
  documents: filed(ID, 'familie', LINES),
  notes: noted(ID, [
    [
      '2024-10-10',
      'Trine Bech Vestergaard',
      'Vurdering inden 24 timer',
      '<p>Ikke akut. Underretter Gudrun Tofte er ringet op. Hun gentager, at hun vil være anonym.</p>',
    ],
    [
      '2025-01-08',
      'Trine Bech Vestergaard',
      'Samtale med far',
      '<p>Rasmus Lindskov møder sammen med Malene. Han har haft tilbagefald i julen og er indlagt til afrusning. Malene overvejer at flytte til sin mor i Nyrup. Rasmus spørger, om Ida har drukket; det svares der ikke på.</p>',
    ],
  ]),
};
