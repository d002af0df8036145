import { validateSync, type ValidationError } from 'class-validator';

/** Settings that cannot be used; the message names the fields and what is wrong, never their values. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** Lays `given` over the defaults of `Settings` and checks all of it; unknown fields are refused. */
export function checkedSettings<T extends object>(Settings: new () => T, given: unknown, of: string): T {
  if (typeof given !== 'object' || given === null) {
    throw new SettingsError(`The settings of ${of} are missing; give them as an object.`);
  }
  const settings = Object.assign(new Settings(), given);
  const errors = validateSync(settings, { whitelist: true, forbidNonWhitelisted: true });
  if (errors.length === 0) return settings;
  throw new SettingsError(`The settings of ${of} cannot be used: ${errors.flatMap(complaints).join('; ')}.`);
}

function complaints(error: ValidationError): string[] {
  return [...Object.values(error.constraints ?? {}), ...(error.children ?? []).flatMap(complaints)];
}
