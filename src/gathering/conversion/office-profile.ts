import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

type Setting = [path: string, name: string, value: string | number | boolean];

/**
 * What LibreOffice may not do. Update modes: Writer 0 and Calc 1 are "never" (their enumerations differ). Fields are not
 * updated, so that a letter keeps the date it was written with. Dates and amounts are shown the Danish way. The proxy is the discard port: what is not kept off
 * the network by a namespace meets a dead end.
 */
const SETTINGS: Setting[] = [
  ['Office.Common/Security/Scripting', 'MacroSecurityLevel', 3],
  ['Office.Common/Security/Scripting', 'DisableMacrosExecution', true],
  ['Office.Common/Security/Scripting', 'BlockUntrustedRefererLinks', true],
  ['Office.Writer/Content/Update', 'Link', 0],
  ['Office.Writer/Content/Update', 'Field', false],
  ['Office.Writer/Content/Update', 'Chart', false],
  ['Office.Calc/Content/Update', 'Link', 1],
  ['Office.Calc/Formula/Load', 'OOXMLRecalcMode', 1],
  ['Office.Calc/Formula/Load', 'ODFRecalcMode', 1],
  ['Setup/L10N', 'ooSetupSystemLocale', 'da-DK'],
  ['Inet/Settings', 'ooInetProxyType', 2],
  ['Inet/Settings', 'ooInetHTTPProxyName', '127.0.0.1'],
  ['Inet/Settings', 'ooInetHTTPProxyPort', 9],
  ['Inet/Settings', 'ooInetHTTPSProxyName', '127.0.0.1'],
  ['Inet/Settings', 'ooInetHTTPSProxyPort', 9],
  ['Inet/Settings', 'ooInetFTPProxyName', '127.0.0.1'],
  ['Inet/Settings', 'ooInetFTPProxyPort', 9],
  ['Inet/Settings', 'ooInetNoProxy', ''],
];

function item([path, name, value]: Setting): string {
  const full = `/org.openoffice.${path}`;
  return `<item oor:path="${full}"><prop oor:name="${name}" oor:op="fuse"><value>${value}</value></prop></item>`;
}

/** Writes a fresh profile: macros, links, updates and the network off. One profile serves one run. */
export async function writeOfficeProfile(folder: string): Promise<void> {
  await mkdir(join(folder, 'user'), { recursive: true, mode: 0o700 });
  const xml = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
    ...SETTINGS.map(item),
    '</oor:items>',
  ].join('\n');
  await writeFile(join(folder, 'user', 'registrymodifications.xcu'), xml, { mode: 0o600 });
}
