import type { SpanType } from '../contracts';

/** Own lists of word beginnings (`dement` also stands for `demens`, `demente`) that speak of sensitive matters. */

const stems = (words: string): string => words.trim().split(/\s+/).join('|');

const HEALTH = stems(`
  syg sygdom sygemeld sygmeld syge?dom depress angst ptsd adhd autis asperger diabet sukkersyge sukker kræft cancer leukæm mammae hepatis kemo stråle
  dement demens alzheimer parkinson sklerose epilep skizo psykose psykotisk psykiat psykisk psykolog\\b bipolar maniodepressiv borderline
  misbrug alkohol drikker drukken drak drukket druk fuld\\b spiritus ludoman metadon antabus ritalin concerta medicin medicineres pille nervepille
  sovemedicin antidepressiv angstmedicin storryger ryger\\b lykkepille marevan insulin metformin melatonin pacemaker hjertefejl hjerteoperation hjerteproblem blodprop blodtryk hjerneblødning
  slagtilfælde apopleksi astma kol\\b lungekræft inhalator allerg nøddeallergi epi-pen gravid graviditet venter abort barsel fødselsdepression indlagt indlæggelse
  operer nyoperer operation hofte knæoperation diskusprolaps gigt reuma leddegigt fibromyalgi blind svagtseende nærsynet døv høreapparat hørenedsæt ordblind
  stammer handicap kørestol rollator brækk brækket fraktur gips selvmord suicid eget\\sliv hiv hepatitis mrsa tuberkul tb igra smitte herpes klamydia
  diagnos udred terapi stress udbrændt søvnløs stent kateter dialyse nyresvigt leversvigt cirrose brystkræft lungecancer migræne spiseforstyr anoreksi bulimi
  nervesvækket sammenbrud transplant levertransplant immunsuppr protese amputer infektion lungebetændelse forkølet feber influenza udslæt eksem sengevæder polio
  skærer selvskade cutter delirium abstinens afrus overdosis benzo rehabiliter genoptræn palliativ terminal bækkenløsning blodprøve scanning mr-skanning
  kolonoskopi polyp recidiv metastas brca mamma ect demenssyg senil hukommelse hjerneskade sygeplejekrævende nødkald sondemad børnepsyk
  slag\\b høreprøve vægtkurve tisse blødt?e\\b næseblod hjerte hængning drukner? brca inhalator epilepsi katarakt demen[st] dårligt\\shjerte ser\\sdårligt hører\\sdårligt
  sover\\sdårligt f\\d\\d\\.\\d selvmordstru psyk\\b bipolær tvangsindlæg tvangsfjern alkoholiker narkoman misbruger tåler gået?\\sned flaget nedtrykt
`);
const CRIMINAL = stems(`
  dom\\b domfæld dømt afsagt slagsmål skubbet straffet straffedom straffeattest betinget ubetinget fængsel fængslet arrest varetægt afsoner afsoning fodlænke siddet\\sinde sidder\\sinde sad\\sinde
  sigtet sigtelse tiltal anholdt voldelig vold\\b voldtægt incest blufærdig krænkel truer truet trusler hash\\b kokain amfetamin heroin stoffer narko
  sælger bedrageri bedrag underslæb tyveri stjål stjæl røveri indbrud hæleri hærværk spritkørsel promille pustede kørekort frakendt frataget bøde politibøde
  sidder\\si\\s(?:nyborg|horserød|vestre|enner|vridsløse|herstedvester|kragskovhede|jyderup|renbæk|møgelkær|sdr\\.?\\somme|nr\\.?\\ssnede|ringe|storstrøm|fængsel)
  slået\\b stjålet hæler truede dealer pusher løsladt varetægtsfængslet anmeldt politianmeld slår\\b slog\\b slået tæsk kniv\\b våben rocker bande\\b bandemedlem behandlingsdom sort\\sarbejde snyd socialt\\sbedrageri tilhold polititilhold eufori
`);
const FINANCE = stems(`
  gæld gældssanering kontanthjælp dagpenge sygedagpenge førtidspension folkepension efterløn uddannelseshjælp ressourceforløb boligstøtte boligsikring
  lønindehold lønindkomst løn\\b indkomst konkurs restance rykker rki skylder inkasso formue arbejdsløs ledig\\b udpantning kaution
  indtægt rykkere saldo trækprocent bidragsrestance kassekredit formuende fallit børnebidrag fogedret tvangsauktion depositum udlæg lån\\b låner kviklån studielån ruineret tilgodehavende insolvent opsparing
`);
const RELIGION = stems(
  'muslim islam hindu buddhis katolik katolsk jøde jødisk jehovas moske mosk indre\\smission pinsekirke ramadan kristen ortodoks ateist imam mormon sikh',
);
const ETHNICITY = stems(`
  polak somali rumæn tyrk kurd tamil filippin ungar islænding litau lett est(?:er|isk)\\b ukrain russ syrer syrisk irak iran afghan pakistan
  vietnames kines thai romani roma\\b sigøjner grønlænd færing bosn serb kroat alban palæst arab afrikan opholdstilladelse opholdsgrundlag visum asyl flygtning
  familiesammenfør statsborgerskab tålt\\sophold udvis finsk finne
`);

