import type { CaseIndex, PersonRegister, PersonStatusPort } from '../contracts';
import { PersonRegisterGateway } from './person-register/person-register-gateway';
import { PersonRegisterSettings } from './person-register/person-register-settings';
import { checkedSettings } from './settings';
import { Sf1470Index } from './sf1470/sf1470-index';
import { Sf1470Settings } from './sf1470/sf1470-settings';

/** The index of cases by its settings. Throws a `SettingsError` that names the wrong fields, never their values. */
export function createCaseIndex(settings: unknown): CaseIndex {
  return new Sf1470Index(checkedSettings(Sf1470Settings, settings, 'the index of cases'));
}

/** The register of persons by its settings: who somebody is, and how he or she is now. */
export function createPersonRegister(settings: unknown): PersonRegister & PersonStatusPort {
  return new PersonRegisterGateway(checkedSettings(PersonRegisterSettings, settings, 'the register of persons'));
}
