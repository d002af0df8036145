export type Change = (xml: string) => string;

/** Replaces, and fails when there was nothing to replace: a mutation that does nothing proves nothing. */
export const swap =
  (from: string | RegExp, to: string): Change =>
  (xml) => {
    const changed = xml.replace(from, to);
    if (changed === xml) throw new Error(`The mutation of ${String(from)} changed nothing.`);
    return changed;
  };
/** Gives the first element of the name another text. */
export const text = (element: string, to: string): Change =>
  swap(new RegExp(`<memo:${element}>[^<]*<`), `<memo:${element}>${to}<`);
const after = (element: string, extra: string): Change => swap(`</memo:${element}>`, `</memo:${element}>${extra}`);
const action = (inner: string): Change =>
  after('File', `<memo:Action><memo:label>x</memo:label>${inner}</memo:Action>`);

/** Every kind of bad message: what was done to a good one, and the rule that must find it. */
export const BAD: [kind: string, rule: string, change: Change][] = [
  ['is not XML', 'not-readable', swap('</memo:Message>', '')],
  ['declares a document type', 'not-readable', swap('?>', '?><!DOCTYPE x SYSTEM "file:///etc/passwd">')],
  ['declares another encoding', 'not-readable', swap('UTF-8', 'ISO-8859-1')],
  ['has another namespace', 'root', swap('https://DigitalPost.dk/MeMo-1', 'https://digitalpost.dk/memo')],
  ['is of another version', 'version', swap('memoVersion="1.2"', 'memoVersion="1.3"')],
  ['has memoSchVersion', 'schema-version', swap('memoVersion', 'memoSchVersion="1.1.0" memoVersion')],
  ['has an unknown attribute', 'attribute', swap('<memo:Sender>', '<memo:Sender kind="x">')],
  ['has an unknown element', 'unknown-element', after('label', '<memo:subject>x</memo:subject>')],
  [
    'has elements in wrong order',
    'element-order',
    swap(/(<memo:label>.*?<\/memo:label>)(\s*)(<memo:notification>.*?<\/memo:notification>)/, '$3$1'),
  ],
  ['lacks its label', 'missing-element', swap(/<memo:label>[^<]*<\/memo:label>/, '')],
  ['has two labels', 'too-many', after('label', '<memo:label>igen</memo:label>')],
  ['has text between elements', 'text-between-elements', swap('<memo:Sender>', '<memo:Sender>hej')],
  ['has a UUID of version 7', 'type-uuid', swap('-4d55-', '-7d55-')],
  ['has a label of 257 characters', 'type-text', text('label', 'x'.repeat(257))],
  ['has a notification of 151 characters', 'type-notification', text('notification', 'x'.repeat(151))],
  ['has a time with an offset', 'type-dateTime', text('createdDateTime', '2026-11-23T09:14:00+01:00')],
  ['has a day that does not exist', 'type-dateTime', text('createdDateTime', '2026-02-30T09:14:00Z')],
  ['has a language with region', 'type-language', text('language', 'da-DK')],
  ['has a mandatory that is no boolean', 'type-boolean', text('mandatory', 'nej')],
  ['has an unknown message type', 'type-messageType', text('messageType', 'EMAIL')],
  ['lacks the body', 'body-missing', swap(/ {2}<memo:MessageBody>[^]*<\/memo:MessageBody>\n/, '')],
  ['is a NemSMS with a body', 'nemsms-body', text('messageType', 'NEMSMS')],
  ['has an empty label', 'label-empty', text('label', ' ')],
  ['has an empty sender label', 'sender-label-empty', swap('<memo:label>Solby Kommune<', '<memo:label><')],
  ['has an idType in lower case', 'id-type', swap('>CPR<', '>cpr<')],
  ['has a hyphen in the CPR number', 'cpr-digits', text('recipientID', '221177-1212')],
  ['has a CVR number of nine digits', 'cvr-digits', text('senderID', '123456789')],
  ['has an unknown action code', 'action-code', action('<memo:actionCode>KOEB</memo:actionCode>')],
  [
    'links without https',
    'entry-point-https',
    action(
      '<memo:actionCode>INFORMATION</memo:actionCode><memo:EntryPoint><memo:url>http://solby.dk</memo:url></memo:EntryPoint>',
    ),
  ],
  ['has a slash in a file name', 'file-name-characters', text('filename', 'sager/afgoerelse.pdf')],
  ['has a no-break space in a file name', 'file-name-characters', text('filename', 'min\u00a0sag.pdf')],
  ['has an empty file name', 'file-name-empty', text('filename', '')],
  ['has a file name without extension', 'file-name-extension', text('filename', 'afgoerelse')],
  ['has an extension that does not fit', 'file-name-fits-type', text('filename', 'afgoerelse.docx')],
  ['repeats a name in one document', 'file-name-unique', swap(/(<memo:File>[^]*?<\/memo:File>)/, '$1$1')],
  ['has no media type', 'media-type', text('encodingFormat', 'pdf')],
  ['has broken base64', 'base64', text('content', '%%%')],
  ['has base64 of a wrong length', 'base64', text('content', 'JVBER')],
  ['has base64 with padding inside', 'base64', text('content', 'JVBERi0=JVBE')],
  ['has a comment inside base64', 'base64', text('content', 'JVBERi0x<!-- x -->LjQK')],
  ['has an empty content', 'content-empty', text('content', '')],
];

/** Digital Post might take these; we do not send them. */
export const NOT_FROM_US: [kind: string, rule: string, change: Change][] = [
  ['calls a text a PDF', 'pdf-magic', text('content', 'VGhpcyBpcyBhIHRlc3Q=')],
  ['is mandatory', 'mandatory-set', text('mandatory', 'true')],
  ['is a forkyndelse', 'legalNotification-set', text('legalNotification', '1')],
  ['shows a CPR number in its title', 'cpr-outside-login', text('label', 'Aktindsigt 221177-1212')],
  ['has words for a CPR number', 'cpr-digits', text('recipientID', 'Recipient ID')],
  ['repeats a name in two documents', 'file-name-unique', swap('aktliste.pdf', 'aktindsigt.pdf')],
];
