import { join } from 'node:path';
import { CERTIFICATE_FILES, sandboxCertificates } from '../certificates';
import { startStandIn } from '../process/start-stand-in';
import { ControlClient } from './control-client';

export interface DigitalPostProcessOptions {
  /** Messages and receipts are kept here; a second process with the same folder goes on where the first one ended. */
  folder: string;
  /** Made when they are not there. */
  certificateFolder: string;
  port?: number;
  receiptDelayMs?: number;
  xsdFolder?: string;
}

/** The stand-in in a process of its own: how to reach it as a sender, and how to give it orders as a test. */
export interface DigitalPostProcess {
  baseUrl: string;
  certificateFile: string;
  keyFile: string;
  caFile: string;
  systemId: string;
  apiToken: string;
  control: ControlClient;
  pid: number;
  stop(): Promise<void>;
}

/** The one mail system that the stand-in knows when it was told no other. */
const SYSTEM = { systemId: 'aktindsigt', apiToken: 'sandkasse' };

export async function startDigitalPostProcess(options: DigitalPostProcessOptions): Promise<DigitalPostProcess> {
  const { folder, certificateFolder, port, receiptDelayMs, xsdFolder } = options;
  const certificates = await sandboxCertificates(certificateFolder);
  const args = ['--folder', folder, '--certificates', certificateFolder, '--system-id', SYSTEM.systemId];
  if (port !== undefined) args.push('--port', String(port));
  if (receiptDelayMs !== undefined) args.push('--receipt-delay', String(receiptDelayMs));
  if (xsdFolder !== undefined) args.push('--xsd', xsdFolder);
  const { ready, pid, stop } = await startStandIn<{ baseUrl: string }>('digital-post', args);
  const control = new ControlClient(ready.baseUrl, certificates, SYSTEM);
  return {
    baseUrl: ready.baseUrl,
    certificateFile: join(certificateFolder, CERTIFICATE_FILES.clientCert),
    keyFile: join(certificateFolder, CERTIFICATE_FILES.clientKey),
    caFile: join(certificateFolder, CERTIFICATE_FILES.ca),
    ...SYSTEM,
    control,
    pid,
    stop,
  };
}
