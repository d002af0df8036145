export { CookieJar } from './cookie-jar';
export { fetchAsBrowser, logInByFetch, type Arrival } from './log-in-by-fetch';
export { startLoginProcess } from './login-process';
export {
  CITIZEN_CLIENT,
  STAFF_CLIENT,
  startLoginServer,
  type LoginServer,
  type LoginServerOptions,
} from './login-server';
export { parseTestUsers, type AssuranceLevel, type StaffRole, type TestUser } from './test-user';
export type { TestCitizen, TestEmployee, TestProfessional } from './test-user';
