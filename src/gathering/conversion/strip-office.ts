import type { ConversionNoteCode, ConversionNotes } from './conversion-note';
import type { Archive } from './read-archive';
import { decodeText } from './decode-text';
import { isRemoteReference } from './remote-reference';
import { stripHtml } from './strip-html';

const MACRO_PARTS = /(^|\/)(vbaProject\.bin|vbaData\.xml|Basic\/|Scripts\/)/i;
const LINKED_FIELDS = /\b(INCLUDEPICTURE|INCLUDETEXT|IMPORT|DDEAUTO|DDE|LINK|DATABASE|RD)\b/g;
/** These would show the day of the conversion instead of the day that the letter was written. */
const TODAY_FIELDS = /([>"]\s*)(DATE|TIME)\b/g;
const FETCHING_FORMULAS = /<f\b[^>]*>[^<]*\b(WEBSERVICE|IMAGE|DDE|RTD)\s*\([^<]*<\/f>/g;

/** Relationships that point out of the package are dropped, but links that a reader clicks: nothing follows those. */
function stripRelationships(xml: string, notes: ConversionNotes): string {
  return xml.replace(/<(\w+:)?Relationship\b[^>]*?(\/>|>\s*<\/(\w+:)?Relationship>)/g, (relationship) => {
    if (!/TargetMode\s*=\s*["']External["']/i.test(relationship)) return relationship;
    if (/Type\s*=\s*["'][^"']*\/hyperlink["']/i.test(relationship)) return relationship;
    notes.add('remote-left-out');
    return '';
  });
}

/** VML and OpenDocument name pictures, frames and templates by address in attributes of their own. */
function stripAttributes(xml: string, notes: ConversionNotes): string {
  return xml.replace(/<([\w:-]+)\b[^>]*>/g, (tag, name: string) => {
    if (name === 'text:a' || name === 'draw:a' || name === 'w:hyperlink') return tag;
    return tag.replace(
      /\s(src|xlink:href|o:href|r:href)\s*=\s*("[^"]*"|'[^']*')/g,
      (attribute, _name, quoted: string) => {
        const target = quoted.slice(1, -1);
        const leavesThePackage = /^([a-z][a-z0-9+.-]+:|\/\/|\\\\|\/|\.\.\/)/i.test(target) && isRemoteReference(target);
        if (!leavesThePackage) return attribute;
        notes.add('remote-left-out');
        return '';
      },
    );
  });
}

function showHiddenText(xml: string, notes: ConversionNotes): string {
  return xml.replace(/<w:(vanish|webHidden|specVanish)(\s[^>]*)?\/>/g, (element, _name, attributes?: string) => {
    if (/w:val\s*=\s*["'](0|false|off)["']/.test(attributes ?? '')) return element;
    notes.add('hidden-text-shown');
    return '';
  });
}

/** Sheets, rows and columns that are hidden or filtered away are records too. */
function showHiddenCells(name: string, xml: string, notes: ConversionNotes): string {
  if (name === 'xl/workbook.xml') {
    return xml
      .replace(/\sstate\s*=\s*["'](hidden|veryHidden)["']/g, () => {
        notes.add('hidden-sheets-shown');
        return '';
      })
      .replace(/<definedName\b[^>]*_xlnm\.Print_(Area|Titles)[^>]*>[^<]*<\/definedName>/g, '');
  }
  return xml.replace(/<(row|col)\b[^>]*>/g, (tag) => {
    if (!/\s(hidden\s*=\s*["'](1|true)["']|(ht|width)\s*=\s*["']0["'])/.test(tag)) return tag;
    notes.add('hidden-cells-shown');
    return tag.replace(/\s(hidden|ht|width|customHeight|customWidth)\s*=\s*["'][^"']*["']/g, '');
  });
}

function showHiddenInOpenDocument(xml: string, notes: ConversionNotes): string {
  const shown = (code: ConversionNoteCode) => () => {
    notes.add(code);
    return '';
  };
  return xml
    .replace(/\stable:visibility\s*=\s*["'](collapse|filter)["']/g, shown('hidden-cells-shown'))
    .replace(/\stable:display\s*=\s*["']false["']/g, shown('hidden-sheets-shown'))
    .replace(/\stext:(display|condition)\s*=\s*["'](none|ooow:0|ooow:FALSE)["']/gi, shown('hidden-text-shown'))
    .replace(/\stable:print-ranges\s*=\s*"[^"]*"/g, '');
}

function stripWord(xml: string, notes: ConversionNotes): string {
  const linked = xml.replace(/<w:instrText\b[^>]*>[^<]*|w:instr\s*=\s*"[^"]*"/g, (instruction) =>
    instruction.replace(TODAY_FIELDS, '$1QUOTE').replace(LINKED_FIELDS, () => {
      notes.add('remote-left-out');
      return 'QUOTE';
    }),
  );
  // A linked picture's relationship is gone, so nothing may ask for it.
  return showHiddenText(linked.replace(/\sr:link\s*=\s*"[^"]*"/g, ''), notes);
}

function stripPart(name: string, content: Buffer, notes: ConversionNotes): Buffer {
  if (/\.(x?html?|mht(ml)?)$/i.test(name)) return Buffer.from(stripHtml(decodeText(content).text, notes));
  if (!/\.(xml|rels|vml|rdf)$/i.test(name)) return content;
  let xml = decodeText(content).text;
  if (name.endsWith('.rels')) xml = stripRelationships(xml, notes);
  else xml = stripAttributes(xml, notes);
  if (name.startsWith('word/')) xml = stripWord(xml, notes);
  if (/^(content|styles)\.xml$/.test(name)) xml = showHiddenInOpenDocument(xml, notes);
  if (name.startsWith('xl/')) {
    xml = xml.replace(FETCHING_FORMULAS, () => {
      notes.add('remote-left-out');
      return '';
    });
    xml = showHiddenCells(name, xml, notes);
  }
  // Decoded whatever it was, so it is written back as UTF-8 and says so.
  return Buffer.from(xml.replace(/^\ufeff?(<\?xml[^>]*encoding\s*=\s*["'])[^"']*/, '$1UTF-8'));
}

/** A copy of RTF whose linked fields and template quote their last text instead of fetching. */
export function stripRtf(rtf: Buffer, notes: ConversionNotes): Buffer {
  const text = rtf.toString('latin1');
  const stripped = text
    .replace(
      /(\\fldinst[^{}]*\{?[^{}]*?)\b(INCLUDEPICTURE|INCLUDETEXT|IMPORT|DDEAUTO|DDE|LINK|DATABASE|RD)\b/g,
      '$1QUOTE',
    )
    .replace(/\{\\\*\\template[^{}]*\}/g, '');
  if (stripped !== text) notes.add('remote-left-out');
  return Buffer.from(stripped, 'latin1');
}

/**
 * A copy of an office document that refers to nothing outside itself, runs nothing and hides nothing. The original is
 * left alone. Text, pictures inside the package, comments and tracked changes stay.
 */
export function stripOffice(archive: Archive, notes: ConversionNotes): Archive {
  const stripped: Archive = new Map();
  for (const [name, content] of archive) {
    if (MACRO_PARTS.test(name)) {
      notes.add('macros-left-out');
      continue;
    }
    // Web queries and external data come with the parts below; the values they last gave stand in the cells.
    if (/^xl\/(connections\.xml|queryTables\/)/.test(name)) continue;
    stripped.set(name, stripPart(name, content, notes));
  }
  return stripped;
}
