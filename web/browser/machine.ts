/** The whole of Parley on this machine, started as `./parley up` starts it; nodes that can be killed. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const READY_WITHIN = 90_000;
const FLAGS = ['--enable-native-access=ALL-UNNAMED', '--sun-misc-unsafe-memory-access=allow'];

export interface NodeAddress {
  readonly name: string;
  /** Prometheus' text. */
  readonly metrics: string;
}

/** What stories are told of it, in processes of their own. */
export interface MachineFacts {
  readonly door: string;
  readonly state: string;
  readonly redis: string;
  /** Envoy's own pages. */
  readonly doorAdmin: string;
  readonly nodes: readonly NodeAddress[];
}

interface Child {
  readonly process: ChildProcess;
  readonly said: () => string;
}

/** In what a machine differs from the usual one. */
export interface Differs {
  /** SERVICE.NAME=VALUE, as `--set` takes it. */
  readonly settings?: readonly string[];
  /** A file of pools, as match-svc/config/pools.yaml. */
  readonly pools?: string;
  /** More options of `./parley up`. */
  readonly options?: readonly string[];
}

export class Machine {
  readonly facts: MachineFacts;
  readonly #up: Child;

  private constructor(facts: MachineFacts, up: Child) {
    this.facts = facts;
    this.#up = up;
  }

  static async start({ settings = [], pools, options = [] }: Differs = {}): Promise<Machine> {
    const state = mkdtempSync(join(tmpdir(), 'parley-page-'));
    const page = resolve('target/site');
    const set = [...settings];
    if (pools !== undefined) {
      const file = join(state, 'pools.yaml');
      writeFileSync(file, pools);
      set.push(`match.pools.file=${file}`);
    }
    const up = java([
      ...['up', '--state', state, '--port', '0', '--page', page, ...options],
      ...set.flatMap((setting) => ['--set', setting]),
    ]);
    // The last line of what it says: all addresses stand before it.
    await until(up, 'Ctrl-C stops');
    const said = up.said();
    const nodes = [...said.matchAll(/(session-\d+) at .* metrics at (\S+)/g)];
    const facts = {
      door: /Open the page.*: (\S+)/.exec(said)![1]!,
      state,
      redis: /Redis at (\S+)/.exec(said)![1]!,
      doorAdmin: `http://${/the door, at \S+, admin at (\S+)/.exec(said)![1]!}`,
      nodes: nodes.map(([, name, metrics]) => ({ name: name!, metrics: metrics! })),
    };
    return new Machine(facts, up);
  }

  async stop(): Promise<void> {
    await ended(this.#up);
    rmSync(this.facts.state, { recursive: true, force: true });
  }
}

/** Nodes of session-svc that join a machine as processes of their own, and can be killed. */
export class Guests {
  readonly #machine: MachineFacts;
  readonly #processes = new Map<string, Child>();
  #nodes: NodeAddress[];

  constructor(machine: MachineFacts) {
    this.#machine = machine;
    this.#nodes = [...machine.nodes];
  }

  async add(name: string): Promise<void> {
    const metrics = `127.0.0.1:${await freePort()}`;
    const secrets = join(this.#machine.state, 'secrets');
    const serving = `127.0.0.1:${await freePort()}`;
    const settings = {
      'node.id': name,
      'serving.address': serving,
      'admin.http': metrics,
      'redis.address': this.#machine.redis,
      'auth.jwks': join(secrets, 'keys', 'jwks.json'),
      'auth.seals': join(secrets, 'seals.yaml'),
    };
    const config = join(this.#machine.state, `${name}.yaml`);
    const lines = Object.entries(settings).map(([key, value]) => `${key}: "${value}"\n`);
    writeFileSync(config, lines.join(''));
    const child = java(['service', 'session', '--config', config]);
    this.#processes.set(name, child);
    await until(child, `ready ${name}`);
    await this.#known(serving);
    this.#nodes.push({ name, metrics: `http://${metrics}/metrics` });
  }

  /** The door sends people there now. */
  async #known(serving: string): Promise<void> {
    const deadline = Date.now() + READY_WITHIN;
    const healthy = `::${serving}::health_flags::healthy`;
    for (;;) {
      const clusters = await (await fetch(`${this.#machine.doorAdmin}/clusters`)).text();
      if (clusters.includes(healthy)) return;
      if (Date.now() > deadline) throw new Error(`the door never knew ${serving}`);
      await new Promise((again) => setTimeout(again, 100));
    }
  }

  /** The one of these processes that holds streams now, if one does. */
  async busy(): Promise<string | undefined> {
    for (const { name, metrics } of this.#nodes) {
      const text = await (await fetch(metrics)).text();
      const open = /^parley_session_streams_open\S* (\S+)/m.exec(text)?.[1];
      if (Number(open) > 0 && this.#processes.has(name)) return name;
    }
    return undefined;
  }

  /** SIGKILL. */
  kill(name: string): void {
    this.#processes.get(name)!.process.kill('SIGKILL');
    this.#processes.delete(name);
    this.#nodes = this.#nodes.filter((node) => node.name !== name);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#processes.values()].map(ended));
  }
}

function ended(child: Child): Promise<unknown> {
  const exit = new Promise((done) => child.process.once('exit', done));
  child.process.kill('SIGTERM');
  return exit;
}

function java(args: string[]): Child {
  const { PARLEY_JAVA, PARLEY_CLASSPATH } = process.env;
  if (PARLEY_JAVA === undefined || PARLEY_CLASSPATH === undefined) {
    throw new Error('start these by ./parley test page');
  }
  const child = spawn(
    PARLEY_JAVA,
    [
      ...FLAGS,
      '-XX:TieredStopAtLevel=1',
      '-cp',
      PARLEY_CLASSPATH,
      'parley.local.LocalMain',
      ...args,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  child.stdout.on('data', (data: Buffer) => (said += data.toString()));
  child.stderr.on('data', (data: Buffer) => (said += data.toString()));
  return { process: child, said: () => said };
}

async function until(child: Child, word: string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN;
  while (!child.said().includes(word)) {
    if (child.process.exitCode !== null || Date.now() > deadline) {
      throw new Error(`'${word}' was never said:\n${child.said()}`);
    }
    await new Promise((again) => setTimeout(again, 50));
  }
}

/**
 * Below the ports that outgoing connections take, which any of them may take before somebody
 * listens, and beside those that `up` gives its parts (`FreePort.java`).
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 16_000 + Math.floor(Math.random() * 5_000);
    if (await free(port)) return port;
  }
}

function free(port: number): Promise<boolean> {
  return new Promise((said) => {
    const server = createServer()
      .once('error', () => said(false))
      .listen(port, '127.0.0.1', () => server.close(() => said(true)));
  });
}
