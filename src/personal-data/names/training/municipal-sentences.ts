/**
 * Sentences as municipal files have them, written for training. In braces: N full name, F first name, L last name,
 * K nickname, G genitive of a first name, NG of a full name, I initials; O organisation, C town, S street and number;
 * J job title, R relation, D date, T time, X number, CPR, TLF. What is not in braces is no name.
 */
export const MUNICIPAL_SENTENCES: readonly string[] = `
{J} {N} har talt med {F} og {G} {R} den {D}.
{F} oplyser, at {G} {R} er flyttet til {C}.
Møde med {N}, {N} og {J} {N} på {O}.
Til stede: {N} ({R}), {N} ({J}), {N}
Deltagere: {F}, {F} og {F} samt {J} {L}
Borger: {N}, cpr. {CPR}
Navn: {N}
Navn:\t{N}\tCpr-nr.:\t{CPR}
Efternavn: {L}   Fornavn: {F}
Sagsbehandler: {N}   Tlf.: {TLF}
Underskrift: {N}
Med venlig hilsen\n{N}\n{J}
Venlig hilsen\n{F} {L}
Mvh {F}
Kh {F}
Kære {F}
Hej {F},
Hej {F} og {F}
Kære {N}
Fra: {N}\nTil: {N}\nEmne: Opfølgning på mødet
Fra: {N} <post@eksempel.dk>\nSendt: {D} {T}\nTil: {J} {N}
Cc: {N}; {N}
Telefonsamtale med {N} kl. {T}.
Tlf. fra {F} ({R}), som er bekymret for {F}.
{R} {N} ringer og fortæller, at {F} ikke er mødt.
Hans {R} {F} var med til samtalen.
Hendes {R}, {N}, bor på {S}, {C}.
{N} bor {S}, {X} {C}.
{N} er født den {D} i {C}.
{F} er i medicinsk behandling for depression.
{F} blev indlagt på {O} den {D}.
{G} {R} har misbrug af alkohol.
{F} siger, at {F} slog ham i frikvarteret.
I dag legede {F} med {F} og {F} i puderummet.
{F} græd, da {G} {R} gik.
Under frokosten satte {F} sig ved siden af {F}.
{NG} adresse er beskyttet.
{L} blev sigtet for vold mod {L}.
Vidnet {N} forklarede, at {L} kom kørende ad {S}.
Anmelder, {N}, oplyser at naboen spiller høj musik.
Naboen {N} har klaget over støj fra {S}.
Klager: {N}, {S}, {X} {C}
Ejer: {N} og {N}
Lejer {N} skylder husleje for tre måneder.
{N} har søgt om enkeltydelse til tandbehandling.
Ansøger {N} oplyser, at {R} {F} betaler halvdelen.
Udbetalt til {N}: {X},00 kr.
{X}\t{N}\t{CPR}\t{X},00
{D}\t{T}\t{L}, {F}\t{X}
{L}, {F}\t{D}\tFremmødt
{L}, {F}; {CPR}; {S}
Pt. {N}, {CPR}, indlagt akut.
Patienten {F} {L} er kendt med KOL og diabetes.
Pårørende: {N} ({R}), tlf. {TLF}
Kontaktperson: {N}
Kontaktpædagog {F} følger op.
Værge: {N}
Bisidder: {N}, {O}
Tolk: {N}
Læge {L} vurderer, at {F} kan arbejde {X} timer.
Overlæge {N} har set {F}.
Psykolog {N} har testet {F} med WISC.
Lærer {F} fortæller, at {F} kommer for sent.
Skoleleder {N} har skrevet til {G} forældre.
Forældre: {N} og {N}
Mor: {N}
Far: {N}, {S}
Barn: {N}, {CPR}
Søskende: {F} ({X} år), {F} og {F}
{F}, {F} og {F} er halvsøskende.
Mor hedder {N}, far hedder {N}.
Samvær mellem {F} og {R} {F} i weekenden.
Overvåget samvær, hvor {F} afleverer {F} kl. {T}.
{F} og {F} hilste på hinanden, og {F} smilede.
{F} {L} og {F} {L} er naboer.
{K} kom forbi med kage til {F}.
{K} siger hun er træt
{F} kaldet {K} har sovet dårligt.
Vågen kl. {T}. Spiste godt. /{F}
Har sovet hele natten. {F} på arbejde igen fra mandag. /{I}
Besøg af {R} {F} og {R} {F}.
{F} var på besøg hos {F} i {C}.
{F} ringede igen i går.
Har talt m. {F} ang. {G} økonomi.
Aftalt med {F} at vi ses {D}.
Jeg har sendt brevet til {F}.
Vi har modtaget en underretning fra {N}.
Underretter ({N}) ønsker at være anonym.
Underretningen vedrører {N} og {G} to børn.
{J} {F} {L} og {J} {F} {L} gennemgik planen.
Mentor {F} kørte {F} til {O}.
{F} har fået nøgle til lejligheden af {F}.
Han bor sammen med {F} og hendes søn {F}.
{F} er gravid med {F}.
Afdøde {N} efterlader sig {R} {N}.
Boet efter {N} behandles af {O}.
Arvinger: {N}, {N} og {N}
Begravelse af {N} foregik i {C}.
Ægtefællen {N} er plejekrævende.
{G} {R} {F} har demens.
Fru {L} ønsker ikke hjælp.
Hr. {L} var vred.
hr. {L} og fru {L} har boet der i {X} år.
Familien {L} har fået afslag.
Brødrene {L} ejer huset.
Advokat {N} på vegne af {N}.
Sagen {N} mod {N}
Politiassistent {N} afhørte {N}.
{N} (mistænkt) nægter sig skyldig.
{F} har truet {F} på livet.
{F} skylder {F} {X} kr.
bilag_{F}_{L}.pdf
referat {F} {L} {X}.docx
notat_{F}.docx
Vedr. {N}, {CPR}
Vedr.: {F} {L}
Ang. {F}s skolegang
Emne: {F} {L}
Kopi til {N}
Att.: {N}
c/o {N}
c/o {L}, {S}
v/{N}
Indberettet af {N} {D}
Oprettet af {I} {D} {T}
Set af {I}
Referent: {I}
{I} ringer til {F}.
bruger={F}
Elev {F} fra 3. b har slået {F} fra 2. a.
Drengene {F} og {F} skændtes om bolden.
Pigerne {F}, {F} og {F} holdt {F} udenfor.
{F} fortalte, at {F} havde taget hendes taske.
{F}: Hvornår kommer du?\n{F}: Kl. {T}
{F} {T}: kan du ringe
{F} skriver: jeg kan ikke i dag
Jeg hedder {N} og bor {S}.
Jeg, {N}, giver samtykke.
Undertegnede {N} erklærer.
Plejefamilien {F} og {F} {L} tager imod {F}.
{F} kom til Danmark fra Syrien i 2015 sammen med {F}.
{N} taler arabisk og lidt dansk.
{F} er udeblevet fra samtale på {O}.
{N} opfordres til at møde på {O} den {D}.
Sygemeldt siden {D}. {F} oplyser at {G} {R} passer børnene.
Praktik hos {O}; kontakt {N}.
Arbejdsgiver {N} fra {O} bekræfter.
Kollegaen {F} så det hele.
Formand {N} bød velkommen.
{N} blev valgt til kasserer.
Forslag fra {N} blev vedtaget.
Byggesag på {S}: {N} søger om carport.
Nabohøring er sendt til {N}, {S}, og {N}, {S}.
Indsigelse fra {N} og {N}.
Hunden bed {F} i benet.
Bilen tilhører {N}.
Bilen blev ført af {F}.
{N} har overdraget fuldmagt til {N}.
{F} har talt med {F}, {F} og {F}s mor.
der er også {F} som bor hos {F}
{F} vil ikke tale om {F}
har hørt fra {F} at {F} drikker igen
ringede til {F} i går han tog den ikke
`
  .split('\n')
  .filter(Boolean)
  .map(withEscapes);

