import type { IncomingMessage, ServerResponse } from "node:http";
import { ApiError } from "../platform/errors.js";
import { type Forge, findPullRequest } from "../platform/forge.js";
import { type PageAction, perform } from "./actions.js";
import { checksTab } from "./checks.js";
import { conversationTab } from "./conversation.js";
import { filesTab } from "./files.js";
import { html } from "./html.js";
import { renderPage } from "./layout.js";
import { createLive } from "./live.js";
import { pullHeader, type Tab } from "./pull-header.js";
import { pullList } from "./pull-list.js";
import { SCRIPT } from "./script.js";
import { STYLE } from "./style.js";

export interface Page {
  handle(request: IncomingMessage, response: ServerResponse): void;
  close(): void;
}

const HEADERS = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

const MAX_FORM = 256 * 1024;

const ASSETS: Readonly<Record<string, readonly [type: string, text: string]>> = {
  "/assets/page.css": ["text/css; charset=utf-8", STYLE],
  "/assets/page.js": ["text/javascript; charset=utf-8", SCRIPT],
};

function send(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, { ...HEADERS, "content-type": type });
  response.end(text);
}

async function renderPath(forge: Forge, path: string): Promise<string | undefined> {
  if (path === "/") return renderPage(forge, "Pull requests", pullList(forge));
  const [, number, name = "conversation"] = /^\/pull\/(\d+)(?:\/(files|checks))?$/.exec(path) ?? [];
  const pull = findPullRequest(forge, Number(number));
  if (pull === undefined) return undefined;
  const tab = name as Tab;
  const tabs = { conversation: conversationTab, files: filesTab, checks: checksTab };
  const header = await pullHeader(forge, pull, tab);
  const body = await tabs[tab](forge, pull);
  return renderPage(forge, `${pull.title} · #${pull.number}`, html`${header}${body}`);
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = "";
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > MAX_FORM) throw new ApiError(413, "Form too large");
  }
  return new URLSearchParams(text);
}

/** A button of another site must not work here. */
function fromElsewhere(request: IncomingMessage): boolean {
  const site = request.headers["sec-fetch-site"];
  return site !== undefined && site !== "same-origin" && site !== "none";
}

async function readAction(request: IncomingMessage, path: string): Promise<PageAction> {
  const [, number, verb = "", id] = /^\/pull\/(\d+)\/(\w+)(?:\/(\d+))?$/.exec(path) ?? [];
  const form = await readForm(request);
  return { number: Number(number), verb, id: id === undefined ? undefined : Number(id), form };
}

export function createPage(forge: Forge): Page {
  const live = createLive(forge);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(`http://embedded${request.url ?? "/"}`);
    const asset = ASSETS[pathname];
    if (asset !== undefined) send(response, 200, ...asset);
    else if (pathname === "/events") live.attach(response);
    else if (request.method === "POST") {
      if (fromElsewhere(request)) throw new ApiError(403, "Refused: sent by another site");
      const action = await readAction(request, pathname);
      await perform(forge, action);
      response.writeHead(303, { ...HEADERS, location: `/pull/${action.number}` }).end();
    } else {
      const page = await renderPath(forge, pathname);
      if (page === undefined) send(response, 404, "text/plain; charset=utf-8", "Not Found\n");
      else send(response, 200, "text/html; charset=utf-8", page);
    }
  }

  return {
    handle(request, response) {
      answer(request, response).catch((error: unknown) => {
        const refused = error instanceof ApiError;
        const text = refused ? (error.errors ?? [error.message]).join("\n") : String(error);
        send(response, refused ? error.status : 500, "text/plain; charset=utf-8", text);
      });
    },
    close: () => live.close(),
  };
}
