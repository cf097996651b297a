/** The page before a server that a story writes: for states that the real one passes through in a moment. */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { createConnectRouter } from '@connectrpc/connect';
import type { UniversalHandler } from '@connectrpc/connect/protocol';
import { FakeServer } from '../tests/fake/server.js';

const SITE = 'target/site';
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

export class FakeDoor {
  readonly says = new FakeServer();
  readonly #handlers: ReadonlyMap<string, UniversalHandler>;
  readonly #server: Server;

  private constructor() {
    const router = createConnectRouter({ connect: false, grpc: false });
    this.says.routes(router);
    this.#handlers = new Map(router.handlers.map((each) => [each.requestPath, each]));
    this.#server = createServer((asked, answer) => void this.#serve(asked, answer));
  }

  static async open(): Promise<FakeDoor> {
    const door = new FakeDoor();
    await new Promise<void>((ready) => door.#server.listen(0, '127.0.0.1', ready));
    return door;
  }

  get address(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #serve(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const url = new URL(asked.url!, this.address);
    const handler = this.#handlers.get(url.pathname);
    if (handler === undefined) return page(url.pathname, answer);
    const gone = new AbortController();
    answer.on('close', () => gone.abort());
    const { status, header, body } = await handler({
      httpVersion: asked.httpVersion,
      url: url.href,
      method: asked.method!,
      header: new Headers(asked.headers as Record<string, string>),
      body: asked,
      signal: gone.signal,
    });
    answer.writeHead(status, Object.fromEntries(header ?? []));
    answer.flushHeaders();
    for await (const bytes of body ?? []) answer.write(bytes);
    answer.end();
  }
}

function page(path: string, answer: ServerResponse): void {
  const file = path === '/' ? '/index.html' : path;
  try {
    const bytes = readFileSync(join(SITE, file));
    answer.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'text/plain' }).end(bytes);
  } catch {
    answer.writeHead(404).end();
  }
}
