import type { DiffFile } from "../git/diff-files.js";
import { readPatch } from "../git/patch.js";
import { type Forge, pullRequestDiff } from "../platform/forge.js";
import type { PullRequestRecord } from "../platform/store.js";
import { diffTable } from "./diff-table.js";
import { type Html, html } from "./html.js";
import { renderThread, type Thread, threadsOf } from "./thread.js";

interface PlacedThread {
  readonly thread: Thread;
  readonly shown: Html;
}

function fileTitle(file: DiffFile): Html {
  return file.previousFilename === undefined
    ? html`${file.filename}`
    : html`${file.previousFilename} → ${file.filename}`;
}

function renderFile(file: DiffFile, threads: readonly PlacedThread[]): Html {
  const hunks = readPatch(file.patch ?? "");
  const table = diffTable(file.filename, hunks, (side, line) =>
    threads
      .filter(({ thread }) => thread.top.side === side && thread.line === line)
      .map(({ shown }) => shown),
  );
  const nothing = html`<p class="blank">${file.additions + file.deletions === 0 ? "File without textual changes." : "This diff is too large to show."}</p>`;
  return html`<section class="file" aria-label="${file.filename}">
<header><span class="path">${fileTitle(file)}</span>
<span class="diffstat"><span class="plus">+${file.additions}</span> <span class="minus">−${file.deletions}</span></span></header>
${hunks.length === 0 ? nothing : table}
</section>`;
}

export async function filesTab(forge: Forge, pull: PullRequestRecord): Promise<Html> {
  const { files } = await pullRequestDiff(forge, pull);
  const threads = await Promise.all(
    (await threadsOf(forge, pull)).map(async (thread) => ({
      thread,
      shown: await renderThread(forge, pull, thread),
    })),
  );
  const shown = files.map((file) =>
    renderFile(
      file,
      threads.filter(({ thread }) => thread.top.path === file.filename),
    ),
  );
  return html`<div class="files">${shown}</div>`;
}
