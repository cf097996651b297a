/** Once for all stories: the machine is up before the first and down after the last. */
import type { TestProject } from 'vitest/node';
import { freePort, Machine, type MachineFacts } from './machine';

declare module 'vitest' {
  interface ProvidedContext {
    door: string;
    /** Undefined where one runs that was not started here. */
    machine: MachineFacts | undefined;
    /** Where a page of another origin that the door lets in may stand. */
    friend: number;
  }
}

/**
 * Nobody goes further than their own topic by themselves before a story is over, so stories meet
 * nobody of each other's; AI peers come soon and offers end soon. AI peers say the lines of the files: learning a bank takes seconds
 * of CPU, and what they say is not told here.
 */
const POOLS = `intents: [talk]
talk:
  to-language: 5m
  to-anyone: 10m
  ai-after: 1s
`;

/** One that runs already may be named: `PARLEY_DOOR=http://localhost:8080 npm run browser talk`. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = process.env['PARLEY_DOOR'];
  const friend = await freePort();
  project.provide('friend', friend);
  if (running !== undefined) {
    project.provide('door', running);
    project.provide('machine', undefined);
    return () => Promise.resolve();
  }
  const settings = [
    'match.tickets.answer-within=6s',
    'session.relay.replay=12',
    'bot.companion.banks=leave',
    `door.cors.origins=http://localhost:${friend}`,
    'door.address-limit.burst=4000',
  ];
  const machine = await Machine.start({ settings, pools: POOLS });
  project.provide('door', machine.facts.door);
  project.provide('machine', machine.facts);
  return () => machine.stop();
}
