export * from './letter-data';
export { TypesetError, typeset, type TypesetOptions } from './typeset';
export { withoutTagTitles } from './without-tag-titles';
