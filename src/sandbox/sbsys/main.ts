import { sbsysHoldings } from '../municipality/sbsys-holdings';
import { CLIENT, JOURNAL, READER } from './accounts';
import { SbsysStandIn } from './standin';

/** Runs the stand-in with the cases of Solby Kommune and prints one JSON line; port by argument, else a free one. */
async function main(): Promise<void> {
  const standIn = await new SbsysStandIn(sbsysHoldings()).start(Number(process.argv[2] ?? 0));
  console.log(JSON.stringify({ address: standIn.address, client: CLIENT, reader: READER, journal: JOURNAL }));
  const stop = (): void => void standIn.stop().then(() => process.exit(0), fail);
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function fail(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

main().catch(fail);
