export * from './appeal-bodies';
export * from './calendar-date';
export * from './danish-dates';
export * from './deadlines';
export * from './legal-basis';
export * from './legal-grounds';
export * from './letter-texts';
export * from './working-days';
