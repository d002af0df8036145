import type { HeldCase } from '../records/holdings';
import { asParty, employee, IDA } from './citizens';

type Text = [date: string, direction: 'ind' | 'ud' | 'intern', title: string, lines: string[]];

/** A small case of Ida's own: short letters as plain text, so that the demo stays quick. */
function smallCase(
  facts: Pick<HeldCase, 'id' | 'number' | 'title' | 'unit' | 'openedAt' | 'closedAt'>,
  worker: string,
  texts: Text[],
): HeldCase {
  return {
    ...facts,
    parties: [asParty(IDA, 'Borger', true), employee(worker)],
    documents: texts.map(([date, direction, name, lines], index) => ({
      id: facts.id * 100 + index + 1,
      name,
      number: `${facts.id}-${index + 1}`,
      date,
      direction,
      type: 'Dokument' as const,
      files: [
        {
          id: facts.id * 1000 + index + 1,
          name: `${name}.txt`,
          content: Buffer.from(`${name}\n\n${lines.join('\n')}\n\nVenlig hilsen\n${worker}\n`, 'utf8'),
        },
      ],
    })),
    notes: [],
  };
}

/** KMD Nova: day care, closed. */
export const CHILDCARE_CASE = smallCase(
  {
    id: 301,
    number: 'S2019-00301',
    title: 'Plads i dagtilbud',
    unit: 'Pladsanvisningen',
    openedAt: '2019-02-04',
    closedAt: '2019-05-20',
  },
  'Ditte Malling',
  [
    ['2019-02-04', 'ind', 'Ansøgning om plads', ['Ida Bjerre Lindskov søger en plads fra den 1. juni 2019.']],
    ['2019-05-20', 'ud', 'Tilbud om plads', ['Du får tilbudt en plads i Børnehuset Kastanjen fra den 1. juni 2019.']],
  ],
);

/** WorkZone: a building case. */
export const BUILDING_CASE = smallCase(
  {
    id: 302,
    number: '02.34.02-P19-302-21',
    title: 'Byggetilladelse til skur',
    unit: 'Byg og Miljø',
    openedAt: '2021-03-11',
    closedAt: '2021-04-06',
  },
  'Ruben Holst',
  [['2021-04-06', 'ud', 'Byggetilladelse', ['Du får tilladelse til at opføre et skur på 9 m² ved Kirsebærvænget 14.']]],
);

/** KMD Nexus: rehabilitation after an operation. */
export const REHABILITATION_CASE = smallCase(
  {
    id: 303,
    number: '27.36.12-G01-303-23',
    title: 'Genoptræning',
    unit: 'Træningscentret',
    openedAt: '2023-08-14',
  },
  'Yasmin Aziz',
  [
    [
      '2023-08-14',
      'intern',
      'Plan for genoptræning',
      ['Ida træner to gange om ugen i otte uger efter en knæoperation.'],
    ],
  ],
);

/** KMD Momentum: a contact with the job centre. */
export const JOB_CASE = smallCase(
  {
    id: 304,
    number: '15.20.00-G01-304-24',
    title: 'Kontaktforløb',
    unit: 'Jobcentret',
    openedAt: '2024-10-02',
  },
  'Kim Sand',
  [],
);
JOB_CASE.notes.push({
  id: 30480,
  date: '2024-10-02',
  author: 'Kim Sand',
  title: 'Samtale om deltid',
  html: '<p>Ida vil gerne begynde med 20 timer om ugen. Ny samtale om en måned.</p>',
});

/** What an employee finds by hand in KY, which nobody can ask by machine. */
export const FOUND_BY_HAND = {
  title: 'Bevilling af økonomisk friplads',
  date: '2024-04-29',
  name: 'bevilling.txt',
  bytes: Buffer.from(
    'Bevilling af økonomisk friplads\n\nIda Bjerre Lindskov får friplads fra den 1. maj 2024.\n',
    'utf8',
  ),
};
