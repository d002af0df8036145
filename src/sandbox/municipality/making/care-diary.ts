import { danishDay, Dice } from './dice';

const MORNING = [
  'Erik er oppe klokken syv og spiser havregrød. Han spørger efter Kirsten, som han blev skilt fra i 1994.',
  'Erik vil ikke i bad. Han tror, at Bente har taget hans ur. Uret ligger i jakken.',
  'Erik er svimmel. Blodtryk 148 over 82. Sygeplejerske Dorte Kjær er orienteret, og lægen ringer tilbage.',
  'Erik er i godt humør og fortæller om brevduer. Broderen Ejnar havde 40, siger han.',
  'Erik har ligget skævt og har ondt i hoften. Han får to Panodil og kommer op klokken ni.',
  'Erik har taget fru Olsens briller på. Fru Olsen er meget dement og græder. Brillerne er givet tilbage.',
  'Medicin fra apoteket manglede. I posen lå piller til Per Olsen, som ikke bor her. Returneret, hændelsen er indberettet.',
];
const AFTERNOON = [
  'Datteren Ida er på besøg med Viggo. Viggo er urolig og løber på gangen. Ida undskylder, han har fået ny medicin.',
  'Maricel kommer klokken tre. Hun har været til stråler og er træt, men vil ikke have, at Erik får det at vide.',
  'Sønnen Torben står ved døren og lugter af alkohol. Han bliver vist ud igen efter aftale med datteren.',
  'Ida ringer. Hun spørger, om hendes far spiser. Hun fortæller, at hun selv er blevet raskmeldt mod sin vilje.',
  'Hr. Bjerg fra bolig 9 inviterer på kaffe. Hr. Bjergs søn kommer og klager over, at Erik går ind til hans far.',
  'Besøg af Gerda Skov, gammel nabo. Hun siger, at Torben har solgt græsslåmaskinen og nu skylder penge væk.',
  'Svigerdatteren Nok hjælper med badet. Hun er bange for at blive sendt ud af landet i februar.',
  'Præst Liv Ravn holder andagt. Dagny fra bolig 7 deltager ikke, hun har MRSA.',
];
const NIGHT = [
  'Rolig nat. Tilset klokken 1, 3 og 5.',
  'Urolig. Fundet klokken 3.10 i hr. Bjergs bolig. Hr. Bjerg trak i alarmen og blev bange.',
  'Døralarmen går to gange. Erik vil hjem og fodre. Han falder til ro med te.',
  'Ringet seks gange. Siger, at Dagny stjæler hans pebermynter. Dagny er sengeliggende.',
  'Faldet ved sengen klokken 4. Ingen skade. Datteren Ida får besked om morgenen på 61 08 44 19.',
  'Sover hele natten. Marites har sat en lampe ved toilettet.',
];
const STAFF = ['MSP', 'Bente', 'DKJ', 'Tuyet'];

/** Six weeks of a nursing home's diary. */
export function careDiary(): string {
  const dice = new Dice(19);
  const [morning, afternoon, night, staff] = [MORNING, AFTERNOON, NIGHT, STAFF].map((cards) => dice.deal(cards));
  const days = Array.from({ length: 42 }, (_, day) =>
    [
      `## ${danishDay('2025-02-03', day)}`,
      `Dagvagt: ${morning()} /${staff()}`,
      `Aftenvagt: ${afternoon()} /${staff()}`,
      `Nattevagt: ${night()} /${staff()}`,
    ].join('\n\n'),
  );
  return [
    '# Dagbog, Plejecenter Bøgelunden, bolig 12',
    'Beboer: Erik Holst Bjerre, 270241-0313. Kontaktperson: Marites S. P. Pårørende: Ida (datter) 61 08 44 19, Maricel (hustru).',
    ...days,
  ].join('\n\n');
}
