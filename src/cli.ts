#!/usr/bin/env node
import 'reflect-metadata';
import { Command } from 'commander';
import { registerAudit } from './cli/audit.command';
import { registerCertificate } from './cli/certificate.command';
import { registerConnectors } from './cli/connectors.command';
import { registerDeadlines } from './cli/deadlines.command';
import { registerDetect } from './cli/detect.command';
import { registerKeys } from './cli/keys.command';
import { registerMemo } from './cli/memo.command';
import { registerMigrate } from './cli/migrate.command';
import { registerMunicipality } from './cli/municipality.command';
import { registerRedact } from './cli/redact.command';
import { registerVerify } from './cli/verify.command';

/** 0 good, 1 finding, 2 bad use. */
const BAD_USE = 2;

const program = new Command('aktindsigt')
  .description(
    'The libraries of Aktindsigt at a terminal. Errors go to stderr; exit code 0 is good, 1 a finding, 2 bad use.',
  )
  .exitOverride();
for (const register of [
  registerDetect,
  registerRedact,
  registerVerify,
  registerDeadlines,
  registerMemo,
  registerConnectors,
  registerAudit,
  registerCertificate,
  registerMigrate,
  registerKeys,
  registerMunicipality,
])
  register(program);

// Subcommands made by `command()` inherit the override; help and version end well, everything else is bad use.
program.parseAsync().catch((error: Error & { code?: string }) => {
  const isHelp = error.code === 'commander.helpDisplayed' || error.code === 'commander.version';
  if (!isHelp && !error.code?.startsWith('commander.')) process.stderr.write(`${error.message}\n`);
  process.exitCode = isHelp ? 0 : BAD_USE;
});