const pattern = (alternatives: string): string => `(?:${alternatives})[\\p{L}-]{0,25}`;

export interface SensitiveKind {
  type: SpanType;
  words: RegExp;
}

/** In the order in which they win when one word fits several. */
export const SENSITIVE_KINDS: readonly SensitiveKind[] = (
  [
    ['CRIMINAL', CRIMINAL],
    ['FINANCE', FINANCE],
    ['HEALTH', HEALTH],
    ['RELIGION', RELIGION],
    ['ETHNICITY', ETHNICITY],
  ] as const
).map(([type, alternatives]) => ({ type, words: new RegExp(`(?<![\\p{L}\\p{N}-])${pattern(alternatives)}`, 'gu') }));

/** An amount of money. */
export const AMOUNT =
  /(?<![\p{L}\p{N}.,/-])(?:kr\.? ?\d{1,3}(?:[.]\d{3})*(?:,\d{2})?|\d{1,3}(?:[.]\d{3})+(?:,\d{2})?(?: ?kr\b\.?)?(?: (?:månedligt|om måneden|pr\. måned|\/md))?|\d{2,6}(?:,\d{2})? ?kr\b\.?(?: (?:månedligt|om måneden|pr\. måned))?|\d{1,3} tusind\b|\d\.\d{3}\/md)/gu;

/** Small words that belong to what is said about somebody: `er`, `har`, `i behandling for`. */
export const LEADING = new Set(
  (
    'haft taget høj tog tåler født døde død forsøgte hørte c fik kan er var har bliver blev blevet fået får fik have havde været selv en et den sin sit sine af for i på med under svær svært svage kronisk meget dårligt dårlig forhøjet højt ' +
    'nedsat aktivt lider går gik hos til nyt tidl tidligere også stadig igen lige nu fremskredent fremskreden begyndende let lettere moderat dagligt daglig ' +
    'diagnosticeret fuldt ikke afventer modtager tager behandling behandles beh ret skal til mistet konstateret ramt lidt af tre to dømt dom kendt sidder sad siddet et ' +
    'aktiv aktive store stor stort små mange flere gamle gammel sæt ubetalt ansøgt om'
  ).split(' '),
);

/** A law, an office or an employee that is named after a matter says nothing of anybody. */
export const NAMED_AFTER_IT =
  /(?:lov(?:en)?s?|team(?:et)?s?|afdeling(?:en)?s?|cent(?:er|ret)s?|kontor(?:et)?s?|udvalg(?:et)?|rådgiver(?:en)?s?|sygehus(?:et)?|hus(?:et)?|klinik(?:ken)?|læge(?:n)?|forsikring(?:en)?|rettens?|forvaltning(?:en)?)$/;

/** Where what is said about somebody ends. */
export const STOPPING = new Set(
  'ved over ud ind nu ham hende mig fra siger cpr ja nej punktum øh ny skal kan vil bør blev er har men fordi som der hvis når da hvorfor hvilket så og at mens selvom derfor samt hun han de jeg vi du det dette'.split(
    ' ',
  ),
);
