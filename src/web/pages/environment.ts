import { readdirSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { Environment, FileSystemLoader } from 'nunjucks';
import { proposalStatus, undecidedInWords } from '../views/gennemgang';
import type { FieldError } from '../views/page-shell';
import { deliveryStatus, documentStatus, outcomeStatus, requestStatus, sourceStatus } from '../views/status-tag';
import { count, counted, decimal, fileSize, hashGroups, workingDaysLeft } from './amounts';
import { clockTime, clockTimeWithSeconds, longDate, momentInWords, shortDate } from './dates';
import { refusal } from './refusals';

/** The same depth from `src/web/pages` and from `dist/web/pages`. */
export const TEMPLATE_FOLDER = resolve(__dirname, '../../../templates/pages');

/** "forvaltningslovens § 12" at the beginning of a sentence. */
function capitalised(text: string): string {
  return text.charAt(0).toLocaleUpperCase('da') + text.slice(1);
}

/** What is wrong with one field, if anything is. */
function errorOf(errors: FieldError[] | undefined, field: string): string | undefined {
  return errors?.find((error) => error.field === field)?.message;
}

const filters: Record<string, (...values: never[]) => unknown> = {
  langDato: longDate,
  dato: shortDate,
  klokken: clockTime,
  sekund: clockTimeWithSeconds,
  tidspunkt: momentInWords,
  antal: count,
  decimal,
  talt: counted,
  bytes: fileSize,
  grupper: hashGroups,
  arbejdsdage: workingDaysLeft,
  anmodningsstatus: requestStatus,
  dokumentstatus: documentStatus,
  udfald: outcomeStatus,
  leveringsstatus: deliveryStatus,
  kildestatus: sourceStatus,
  forslagsstatus: proposalStatus,
  uafklarede: undecidedInWords,
  afvisning: refusal,
  stort: capitalised,
  fejlen: errorOf,
};

/**
 * Templates escape everything that they print. All are compiled at once: a fault of writing stops the start, and never a
 * page (one in an included template would otherwise end the program, since nunjucks throws it where nobody can catch it).
 */
export function templateEnvironment(folder = TEMPLATE_FOLDER): Environment {
  const environment = new Environment(new FileSystemLoader(folder), {
    autoescape: true,
    trimBlocks: true,
    lstripBlocks: true,
  });
  for (const [name, filter] of Object.entries(filters)) {
    environment.addFilter(name, filter as (...values: unknown[]) => unknown);
  }
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    if (file.endsWith('.njk')) environment.getTemplate(file.split(sep).join('/'), true);
  return environment;
}
