/** Once for all stories: the machine is up before the first and down after the last. */
import type { TestProject } from 'vitest/node';
import { Machine, type MachineFacts } from './machine';

declare module 'vitest' {
  interface ProvidedContext {
    door: string;
    /** Undefined where one runs that was not started here. */
    machine: MachineFacts | undefined;
  }
}

/** One that runs already may be named: `PARLEY_DOOR=http://localhost:8080 npm run browser talk`. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = process.env['PARLEY_DOOR'];
  if (running !== undefined) {
    project.provide('door', running);
    project.provide('machine', undefined);
    return () => Promise.resolve();
  }
  const machine = await Machine.start();
  project.provide('door', machine.facts.door);
  project.provide('machine', machine.facts);
  return () => machine.stop();
}
