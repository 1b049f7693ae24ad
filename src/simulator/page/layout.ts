import type { Forge } from "../platform/forge.js";
import { type Html, html } from "./html.js";

/** The frame of every page. `main` is what is replaced when something changed. */
export function renderPage(forge: Forge, title: string, main: Html): string {
  const { owner, name } = forge.store;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · ${owner}/${name}</title>
<link rel="stylesheet" href="/assets/page.css">
<link rel="icon" href="data:,">
<script src="/assets/page.js" defer></script>
</head>
<body>
<header class="bar">
<a class="repository" href="/"><span class="muted">${owner}</span> / <strong>${name}</strong></a>
<span class="badge">embedded GitHub</span>
<nav><a href="/">Pull requests</a></nav>
</header>
<main id="main">${main}</main>
<div id="notice" role="status" aria-live="polite"></div>
</body>
</html>`;
  return page.html;
}
