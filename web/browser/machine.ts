/** The whole of Parley on this machine, started as `./parley up` starts it; nodes that can be killed. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const READY_WITHIN = 90_000;
const FLAGS = ['--enable-native-access=ALL-UNNAMED', '--sun-misc-unsafe-memory-access=allow'];

export interface NodeAddress {
  readonly name: string;
  /** Prometheus' text. */
  readonly metrics: string;
}

interface Child {
  readonly process: ChildProcess;
  readonly said: () => string;
}

export class Machine {
  readonly door: string;
  readonly #state: string;
  readonly #up: Child;
  readonly #others = new Map<string, Child>();
  readonly #nodes: NodeAddress[];

  private constructor(state: string, port: number, up: Child) {
    this.#state = state;
    this.#up = up;
    this.door = `http://localhost:${port}`;
    this.#nodes = [...up.said().matchAll(/(session-\d+) at .* metrics at (\S+)/g)].map(
      ([, name, metrics]) => ({ name: name!, metrics: metrics! }),
    );
  }

  static async start(): Promise<Machine> {
    const state = mkdtempSync(join(tmpdir(), 'parley-page-'));
    const port = await freePort();
    const page = resolve('target/site');
    const child = java(['up', '--state', state, '--port', String(port), '--page', page]);
    await until(child, ' ready');
    return new Machine(state, port, child);
  }

  /** One more node of session-svc, as a process of its own. */
  async addSession(name: string): Promise<void> {
    const serving = await freePort();
    const metrics = `127.0.0.1:${await freePort()}`;
    const redis = /Redis at (\S+)/.exec(this.#up.said())![1];
    const secrets = join(this.#state, 'secrets');
    const settings = {
      'node.id': name,
      'serving.address': `127.0.0.1:${serving}`,
      'admin.http': metrics,
      'redis.address': redis,
      'auth.jwks': join(secrets, 'keys', 'jwks.json'),
      'auth.seals': join(secrets, 'seals.yaml'),
    };
    const config = join(this.#state, `${name}.yaml`);
    const lines = Object.entries(settings).map(([key, value]) => `${key}: "${value}"\n`);
    writeFileSync(config, lines.join(''));
    const child = java(['service', 'session', '--config', config]);
    this.#others.set(name, child);
    await until(child, `ready ${name}`);
    this.#nodes.push({ name, metrics: `http://${metrics}/metrics` });
  }

  /** Names of the session nodes that hold streams now. */
  async busySessions(): Promise<string[]> {
    const busy: string[] = [];
    for (const { name, metrics } of this.#nodes) {
      const text = await (await fetch(metrics)).text();
      const open = /^parley_session_streams_open\S* (\S+)/m.exec(text)?.[1];
      if (Number(open) > 0) busy.push(name);
    }
    return busy;
  }

  isProcess(name: string): boolean {
    return this.#others.has(name);
  }

  /** SIGKILL. */
  kill(name: string): void {
    this.#others.get(name)!.process.kill('SIGKILL');
    this.#others.delete(name);
    this.#nodes.splice(
      this.#nodes.findIndex((node) => node.name === name),
      1,
    );
  }

  async stop(): Promise<void> {
    const children = [this.#up, ...this.#others.values()];
    await Promise.all(
      children.map(({ process }) => {
        const ended = new Promise((done) => process.once('exit', done));
        process.kill('SIGTERM');
        return ended;
      }),
    );
    rmSync(this.#state, { recursive: true, force: true });
  }
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

export function freePort(): Promise<number> {
  return new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => found(port));
    });
  });
}
