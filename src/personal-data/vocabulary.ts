/** Closed word classes that decide what a capitalised word is. All folded; own lists. */

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/).filter(Boolean));

/** Said of employees and professionals in their work, directly before or after the name. */
export const JOB_TITLES = set(`
  sagsbehandler socialrådgiver socialradgiver rådgiver radgiver familierådgiver sygedagpengerådgiver jobkonsulent konsulent
  fuldmægtig kontorchef afdelingsleder leder teamleder skoleleder områdeleder souschef chef direktør laboratorieleder værkstedsleder
  klasselærer lærer lektor pædagog pæd medhjælper medhj pædagogmedhjælper støttepædagog akt-lærer kontaktpædagog
  psykolog skolepsykolog ppr-psykolog læge dr doktor overlæge afdelingslæge speciallæge reservelæge vagtlæge sygeplejerske spl tb-spl
  hjemmesygeplejerske sundhedsplejerske fysioterapeut ergoterapeut jordemoder tandlæge tdl cheftdl klinikass klinikassistent ass
  sosu-assistent sosu-hjælper hjemmehjælper plejer kontaktperson kontaktpers mentor støtteperson bostøtte tilsynsførende tilsyn
  demenskoordinator koordinator visitator kontrolmedarbejder medarbejder sekretær sekr lægesekretær bibliotekar inspektør
  advokat adv advokatfuldmægtig dommer forsvarer bistandsadvokat bobestyrer kurator revisor tolk dari-tolk arabisk-tolk
  politiassistent pa pb politikommissær politibetjent betjent vicepolitiinspektør sognefoged anklager
  præst pastor sognepræst provst graver bedemand vicevært gårdmand ejendomsfunktionær ejendomsmester arkitekt byggesagsbehandler
  landinspektør bankrådgiver bankmand tillidsrepræsentant tr fagforeningskonsulent overvåger pb
  børnesagkyndig børneterapeut referent ref mødeleder tlf-vagt p-vagt parkeringsvagt formand fmd udvalgsformand
  amanuensis kl.lærer ppr ssp sfo akt kp fvt afd.læge jurist cand.psych cand.jur kommunaldirektør borgmester rådmand journalist skolesekretær
  vagtspl ssa ssh sosu rådg kons sbh sygepl fys ergo
  ovl resl tekniker montør skorstensfejer hundefører foged kontrollant stedfortræder forstander varmemester bioanalytiker byrådsmedlem driftschef landmåler
  sagsbeh socialrådg koord kirurg sognefogeden familiekonsulent misbrugsbehandler behandler udredningskonsulent beskæftigelseskonsulent virksomhedskonsulent
`);

/** Words for a job in a label that a name follows: `Undersøgende psykolog: …`. */
export const STAFF_LABELS =
  /(?<!\p{L})(?:sagsbehandler|rådgiver|underskr(?:ift|\.)?|skrevet af|obs\. ?af|ref(?:erent)?|rekvireret af|undersøgende \S+|indstillet af|ansvarlig|opr(?:ettet|\.)(?: af)?|godk(?:endt|\.)?(?: af)?|bestilt af|bestiller|overvåger|udfyldt af|behandlet af|set|tilsyn|att\.?|kvalitetssikret|kontaktpers(?:on|\.)?|kontaktperson i (?:kommunen|forvaltningen)|udf(?:ærdiget|ørt|\.) ?(?:af|ved)|noteret af|notat (?:af|ved)|journalført af|besvaret af|registreret af|indtastet af|visiteret af|bevilget af|mødeleder|vagthavende|sbh\.?|sagsbeh\.?|deltager(?:e|ede)? fra (?:kommunen|forvaltningen|jobcent\S+)|afskrift ved|operatør|journaliseret af|læge|tandpleje|tolk|overvåget af|(?:tegnet|kørt|ført|dikteret|målt|kontrolleret|gennemgået|modtaget|ekspederet|fremsendt|opmålt|besigtiget) af|signeret(?: af)?|registreret|sagsansvarlig|kontaktperson for kommunen|(?:dag|aften|natte)vagt|ved udfyldelse|v\.|udarbejdet af|v\. ?sagsbeh\S*|(?:bank|banken|kommune|kommunen|forvaltning|forvaltningen|jobcenter|jobcentret|borgerservice|visitationen|politiet|retten|socialtilsynet|fagforeningen|advokatfirma\S*(?: [^\n/]{1,20})?|\S+kontoret|\S+foreningen) v\/)[^\p{L}\n]{0,5}(?:\([^)\n]{0,15}\)[^\p{L}\n]{0,4})?$|(?:^|[\s.])\/ ?$/u;

/** A private form of address; the name after it is a person's, whose part stays open. */
export const COURTESY = set('hr fru frk fr frøken herr herre salig onkel tante mr mrs ms');

