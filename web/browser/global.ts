/** Once for all stories: the machine is up before the first and down after the last. */
import type { TestProject } from 'vitest/node';
import { Machine } from './machine';

declare module 'vitest' {
  interface ProvidedContext {
    door: string;
  }
}

/** Stories that kill start a node of their own on it. */
export let machine: Machine;

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  machine = await Machine.start();
  project.provide('door', machine.door);
  return () => machine.stop();
}
