/** The program's own reasons as employees read them. What a person wrote is shown as it was written. */
const REASONS: Record<string, string> = {
  'An employee saw the mandate of a firm.': 'En medarbejder så et firmas fuldmagt.',
  'An employee saw that a parent has custody.': 'En medarbejder så beviset for forældremyndighed.',
  'An employee saw the appointment of a guardian.': 'En medarbejder så en værges beskikkelse.',
  'An employee saw the mandate of a person.': 'En medarbejder så en persons fuldmagt.',
  'The mandate holds no longer.': 'Modtageren gælder ikke længere.',
  'The mandate was looked at.': 'Beviset for modtageren blev set.',
  'An employee undid the sending in time.': 'En medarbejder fortrød afsendelsen i tide.',
  'An employee gave a held answer back.': 'En medarbejder sendte et standset svar til ny godkendelse.',
  'The recipient was not as approved at the moment of sending.':
    'Da svaret skulle sendes, var modtageren ikke, som da det blev godkendt.',
  'The answer was handed over by hand.': 'Svaret blev udleveret på anden måde.',
  'A delivery of a sample audit was gone through.': 'En leverance i en stikprøve blev gennemgået.',
  'An extract of the log was given.': 'Et udtræk af loggen blev givet.',
  'An extract of the log was prepared.': 'Et udtræk af loggen blev gjort klar.',
  'An extract of the log was refused.': 'Et udtræk af loggen blev afslået.',
  'A finding of a sample audit was followed up.': 'Der blev fulgt op på en fejl fra en stikprøve.',
  'A sample audit compares what was sent with what was approved.':
    'Det afsendte blev sammenlignet med det godkendte i en stikprøve.',
  'A sample audit reads what the decision says.': 'Afgørelsen blev læst i en stikprøve.',
  'A sample audit was closed.': 'En stikprøve blev afsluttet.',
  'A sample audit was looked at.': 'En stikprøve blev set.',
  'Deliveries were drawn for a sample audit.': 'Leverancer blev trukket til en stikprøve.',
  'The list of sample audits was looked at.': 'Listen over stikprøver blev set.',
  'A citizen was looked for by CPR number in the register.':
    'En borger blev søgt frem med personnummer i listen over leverancer.',
  'A caseworker closed the review.': 'Sagsbehandleren afsluttede gennemgangen.',
  'A caseworker opened the review again.': 'Sagsbehandleren åbnede gennemgangen igen.',
  'A caseworker has seen a whole page.': 'Sagsbehandleren så en hel side.',
  'A caseworker drew a box.': 'Sagsbehandleren tegnede et felt.',
  'A caseworker took decisions back.': 'Sagsbehandleren fortrød beslutninger.',
  'A caseworker decided about a person, and the proposals of the request follow.':
    'Sagsbehandleren tog stilling til en person, og forslagene i anmodningen fulgte med.',
  'A caseworker took a choice about a person back.': 'Sagsbehandleren fortrød en ændring af en person.',
  'The persons of a request are shown in the review.': 'Personerne i anmodningen blev vist.',
  'Words are looked for in every document of the request.': 'En tekst blev søgt i alle anmodningens dokumenter.',
  'A case was hidden from the citizen.': 'En sag blev skjult for borgeren.',
  'A case may be known to the citizen.': 'Borgeren må kende sagen.',
  'A caseworker withheld a whole document.': 'Sagsbehandleren udelod et helt dokument.',
  'The list of documents was fetched as a workbook.': 'Dokumentlisten blev hentet som Excel-ark.',
  'A list of documents that was filled in is compared with the request.':
    'En udfyldt dokumentliste sammenlignes med anmodningen.',
  'A list of documents that was filled in was used.': 'En udfyldt dokumentliste blev brugt.',
  'The virus check did not let the file be opened (virus).': 'Viruskontrollen fandt virus, så filen blev ikke åbnet.',
  'The virus check did not let the file be opened (virus-unchecked).':
    'Filen var for stor til viruskontrollen og blev ikke åbnet.',
  'A caseworker decided that a document is not covered by the request.':
    'Sagsbehandleren fandt, at dokumentet ikke er omfattet.',
  'A caseworker opened a document for review again.': 'Sagsbehandleren tog dokumentet op igen.',
  'A caseworker confirmed that a document belongs to the citizen.':
    'Sagsbehandleren bekræftede, at dokumentet hører til borgeren.',
  'A caseworker put two documents together that are the same.': 'To dokumenter, der er ens, blev slået sammen.',
  'A caseworker decides on a document that is like another one on its own.':
    'Der tages stilling til et dokument, der ligner et andet, for sig.',
  'Two documents that are alike are compared.': 'To dokumenter, der ligner hinanden, blev sammenlignet.',
  'A check found something that may not leave.': 'Kontrollen fandt noget, der ikke må udleveres.',
  'A citizen logged in with MitID.': 'Borgeren loggede ind med MitID.',
  'A page is shown in the review.': 'Siden blev vist i gennemgangen.',
  'A receipt proves that Digital Post took the message in.': 'Kvitteringen viser, at Digital Post tog imod beskeden.',
  'A receipt proves that the message lies in the mailbox.': 'Kvitteringen viser, at beskeden ligger i postkassen.',
  'A receipt says that the message was not delivered.': 'Kvitteringen siger, at beskeden ikke blev leveret.',
  'An employee attested that the answer was handed over in another way.':
    'En medarbejder attesterede, at svaret er udleveret på anden måde.',
  'An employee attested a manual search.': 'En medarbejder attesterede en manuel søgning.',
  'An employee logged in.': 'Medarbejderen loggede ind.',
  'Deletion of working copies was planned.': 'Sletning af arbejdskopier blev planlagt.',
  'Deletion of working copies was approved.': 'Sletning af arbejdskopier blev godkendt.',
  'Deletion of working copies was stopped.': 'Sletning af arbejdskopier blev sat på pause.',
  'Deletion of working copies may go on.': 'Pausen i sletning af arbejdskopier blev ophævet.',
  'The working copies were deleted; the journal holds what was delivered.':
    'Arbejdskopierne blev slettet; journalen har det, der blev leveret.',
  'The citizen is told why the answer is late, and when it comes.':
    'Borgeren får at vide, hvorfor svaret er forsinket, og hvornår det kommer.',
  'The late notice was handed over to be delivered.': 'Fristbrevet blev overgivet til levering.',
  'An employee attested that the late notice was sent in another way.':
    'En medarbejder attesterede, at fristbrevet er sendt på anden måde.',
  'A late notice is looked at or printed.': 'Et fristbrev blev set eller udskrevet.',
  'Digital Post accepted the message.': 'Digital Post tog imod beskeden.',
  'Digital Post gave a receipt for the delivery.': 'Digital Post kvitterede for leveringen.',
  'Every connected source is searched.': 'Alle tilsluttede systemer søges.',
  'Every file is readable or has a stated reason why not.': 'Alle filer kan læses eller har en oplyst grund.',
  'Every file passed the gate.': 'Alle filer bestod kontrollen.',
  'Every page has been read and proposals are made.': 'Alle sider er læst, og forslagene er dannet.',
  'Every source has given what it has.': 'Alle systemer har givet det, de har.',
  'Proposals are made for the whole request.': 'Forslag dannes til hele anmodningen.',
  'The citizen asked for access.': 'Borgeren bad om aktindsigt.',
  'The citizen fetched a file of the answer.': 'Borgeren hentede en fil i svaret.',
  'The citizen looked at the answer.': 'Borgeren så svaret.',
  'The citizen looked at the list of own cases.': 'Borgeren så listen over egne sager.',
  'The citizen withdrew the request.': 'Borgeren trak anmodningen tilbage.',
  'The decision was journalised (OFL § 15).': 'Afgørelsen blev journaliseret (offentlighedslovens § 15).',
  'The delivered version is journalised.': 'Det udleverede journaliseres.',
  'The file is converted to pages that can be read.': 'Filen gøres til sider, der kan læses.',
  'The finished package is looked at before or after approval.':
    'Det færdige svar blev set i forbindelse med godkendelsen.',
  'The finished package was approved.': 'Det færdige svar blev godkendt.',
  'The gate looks for everything that was removed.': 'Kontrollen leder efter alt, der er fjernet.',
  'The gate stopped the request.': 'Kontrollen standsede svaret.',
  'The message is checked before it is sent.': 'Meddelelsen kontrolleres, før den sendes.',
  'The package could not be delivered in Digital Post.': 'Svaret kunne ikke leveres i Digital Post.',
  'The package passed the gate.': 'Svaret bestod kontrollen.',
  'The package was approved as it was shown.': 'Svaret blev godkendt, som det blev vist.',
  'The package was journalised (OFL § 15).': 'De udleverede dokumenter blev journaliseret (offentlighedslovens § 15).',
  'The redacted file is put into the package.': 'Den færdige fil lægges i svaret.',
  'The register of deliveries was looked at.': 'Listen over leverancer blev set.',
  'The report of the gate is read before approval.': 'Kontrollens rapport læses før godkendelsen.',
  'The report of the gate is read with the delivery.': 'Kontrollens rapport læses sammen med leverancen.',
  'The report of the gate is told to staff.': 'Kontrollens rapport vises for medarbejderen.',
  'The request was journalised (OFL § 15).': 'Anmodningen blev journaliseret (offentlighedslovens § 15).',
  'The seal of the log was checked.': 'Loggens segl blev kontrolleret.',
  'The signed package is put into the message.': 'Det godkendte svar lægges i meddelelsen.',
  'The signed package was handed to Digital Post.': 'Det godkendte svar blev afleveret til Digital Post.',
  'The source is searched again.': 'Systemet søges igen.',
  'The stored message is sent.': 'Den gemte meddelelse sendes.',
  'The statistics were looked at.': 'Statistikken blev set.',
  'The story of a delivery was looked at.': 'Leverancens historie blev set.',
  'What is left of the file is read.': 'Det, der er tilbage i filen, blev læst.',
  'What was decided is removed from the file.': 'Det besluttede fjernes fra filen.',
};

/** True for the program's own reasons: they name nobody. */
export function isKnownReason(reason: string): boolean {
  return Object.hasOwn(REASONS, reason);
}

export function reasonInWords(reason: string): string {
  return REASONS[reason] ?? reason;
}
