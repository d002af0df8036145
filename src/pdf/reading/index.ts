export type * from './reading-model';
export { readingVersionData, type ReadingVersionData } from './reading-data';
export { readStructure } from './read-structure';
export { pageText, readingText, withoutKept } from './reading-text';
export { writeReadingHtml } from './write-html';
export { divideReading } from './divide-reading';
