import { danishDay, Dice } from './dice';

const CONTACTS = [
  'Telefonsamtale med borgeren',
  'Fremmøde i Jobcentret',
  'Borgeren skriver i Digital Post',
  'Opkald fra psykolog Signe Rosenørn',
  'Tværfagligt møde, borgeren deltager',
  'Telefonsamtale med Lægerne på H.C. Andersens Plads',
  'Borgeren møder uanmeldt i Borgerservice',
  'Intern drøftelse med afdelingsleder Steen Abel',
];
const EVENTS = [
  'Ida fortæller, at hun sover to-tre timer om natten, og at Viggo kommer ind til hende, når Rasmus larmer.',
  'Rasmus Lindskov har ringet til Ida på arbejdet og råbt. Han er ifølge Ida holdt op i sin behandling for alkohol.',
  'Idas svigermor Inger-Lise er fundet på gaden i nattøj. Politiet kørte hende hjem. Hun er visiteret til plejecenter.',
  'Ida har fået tid hos speciallæge Jørgen Falk Ibsen. Hun er nervøs for, at attesten bliver sendt til hendes mand.',
  'Susanne Poder Kvist fra arbejdspladsen har skrevet en undskyldning. Susanne er selv sygemeldt med depression.',
  'Ditte My Aagaard har opsagt sin stilling. Ditte har over for lederen fortalt, at hun er gravid og har tabt sig.',
  'Ida græder. Hendes bror Torben er indlagt på psykiatrisk afdeling efter et selvmordsforsøg, det tredje på fire år.',
  'Søster Sanne Bjerre Mikkelsen har fået svar på en prøve: der er ikke tegn på tilbagefald af brystkræften.',
  'Alma er begyndt hos skolens psykolog. Ida beder om, at det ikke kommer til at stå i hendes egen sag.',
  'Der er restance på huslejen. Kautionisten, Idas mor Kirsten, er syg og har bedt udlejer vente til den første.',
  'Ida oplyser, at hun og Rasmus er gået fra hinanden, og at han bor hos en ven, Anders Bro, i Hvidmose.',
  'Rasmus har fundet en ny kæreste, Malene Frost Kjeldgaard. Malene venter barn. Børnene har fået det at vide på sms.',
  'Medarbejder i Netto har set Ida græde ved kassen. Hun har ringet til sin veninde Bente Kjær, der hentede hende.',
  'Praktik drøftet. Ida vil gerne arbejde med hænderne. Malermester Torben Kjær har plads fra marts.',
  'Ida er glad for praktikken. Hun har lært at spartle. Jørn fra holdet er ifølge Ida fuld om morgenen.',
  'Der er ved en fejl sendt et brev om Aynur Demirkans ressourceforløb til Ida. Ida har afleveret det uåbnet.',
  'Borgeren ønsker ny rådgiver. Hun mener, at Mads Rønn har talt med hendes tidligere mand om sagen.',
  'Viggo er udredt for ADHD på Hvidmose Sygehus. Ida er lettet, men bekymret for medicinen.',
  'Ida har mødt Piotr Zieliński gennem bilværkstedet. Hun siger, at han ikke bor hos hende.',
  'Nabo Edith Winther har klaget til boligforeningen over børnene. Edith er enke og har dårligt hjerte.',
  'Idas far Erik er faldet. Ida har været på skadestuen med ham hele natten og kunne ikke møde til samtale.',
  'Ida spørger, om hun må tage til Spanien med sin søster. Hun er vejledt om reglerne om ophold i udlandet.',
];
const ASSESSMENTS = [
  'Det vurderes, at borgeren fortsat er uarbejdsdygtig på grund af egen sygdom.',
  'Familiens forhold indgår kun, i det omfang borgeren selv beskriver dem som en belastning.',
  'Der er ikke grundlag for at ændre kategori på nuværende tidspunkt.',
  'Borgeren er vejledt om pligten til at oplyse om ændringer og om retten til at have en bisidder med.',
  'Det er aftalt, at oplysningerne om slægtninge ikke skrives i planen.',
  'Borgeren er enig i vurderingen og har fået referatet læst op.',
  'Borgeren er ikke enig i vurderingen. Hendes bemærkninger er skrevet ind i referatet.',
  'Rådgiver har bedt om en statusattest. Lægen svarer inden for 14 dage.',
];
const NEXT = [
  'Næste opfølgning sker telefonisk om fire uger på 61 08 44 19.',
  'Ny samtale i Jobcentret, lokale 12. Borgeren har bisidder med, veninden Bente Kjær.',
  'Rådgiver kontakter arbejdsgiver, laboratorieleder Jens Ole Rahbek, om delvis raskmelding.',
  'Der sendes kopi til Ydelsescentret, att. Peter Blak. Der sendes ikke kopi til ægtefællens sag.',
  'Sagen tages op på teammøde den følgende mandag.',
  'Borgeren sender selv lønsedler for de seneste tre måneder.',
];
const WRITERS = ['Anne-Mette Friis Hald', 'Mads Rønn', 'Heidi M. Trans', 'Karin Juhl Overby'];

/** The extract of the journal that closes the case: a note about every second week for a year and a half. */
export function journalExtract(): string {
  const dice = new Dice(7);
  const [contact, event, assessment, next, writer] = [
    dice.deal(CONTACTS),
    dice.deal(EVENTS),
    dice.deal(ASSESSMENTS),
    dice.deal(NEXT),
    dice.deal(WRITERS),
  ];
  const notes = Array.from({ length: 60 }, (_, index) =>
    [
      `## ${danishDay('2022-08-24', index * 9 + dice.roll(4))}: ${contact()}`,
      `${event()} ${event()} ${assessment()} ${next()}`,
      `Skrevet af ${writer()}.`,
    ].join('\n'),
  );
  return [
    '# Journaludskrift',
    'Solby Kommune, Jobcenter og Ydelsescenter. Sag 32.30.04-G01-118-22. Ida Bjerre Lindskov, 140486-1216.',
    ...notes,
  ].join('\n\n');
}
