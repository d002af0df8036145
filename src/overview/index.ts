export * from './case-subject';
export * from './look-up-cases';
export * from './shown-case';
