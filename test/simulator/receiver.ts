import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { GitHubWorld } from "../../src/simulator/world.js";

const SECRET = "a secret of more than thirty-two characters";

export interface Received {
  readonly event: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever was sent.
  readonly payload: any;
}

/** What an App would hear: every delivery, in the order it came. */
export interface Receiver {
  readonly received: readonly Received[];
  /** The status that is answered from now on. */
  answer(status: number): void;
  /** Deliveries of an event since the last call, `event.action` or `event`. */
  heard(name: string): Promise<readonly Received["payload"][]>;
  close(): void;
}

export async function listenTo(world: GitHubWorld): Promise<Receiver> {
  const received: Received[] = [];
  let status = 200;
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    received.push({
      event: String(request.headers["x-github-event"]),
      payload: JSON.parse(body),
    });
    response.writeHead(status).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  world.deliverTo(`http://127.0.0.1:${port}/hook`, SECRET);
  return {
    received,
    answer(next) {
      status = next;
    },
    async heard(name) {
      await world.delivered();
      const [event, action] = name.split(".");
      const found = received.filter(
        (one) => one.event === event && (action === undefined || one.payload.action === action),
      );
      received.splice(0);
      return found.map(({ payload }) => payload);
    },
    close: () => server.close(),
  };
}
