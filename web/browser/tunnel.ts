/** The way from a browser to the door, which can break as in a tunnel: no connection lives, none is made. */
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

interface Way {
  broken: boolean;
  refused: number;
}

export class Tunnel {
  /** The page by this way. */
  readonly address: string;
  readonly #server: Server;
  readonly #open: Set<Socket>;
  readonly #way: Way;

  private constructor(door: URL, server: Server, open: Set<Socket>, way: Way) {
    this.#server = server;
    this.#open = open;
    this.#way = way;
    const { port } = server.address() as AddressInfo;
    this.address = `${door.protocol}//localhost:${port}`;
  }

  static async to(door: string): Promise<Tunnel> {
    const target = new URL(door);
    const open = new Set<Socket>();
    const way = { broken: false, refused: 0 };
    const server = createServer((near) => {
      if (way.broken) {
        way.refused++;
        near.resetAndDestroy();
        return;
      }
      const far = connect(Number(target.port), '127.0.0.1');
      for (const [end, other] of [
        [near, far],
        [far, near],
      ] as const) {
        open.add(end);
        end.setNoDelay(true);
        end.on('error', () => other.destroy());
        end.on('close', () => (open.delete(end), other.destroy()));
        end.pipe(other);
      }
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    return new Tunnel(target, server, open, way);
  }

  /** Tries to connect that failed since the way broke. */
  get refused(): number {
    return this.#way.refused;
  }

  /** Every connection dies, open streams with it, and no new one is made. */
  break(): void {
    this.#way.broken = true;
    this.#way.refused = 0;
    for (const end of this.#open) end.destroy();
  }

  mend(): void {
    this.#way.broken = false;
  }

  close(): void {
    this.break();
    this.#server.close();
  }
}
