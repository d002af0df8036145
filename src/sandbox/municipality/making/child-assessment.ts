const SECTIONS: [heading: string, ...paragraphs: string[]][] = [
  [
    'Anledning',
    'Undersøgelsen er sat i gang den 21. oktober 2024 efter barnets lov § 20. Kommunen har modtaget to underretninger. Den ene kom fra skolen ved lærer Rikke Sand den 3. september. Den anden blev givet telefonisk den 9. oktober af Gudrun Tofte, der bor i stuen i samme opgang, og som har bedt om at være anonym.',
    'Ida Bjerre Lindskov har den 7. oktober selv opsøgt krisecentret i Rugmarken efter et skænderi. Hun tog hjem samme aften.',
  ],
  [
    'Børnenes udvikling og adfærd',
    'Alma er ti år. Hun er dygtig i skolen, men hun passer på alle andre. Lærer Signe Holm beskriver, at Alma altid spørger, om hendes bror er kommet godt ind i klassen. Alma har få venner. Alberte og Vera trak sig i foråret efter en fødselsdag, som Alma ikke blev inviteret til. Albertes mor, Mette Storm-Larsen, har over for skolen beklaget det; hun er selv midt i en skilsmisse.',
    'Viggo er syv år. Han har ADHD og er i behandling. Han bliver vred, når der er larm, og han har slået Noah Agerskov fra parallelklassen to gange. Efter weekender hos sin far tisser han i bukserne. Psykolog Anne-Mette Skov har fundet en jævn profil og anbefaler fast voksenstøtte.',
  ],
  [
    'Familieforhold',
    'Forældrene blev gift i 2013 og gik fra hinanden i sommeren 2023. De har fælles forældremyndighed. Børnene bor hos deres mor på Kirsebærvænget 14.',
    'Rasmus Thorup Lindskov bor på Gl. Møllevej 4 i Hvidmose med Malene Frost Kjeldgaard, datteren Vilma og Malenes datter Juni. Rasmus har været afhængig af alkohol siden 2016 og har to gange været indlagt til afrusning. Han har mistet kørekortet. Malene har haft en fødselsdepression efter Vilmas fødsel og er i behandling hos læge Lone Winther.',
    'Moren har siden foråret 2024 haft et forhold til Piotr Adam Zieliński. Han har værelse hos Hans-Werner Kranz i Hvidmose, men er der sjældent. Hans datter Lena på ti år bor hos ham hver anden uge; Lena stammer og går til talepædagog.',
  ],
  [
    'Morens egne forhold',
    'Ida voksede op i Sdr. Rind. Hendes mor, Kirsten Ladefoged Bjerre, har en bipolar lidelse og har fået elektrochok otte gange. Hendes far, Erik Holst Bjerre, er dement og bor i eget hjem med sin anden kone, Maricel. En onkel tog sit eget liv i 1998.',
    'Idas søster Sanne har haft brystkræft og bærer et arveligt gen. Sannes datter Ronja på 22 år bærer det også. Ida er blevet tilbudt en test, som hun ikke ønsker. Broderen Torben drikker og har været indlagt efter selvmordsforsøg. Han sover af og til på Idas trappe.',
    'Ida har været sygemeldt med depression og smerter fra august 2022 til marts 2024. Hun er nu i praktik på biblioteket. Hun fremtræder samarbejdende, træt og ærlig om, hvad hun ikke magter.',
  ],
  [
    'Skole og dagtilbud',
    'Solby Skole oplyser, at Viggo har 14 fraværsdage, og at Alma har to. SFO-leder Lone Due fortæller, at børnene ofte bliver hentet sent. Pædagog Dorthe Vang fra Børnehuset Astrid Lindgren kendte Viggo fra 2020 til 2023 og beskriver ham som et barn, der lytter efter lyde.',
    'Noahs mor, Mette Agerskov, har truet med at melde Viggo til politiet. Hun er sygemeldt og i skilsmisse. Skolen har talt med hende uden at nævne andre børn.',
  ],
  [
    'Sundhed',
    'Egen læge Lone Winther oplyser, at Alma er rask, og at der er bestilt høreprøve. Viggo tager methylphenidat og har tabt sig to kilo. Tandlægen oplyser, at Alma udeblev to gange i 2022, og at en fejl i journalen er rettet.',
    'Sundhedsplejerske Birgit Overgaard har besøgt hjemmet to gange. Der var rent, og der var mad. Børnene deler værelse. Alma sover nærmest døren.',
  ],
  [
    'Fritid og venskaber',
    'Viggo går til fodbold hos træner Brian. Han er glad for det, når Piotr kører ham. Alma vil gerne synge i kor, men tør ikke gå alene.',
    'Venskabsfamilien Grete og Finn Vang-Larsen har tilbudt en weekend om måneden. Grete har gigt, og Finn kører.',
  ],
  [
    'Samtaler med børnene',
    'Alma siger, at mor er sød, men træt, og at far har rystet på hænderne. Hun er bange for at sige noget forkert, så nogen bliver flyttet. Hun vil ikke have, at far får at vide, at hun har fortalt om flaskerne i garagen.',
    'Viggo tegner et hus med to døre. Han siger, at den ene er til, når der bliver råbt. Han siger, at Malene ikke kan lide ham, og at Juni bestemmer.',
  ],
  [
    'Samtaler med forældrene',
    'Ida Lindskov siger, at hun har brug for hjælp om eftermiddagen og om natten. Hun mener, at underretningerne er chikane fra opgangen. Hun vil gerne samarbejde, men ikke med Mads Rønn.',
    'Rasmus Lindskov siger, at han elsker sine børn, og at han skammer sig. Han fortæller om sin far Aksels vold og om sin bror Frodes fængselsdom. Han er ikke tryg ved Piotr Zieliński, som har været involveret i et slagsmål på havnen i april.',
  ],
  [
    'Faglig vurdering',
    'Begge børn har været vidner til konflikter og alkohol. Alma har påtaget sig en voksenrolle. Viggo reagerer med uro. Moren er den stabile voksne, men hun er presset af sygdom i sin egen familie, af økonomi og af konflikten med faren.',
    'Det er en ressource, at Ida søger hjælp, at Piotr Zieliński er villig til at deltage, at skolen kender børnene godt, og at mosteren Sanne vil støtte, når hun er færdig med sin behandling.',
    'Det vurderes, at der er behov for støtte efter barnets lov § 32: familiebehandling i hjemmet, fast kontaktperson til Viggo og overvåget samvær, indtil farens behandling er stabil.',
  ],
  [
    'Forældrenes bemærkninger',
    'Ida: "Jeg er glad for, at der står, at jeg prøver. Jeg vil gerne have rettet, at jeg drikker vin om formiddagen. Det gør jeg ikke, og jeg ved godt, hvem der har sagt det."',
    'Rasmus: "Jeg vil ikke have, at der står noget om Frode."',
  ],
];

/** An assessment of two children; every section begins a page, as the form has it. */
export function childAssessment(): string {
  const head = [
    '# Børnefaglig undersøgelse efter barnets lov § 20',
    'Solby Kommune, Familieafdelingen. Sag 27.24.00-G01-77-24\nBørn: Alma Bjerre Lindskov, 170514-5512, og Viggo Bjerre Lindskov, 040917-7733\nForældre: Ida Bjerre Lindskov, 140486-1216, og Rasmus Thorup Lindskov, 091184-2219\nSagsbehandler: Trine Bech Vestergaard. Afsluttet den 17. januar 2025',
  ].join('\n\n');
  const pages = SECTIONS.map(([heading, ...paragraphs], index) =>
    [`## ${index + 1}. ${heading}`, ...paragraphs].join('\n\n'),
  );
  return [`${head}\n\n${pages[0]}`, ...pages.slice(1)].join('\n\n---\n\n');
}