/** The same kind of text without anybody's name: what must not be proposed. */
export const SENTENCES_WITHOUT_NAMES: readonly string[] = `
Afgørelsen er truffet efter § {X} i lov om aktiv socialpolitik.
Efter servicelovens § {X} kan kommunalbestyrelsen give støtte.
Du kan klage til Ankestyrelsen inden fire uger.
Borgeren er visiteret til rengøring hver anden uge.
Ansøger har oplyst sine indtægter for maj og juni.
{O} har modtaget ansøgningen den {D}.
Mødet holdes på {O}, {S}, {X} {C}.
Sagsnummer: {X}
Journalnummer {X}
Dato: {D}
Kl. {T}
Telefon: {TLF}
CVR {X}
Adresse: {S}, {X} {C}
Bilag {X}: Lægeattest
Emne: Indkaldelse til samtale
Hej alle
Kære kollega
Venlig hilsen\n{O}
Med venlig hilsen
Dagsorden:\n1. Velkomst\n2. Status\n3. Eventuelt
Punkt 2: Økonomi
Baggrund
Konklusion
Social situation
Helbredsmæssige forhold
Skole og fritid
Forældrenes syn på sagen
Barnets perspektiv
Vurdering og indstilling
Behandling: Tbl. Paracetamol 1 g x 4
Medicin: Sertralin 50 mg, Ritalin 10 mg og Metformin
Diagnose: F{X} Depression
Obj.: Upåvirket. BT 130/80.
Mandag, onsdag og fredag er der aktivitet.
Fremmødt til tiden.
Han siger, at hun skal ringe.
Hun fortæller, at de har fået ny bolig i {C}.
De boede i {C} og senere i {C}.
Familien flyttede fra {C} til {C} i {D}.
Toget fra {C} var forsinket.
{C} Kommune og Region Sjælland har aftalt samarbejde.
Skolen i {C} lukker kl. {T}.
Han går på {O}.
Hun er ansat hos {O}.
Barnet er indskrevet i {O}.
Støtte bevilges fra {D} til {D}.
Partshøring sendes i Digital Post.
Udbetaling Danmark har standset boligstøtten.
Kontonr. {X}
Reg.nr. {X} Konto {X}
Beløb: {X},00 kr.
I ALT
JOURNALNOTAT
PERSONFØLSOMME OPLYSNINGER
SAGSOVERSIGT
Borger ønsker aktindsigt.
Mor er enlig forsørger. Far er ukendt.
Moderen møder op sammen med sin søster.
Faderen er ikke til stede.
Mormor henter i børnehaven.
Naboen klager over lugt.
Pædagogen fortæller om dagen.
Tolken kom for sent.
Lægen har udfærdiget erklæring LÆ {X}.
Rehabiliteringsteamet indstiller til ressourceforløb.
Jobcentret indkalder til opfølgning.
Boligselskabet har opsagt lejemålet.
Politiet har ikke rejst sigtelse.
Der er ikke grundlag for at gå videre.
Vi har aftalt, at Borgerservice ringer.
Læs mere på borger.dk eller i Vejledning om sygedagpenge.
Jf. Barnets Lov § {X}, stk. 2.
Bekendtgørelse nr. {X} af {D}.
Forvaltningsloven, Offentlighedsloven og Retssikkerhedsloven gælder.
Ifølge Datatilsynet skal oplysninger slettes.
Systemet Nexus var nede fra {T} til {T}.
Sendt fra min iPhone
Facebook og Messenger blev gennemgået.
Hunden Trofast bor i haven bag huset.
Opkald besvaret. Ingen på linjen.
Pris: {X} kr. pr. måned.
Matrikel {X} a, {C} Markjorder
Ejendommen på {S} har nyt tag.
Vejen {S} er spærret.
Levering: Tirsdag
Sagen afsluttes.
Ja [ ] Nej [x] Ved ikke [ ]
Civilstand: Gift
Statsborgerskab: Dansk
Køn: Kvinde
Stilling: Chauffør
Modersmål: Tyrkisk
Trosretning: Muslim
Hun er muslim og faster under Ramadan.
Han er katolik og går i kirke i {C}.
Danmarks Statistik har offentliggjort tallene.
Arabisk, Somali og Polsk tales i hjemmet.
har ikke hørt noget siden sidst
jeg kommer lige lidt senere i dag
det er fint med mig vi ses
kan du ikke ringe når du får tid
dagen efter var han glad igen og lige så rolig som før
notat oprettet automatisk af systemet
`
  .split('\n')
  .filter(Boolean)
  .map(withEscapes);

function withEscapes(line: string): string {
  return line.replace(/\\n/g, '\n').replace(/\\t/g, '\t');
}
