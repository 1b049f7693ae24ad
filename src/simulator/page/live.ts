import type { ServerResponse } from "node:http";
import type { Forge } from "../platform/forge.js";

/** Tells open pages that something changed, over server-sent events. */
export interface Live {
  attach(response: ServerResponse): void;
  close(): void;
}

export function createLive(forge: Forge): Live {
  const pages = new Set<ServerResponse>();
  const tell = () => {
    for (const page of pages) page.write("event: changed\ndata: \n\n");
  };
  forge.news.on("changed", tell);
  return {
    attach(response) {
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      response.write("retry: 1000\n\n");
      pages.add(response);
      response.on("close", () => pages.delete(response));
    },
    close() {
      forge.news.off("changed", tell);
      for (const page of pages) page.end();
    },
  };
}
