import { Injectable } from '@nestjs/common';
import type { AnyJobDefinition, JobDefinition } from './job-definition';
import { JOBS, QUEUE_NAMES, type JobName, type QueueName } from './job-names';

/** Who handles which job. Processors register while the worker's modules start. */
@Injectable()
export class JobRegistry {
  private readonly definitions = new Map<JobName, AnyJobDefinition>();

  register<Row, Result>(definition: JobDefinition<Row, Result>): void {
    if (this.definitions.has(definition.name))
      throw new Error(`The job ${definition.name} has two handlers. Remove one of them.`);
    this.definitions.set(definition.name, definition as unknown as AnyJobDefinition);
  }

  definitionOf(name: string): AnyJobDefinition {
    const definition = this.definitions.get(name as JobName);
    if (!definition) throw new Error(`The job ${name} has no handler.`);
    return definition;
  }

  /** Throws at start-up when a job has no handler. */
  assertComplete(): void {
    const missing = QUEUE_NAMES.flatMap((queue: QueueName) => JOBS[queue] as readonly JobName[]).filter(
      (name) => !this.definitions.has(name),
    );
    if (missing.length > 0)
      throw new Error(`These jobs have no handler: ${missing.join(', ')}. Register one in a processor.`);
  }
}
