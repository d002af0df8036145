import { OAuthToken } from '../http/oauth-token';
import type { SbsysSettings } from './sbsys-settings';

/** Access tokens by password grant (Keycloak, realm `sbsip`): a service user's, whose rights decide what is visible. */
export function sbsysLogin(settings: SbsysSettings): OAuthToken {
  const { tokenUrl, clientId, clientSecret, username, password } = settings;
  const form = { grant_type: 'password', client_id: clientId, client_secret: clientSecret, username, password };
  return new OAuthToken(tokenUrl, form, settings);
}
