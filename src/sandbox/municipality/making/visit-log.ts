import { danishDay, Dice } from './dice';

const SCENES = [
  'Rasmus Lindskov møder til tiden. Han har rystende hænder og drikker tre glas vand. Han spørger, om Ida har sagt noget om ham.',
  'Viggo løber direkte hen til legetøjskassen og svarer ikke. Rasmus sætter sig på gulvet og bygger en bro. Viggo bygger med.',
  'Alma holder sig tæt ved overvågeren. Hun vil ikke tale om skolen. Hun spørger, hvornår det er slut.',
  'Rasmus siger: "Er Peter stadig hos jer om natten?" Overvågeren afbryder og minder om aftalen.',
  'Rasmus viser et billede af Vilma. Alma siger, at Vilma ligner Juni. Juni er Malenes datter og går i skolen med Alma.',
  'Viggo fortæller, at mormor Kirsten er på hospitalet, og at hun får strøm i hovedet. Rasmus ser væk.',
  'Rasmus begynder at græde. Han siger, at hans egen far slog ham, og at hans bror Frode er i fængsel. Børnene bliver stille.',
  'Malene Frost Kjeldgaard venter i bilen. Hun ringer to gange i løbet af besøget, og Rasmus går ud i gangen.',
  'Der er kage. Viggo taber sin og bliver bange. Rasmus siger roligt, at det ikke gør noget.',
  'Alma spørger, om far stadig tager medicinen mod øl. Rasmus siger ja og viser æsken.',
  'Børnene fortæller om onkel Torben, der sover på trappen. Rasmus siger, at han vil ringe til kommunen om det.',
  'En anden familie går gennem rummet. Hr. Lindhardt hilser på Viggo, de kender hinanden fra fodbold.',
];
const AFTER = [
  'Vurdering: Samværet forløb roligt. Rasmus kunne rettes og tog imod det.',
  'Vurdering: Alma var anspændt hele besøget. Det bør drøftes med Ida Lindskov og skolen.',
  'Vurdering: Rasmus virkede påvirket af søvnmangel. Der blev ikke lugtet alkohol.',
  'Vurdering: Viggo søgte sin far tre gange af sig selv. Det er nyt.',
];

/** Eight supervised visits, a page each. */
export function visitLog(): string {
  const dice = new Dice(31);
  const [scene, after] = [dice.deal(SCENES), dice.deal(AFTER)];
  const visits = Array.from({ length: 8 }, (_, nth) =>
    [
      `# Overvåget samvær nr. ${nth + 1}`,
      `Familiehuset, ${danishDay('2025-02-15', nth * 14)} kl. 10-12. Sag 27.24.00-G01-77-24\nSamværsforælder: Rasmus Thorup Lindskov (091184-2219). Børn: Alma (170514-5512) og Viggo (040917-7733).\nOvervåger: Charlotte Lindholt`,
      ...['10.00', '10.20', '10.45', '11.05', '11.30'].map((time) => `Kl. ${time}. ${scene()}`),
      after(),
      'Afsked kl. 12. Ida Lindskov henter børnene ved bagindgangen. Piotr Zieliński holder i sin varevogn, CX 62 415, på den anden side af vejen.',
    ].join('\n\n'),
  );
  return visits.join('\n\n---\n\n');
}
