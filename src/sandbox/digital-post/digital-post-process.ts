import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { CERTIFICATE_FILES, sandboxCertificates } from '../certificates';
import { startStandIn } from '../process/start-stand-in';
import { ControlClient } from './control-client';
import type { DigitalPostStandIn } from './digital-post-stand-in';

export interface DigitalPostProcessOptions {
  /** Messages and receipts are kept here; a second process with the same folder goes on where the first one ended. */
  folder: string;
  /** Made when they are not there. */
  certificateFolder: string;
  port?: number;
  receiptDelayMs?: number;
  /** Seconds that a Holder-of-key token of SF1601 lives. */
  tokenSeconds?: number;
  xsdFolder?: string;
  letterXsdFolder?: string;
  /** The municipality whose system is known by both roads; default 12345678. */
  cvr?: string;
}

/** The stand-in in a process of its own: how to reach it as a sender, and how to give it orders as a test. */
export interface DigitalPostProcess {
  /** NgDP's. */
  baseUrl: string;
  /** SF1601's: the platform, its token service, and the municipality with an agreement. */
  serviceUrl: string;
  tokenUrl: string;
  cvr: string;
  certificateFile: string;
  keyFile: string;
  caFile: string;
  /** SHA-256 of the certificate by which the post pushes receipts. */
  pushFingerprint: string;
  systemId: string;
  apiToken: string;
  control: ControlClient;
  pid: number;
  stop(): Promise<void>;
}

type Addresses = Awaited<ReturnType<DigitalPostStandIn['start']>>;

/** The one mail system that the stand-in knows when it was told no other. */
const SYSTEM = { systemId: 'aktindsigt', apiToken: 'sandkasse' };
/** The one municipality, likewise. */
const CVR = '12345678';

export async function startDigitalPostProcess(options: DigitalPostProcessOptions): Promise<DigitalPostProcess> {
  const {
    folder,
    certificateFolder,
    port,
    receiptDelayMs,
    tokenSeconds,
    xsdFolder,
    letterXsdFolder,
    cvr = CVR,
  } = options;
  const certificates = await sandboxCertificates(certificateFolder, { cvr });
  const args = ['--folder', folder, '--certificates', certificateFolder, '--system-id', SYSTEM.systemId];
  args.push('--cvr', cvr);
  if (port !== undefined) args.push('--port', String(port));
  if (receiptDelayMs !== undefined) args.push('--receipt-delay', String(receiptDelayMs));
  if (tokenSeconds !== undefined) args.push('--token-seconds', String(tokenSeconds));
  if (xsdFolder !== undefined) args.push('--xsd', xsdFolder);
  if (letterXsdFolder !== undefined) args.push('--letter-xsd', letterXsdFolder);
  const { ready, pid, stop } = await startStandIn<Addresses>('digital-post', args);
  const control = new ControlClient(ready.baseUrl, certificates, SYSTEM);
  return {
    ...ready,
    cvr,
    pushFingerprint: new X509Certificate(certificates.post.cert).fingerprint256,
    certificateFile: join(certificateFolder, CERTIFICATE_FILES.clientCert),
    keyFile: join(certificateFolder, CERTIFICATE_FILES.clientKey),
    caFile: join(certificateFolder, CERTIFICATE_FILES.ca),
    ...SYSTEM,
    control,
    pid,
    stop,
  };
}
