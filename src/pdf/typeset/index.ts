export * from './letter-data';
export { TypesetError, typeset, type TypesetOptions } from './typeset';
