/** A page at another origin than the door's, with the library on it. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build, type Rolldown } from 'vite';

const PAGE =
  '<!doctype html><title>elsewhere</title><script type="module" src="/lifted.js"></script>';

export class Elsewhere {
  readonly #server: Server;

  private constructor(script: string) {
    this.#server = createServer(({ url }, answer) => {
      const isScript = url === '/lifted.js';
      const type = isScript ? 'text/javascript' : 'text/html';
      answer.writeHead(200, { 'content-type': type }).end(isScript ? script : PAGE);
    });
  }

  /** @param port any if absent */
  static async open(port = 0): Promise<Elsewhere> {
    const built = (await build({
      configFile: false,
      logLevel: 'silent',
      build: { write: false, lib: { entry: 'browser/lifted.ts', formats: ['es'] } },
    })) as Rolldown.RolldownOutput[];
    const page = new Elsewhere(built[0]!.output[0].code);
    await new Promise<void>((ready) => page.#server.listen(port, '127.0.0.1', ready));
    return page;
  }

  get origin(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
