import { assemblyBench } from './assembly.bench';
import { auditBench } from './audit.bench';
import { collectionsBench } from './collections.bench';
import { duplicatesBench } from './duplicates.bench';
import { redactBench } from './redact.bench';
import type { Bench } from './bench';
import { detectBench } from './detect.bench';
import { memoBench } from './memo.bench';
import { namesBench } from './names.bench';
import { ocrBench } from './ocr.bench';
import { personsBench } from './persons.bench';
import { registerBench } from './register.bench';
import { whoGotBench } from './who-got.bench';

/** Every benchmark; a new one needs a file `*.bench.ts` and a line here. */
export const BENCHES: readonly Bench[] = [
  assemblyBench,
  auditBench,
  collectionsBench,
  detectBench,
  duplicatesBench,
  memoBench,
  namesBench,
  ocrBench,
  personsBench,
  redactBench,
  registerBench,
  whoGotBench,
];