/** Words that make a name with them the name of a firm, a school, a street. */
export const ORGANISATION = set(`
  kommune kommunes region skole skolen skoler gymnasium børnehus børnehuset børnehave vuggestue sfo dagtilbud fritidshjem ungehus familiehuset familiehus
  center centret plejecenter plejecentret plejehjem plejehjemmet bosted botilbud krisecenter krisecentret sygehus hospital hospitalet
  lægehus lægehuset lægerne klinik klinikken tandklinik apotek kirke kirken moske moskeen forening foreningen kulturforening klub boligselskab
  boligselskabet boligforening ejendomme aps a/s as i/s p/s bank banken sparekasse forsikring firma restaurant hotel hotellet netto føtex bilka
  brugsen rema biblioteket bibliotek museum park parken plads pladsen torv vej vejen gade gaden alle allé stræde vænge vænget haven boulevard
  hus huset gård gården minde fond fonden stiftelse universitet transport byg vognmandsforretning brolægning tegnestue auto værksted tolkeformidling telecom logistik beton levnedsmiddelkontrol kontrol styrelsen ankestyrelsen
  familieretshuset jobcenter jobcentret borgerservice forvaltning forvaltningen politi ret retten byret skifteret hospice
  station stationen havn havneparken spejder idrætsforening if bk fc a/b andelsboligforening ejerforening borgerhus
`);

/** Capitalised in letters and forms without being anybody's name. */
export const NEVER_NAMES = set(`
  januar februar marts juli september oktober november december mandag tirsdag onsdag torsdag fredag lørdag søndag
  danmark dansk danske sverige norge tyskland jylland fyn sjælland københavn aarhus odense aalborg esbjerg grønland færøerne island
  cpr cvr ean sag sagen dato emne til fra cc bcc sendt vedr vedrørende att kopi bilag side afsnit punkt navn adresse telefon tlf mail e-mail email
  hej kære hilsen venlig venligst mvh vh kh med og i på den det der de jeg du vi han hun dem dem deres dit din min mit hvis når
  ja nej ok obs nb ps pps sv vs re fwd note notat referat brev journal journalnr lb ba kl uge måned ad adhd ptsd hiv ms mrsa gps gdpr
  barn børn mor far moder fader moderen faderen søn datter bror søster mormor morfar farmor farfar onkel tante moster faster nabo
  borger borgeren brg ansøger klager part parten pt patient patienten beboer beboeren elev eleven personnr
  januar jul påske pinse ramadan facebook messenger snapchat instagram whatsapp google microsoft word excel aula teams skype zoom sms
  lov loven paragraf servicelovens barnets toyota skoda opel tesla golf audi polo caddy ford volvo bmw mercedes peugeot renault
  ritalin concerta panodil antabus marevan furix metformin rimstar ppr ssp sbsys kmd bbr rki akt sfo kh su
  ministeriet folketinget staten ombudsmanden datatilsynet skat nemkonto mitid borger.dk e-boks digital post
  i sig reg opk husk ref ang ifl iflg sig min mine hos glad ring sagsid sagsnr forklarede husk ved samt
  betalt cpr-nr fornavn efternavn mellemnavn kaldenavn stilling statsborger sdr ndr vestjylland østjylland nordjylland sønderjylland
  sep feb apr aug okt oct dec mon tue wed thu fri sat soror frater mater pater
  spanien tyrkiet polen rumænien thailand syrien irak iran somalia afghanistan pakistan vietnam kina rusland ukraine litauen letland estland
  frankrig italien grækenland holland belgien england skotland irland usa marokko libanon filippinerne kosovo bosnien serbien kroatien
  bangkok london berlin hamburg malmø oslo stockholm warszawa
  sct skt sankt dage morgen aften nat eftermiddag formiddag kr i alt total sum netto brutto mor/far system login logout log fil dok
`);

/** Inner words of foreign and old names. */
export const PARTICLES = set('van von de der den del della di da dos al el bin ibn abu í á af la le ten ter und y');

/** Compounds of a job: `indskolingsleder`, `ungarbejder`, `ørelæge`. */
const JOB_ENDING =
  /^(?!.*(?:vejrleder|foreningsleder|husarbejder|bearbejder|udarbejder|samarbejder|afhjælper)).{2,}(?:(?<=.{4})(?:hjælper|arbejder|plejer)|leder|læge|lærer|pædagog|terapeut|konsulent|rådgiver|behandler|assistent|medarbejder|sygeplejerske|plejerske|psykolog|vejleder|chef|inspektør|koordinator|sekretær|betjent|advokat|tolk|inspektor|sagsbehandler|bisidder|referent|logopæd|direktør|fuldmægtig|supervisor|diætist|jordemoder|mægler|tekniker)(?:en|n|s|ens|ns)?$/u;

const asked = new Map<string, boolean>();
const REMEMBERED = 20_000;

/** True for a job title in the usual forms: `lærer`, `læreren`, `lærerens`. */
export function isJobTitle(folded: string): boolean {
  const before = asked.get(folded);
  if (before !== undefined) return before;
  const answer = isTitleInAnyForm(folded);
  if (asked.size < REMEMBERED) asked.set(folded, answer);
  return answer;
}

function isTitleInAnyForm(folded: string): boolean {
  if (JOB_TITLES.has(folded) || JOB_ENDING.test(folded)) return true;
  for (const ending of ['en', 'n', 's', 'ens', 'ns']) {
    if (folded.length > ending.length + 3 && folded.endsWith(ending) && JOB_TITLES.has(folded.slice(0, -ending.length)))
      return true;
  }
  return false;
}
