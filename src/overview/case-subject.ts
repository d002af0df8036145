/** Main groups of KLE (KL Emnesystematik), the municipalities' common subject list, in words for citizens. */
const AREAS: Readonly<Record<string, string>> = {
  '00': 'Kommunens styrelse',
  '01': 'Planlægning og natur',
  '02': 'Byggeri',
  '03': 'Bolig',
  '04': 'Parker og idrætsanlæg',
  '05': 'Veje og trafik',
  '06': 'Spildevand og vandløb',
  '07': 'Affald og genbrug',
  '08': 'Havne og lufthavne',
  '09': 'Miljø',
  '13': 'Forsyning',
  '14': 'Beredskab',
  '15': 'Arbejde og beskæftigelse',
  '17': 'Skole',
  '18': 'Folkeoplysning og ungdomsskole',
  '19': 'Museer og arkiver',
  '20': 'Kultur',
  '21': 'Bibliotek',
  '22': 'Tilladelser til erhverv',
  '23': 'Borgerservice',
  '24': 'Erhverv',
  '25': 'Skat',
  '27': 'Hjælp, pleje og støtte',
  '28': 'Dagtilbud',
  '29': 'Sundhed',
  '30': 'Andre myndigheders opgaver',
  '32': 'Pension og ydelser',
  '34': 'Børn og unge',
  '54': 'Uddannelse',
  '81': 'Ansættelse i kommunen',
  '82': 'Kommunens ejendomme',
  '84': 'Valg',
};

/** Usual subjects; the longest number that fits wins. The sources' own titles hold names and CPR numbers and are not shown. */
const SUBJECTS: Readonly<Record<string, string>> = {
  '05.09': 'Parkering',
  '05.14': 'Brug af vejareal',
  '15.20': 'Beskæftigelsesindsats',
  '17.03': 'Specialundervisning',
  '23.05': 'Folkeregistrering',
  '23.09': 'Pas og legitimation',
  '27.12': 'Forebyggelse og rådgivning',
  '27.24': 'Støtte til børn og familier',
  '27.34': 'Ældrepleje',
  '27.36': 'Personlig hjælp og pleje',
  '27.42': 'Plejebolig',
  '27.60': 'Hjælpemidler og boligindretning',
  '32.03': 'Pension',
  '32.06': 'Boligstøtte',
  '32.10': 'Børnetilskud',
  '32.12': 'Børne- og ungeydelse',
  '32.15': 'Børne- og ægtefællebidrag',
  '32.21': 'Hjælp i særlige tilfælde',
  '32.24': 'Kontanthjælp',
  '32.30': 'Sygedagpenge og barsel',
};

export const OTHER_AREA = 'Andre sager';

/** The main groups of KLE with their names, in the order of their numbers. */
export const KLE_AREAS: readonly { number: string; name: string }[] = Object.entries(AREAS)
  .map(([number, name]) => ({ number, name }))
  .sort((a, b) => a.number.localeCompare(b.number));

/** The area of a KLE subject (`32.30.04`) in words. */
export function areaOf(kle: string | undefined): string {
  return AREAS[kle?.slice(0, 2) ?? ''] ?? OTHER_AREA;
}

/** What a case is about, in words that say nothing of persons: the subject, else the area. */
export function subjectOf(kle: string | undefined): string {
  const area = areaOf(kle);
  return SUBJECTS[kle?.slice(0, 5) ?? ''] ?? (area === OTHER_AREA ? 'Sag uden oplyst emne' : `Sag om ${lower(area)}`);
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
