// Builds lexicon.da.bin: hashes of Danish first names, surnames, place names and ordinary words.
// Use: node models/build-lexicon.mjs CORPORA_DIR WORDS.dic      (sources and licences: lexicon.da.md)
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const { fold } = createRequire(import.meta.url)(join(here, '../dist/personal-data/folding.js'));
const { hashOf } = createRequire(import.meta.url)(join(here, '../dist/personal-data/lexicon.js'));

const [corpora, dictionary] = process.argv.slice(2);
if (!corpora || !dictionary) {
  console.error('Use: node models/build-lexicon.mjs CORPORA_DIR WORDS.dic');
  process.exit(2);
}
const COMMON_FIRST_NAMES_PER_LIST = 2500;
const lines = (file) => readFileSync(join(corpora, file), 'utf8').split('\n').filter(Boolean);
const names = (file) => lines(file).map((line) => JSON.parse(line)).filter((name) => /^\p{L}[\p{L}'. -]*$/u.test(name));

const women = names('os2datascanner/da_20140101_dst_fornavne-kvinder.jsonl');
const men = names('os2datascanner/da_20140101_dst_fornavne-mænd.jsonl');
const surnames = names('os2datascanner/da_20140101_dst_efternavne.jsonl');
const dacy = lines('dacy_names/names.csv').slice(1).map((line) => line.split(','));
const dacyFirst = dacy.filter((row) => row[4] === 'True').map((row) => row[1]);
const dacyLast = dacy.filter((row) => row[4] !== 'True').map((row) => row[1]);
const postal = lines('dawa/postnumre.csv').slice(1).map((line) => line.split(';')[1].trim());
const cadastral = lines('dawa/ejerlav.csv').slice(1).map((line) => line.split(';')[1].split(',')[0].replace(/ By$/, ''));
const words = readFileSync(dictionary, 'utf8').split('\n').slice(1).map((line) => line.split(/[/\s]/)[0]);

const sections = {
  commonFirstNames: [...women.slice(0, COMMON_FIRST_NAMES_PER_LIST), ...men.slice(0, COMMON_FIRST_NAMES_PER_LIST)],
  firstNames: [...women, ...men, ...dacyFirst],
  surnames: [...surnames, ...dacyLast],
  places: [...postal, ...cadastral].flatMap((name) => [name, name.replace(/ [A-ZÆØÅ]{1,2}$/, '')]),
  words: words.filter((word) => /^\p{Ll}{2,}$/u.test(word)),
};

const arrays = Object.entries(sections).map(([name, entries]) => {
  const hashes = [...new Set(entries.map((entry) => hashOf(fold(entry))))].sort((a, b) => a - b);
  return { name, hashes: Uint32Array.from(hashes) };
});
const header = Buffer.from(JSON.stringify(Object.fromEntries(arrays.map(({ name, hashes }) => [name, hashes.length]))));
const size = Buffer.alloc(4);
size.writeUInt32LE(header.length);
writeFileSync(join(here, 'lexicon.da.bin'), Buffer.concat([size, header, ...arrays.map(({ hashes }) => Buffer.from(hashes.buffer))]));
console.log(header.toString());
