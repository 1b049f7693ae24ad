import { CONVERSATION_STYLE } from "./style-conversation.js";

const LIGHT = `
  --canvas: #fff; --subtle: #f6f8fa; --border: #d1d9e0; --text: #1f2328; --muted: #59636e;
  --accent: #0969da; --done: #8250df; --success: #1a7f37; --danger: #d1242f; --warning: #9a6700; --neutral: #6e7781;
  --bar: #f6f8fa; --button: #f6f8fa; --button-edge: #d1d9e0; --primary: #1f883d;
  --add: #dafbe1; --add-number: #aceebb; --del: #ffebe9; --del-number: #ffcecb;
  --hunk: #ddf4ff; --code: #818b981f;
  --py-keyword: #cf222e; --py-string: #0a3069; --py-comment: #59636e; --py-number: #0550ae;
  --py-decorator: #6639ba;`;

const DARK = `
  --canvas: #0d1117; --subtle: #151b23; --border: #3d444d; --text: #f0f6fc; --muted: #9198a1;
  --accent: #4493f8; --done: #ab7df8; --success: #3fb950; --danger: #f85149; --warning: #d29922; --neutral: #9198a1;
  --bar: #010409; --button: #212830; --button-edge: #3d444d; --primary: #238636;
  --add: #2ea04326; --add-number: #3fb9504d; --del: #f851491a; --del-number: #f851494d;
  --hunk: #388bfd1a; --code: #656c7633;
  --py-keyword: #ff7b72; --py-string: #a5d6ff; --py-comment: #9198a1; --py-number: #79c0ff;
  --py-decorator: #d2a8ff;`;

/** The whole style sheet: GitHub's proportions, two colour schemes, nothing fetched. */
export const STYLE = `
:root {${LIGHT}
}
@media (prefers-color-scheme: dark) { :root {${DARK}
} }
* { box-sizing: border-box; }
body { margin: 0; background: var(--canvas); color: var(--text);
  font: 14px/1.5 -apple-system, BlinkMacSystemFont, "Segoe UI", "Noto Sans", "DejaVu Sans", Helvetica, Arial, sans-serif; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
code, pre, .code, .number { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 12px; }
.muted, time { color: var(--muted); }
.bar { display: flex; align-items: center; gap: 12px; padding: 14px 32px; background: var(--bar); border-bottom: 1px solid var(--border); }
.bar a { color: var(--text); }
.bar nav { margin-left: auto; }
.repository { font-size: 16px; }
.badge, .label, .count { display: inline-block; border: 1px solid var(--border); border-radius: 2em; padding: 0 7px; font-size: 12px; line-height: 18px; color: var(--muted); font-weight: 500; }
.count { background: var(--code); border: 0; color: var(--text); }
main { max-width: 1120px; margin: 0 auto; padding: 24px 32px 64px; }
h1 { font-size: 26px; font-weight: 400; line-height: 1.25; margin: 0 0 8px; }
.icon { vertical-align: -3px; flex: none; }
.icon circle { fill: currentColor; }
.icon-pull circle, .icon-commit circle, .icon-branch circle, .icon-merge circle, .icon-queue circle, .icon-running circle { fill: none; }
.icon .mark { fill: none; stroke: var(--canvas); stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
.icon-success, .icon-open { color: var(--success); }
.icon-failure, .icon-closed { color: var(--danger); }
.icon-merged { color: var(--done); }
.icon-neutral, .icon-draft { color: var(--neutral); }
.icon-running { color: var(--warning); animation: turn 1.2s linear infinite; }
@keyframes turn { to { transform: rotate(360deg); } }
@media (prefers-reduced-motion: reduce) { .icon-running { animation: none; } }

.pulls { list-style: none; margin: 16px 0; padding: 0; border: 1px solid var(--border); border-radius: 6px; }
.pulls li { display: flex; gap: 10px; padding: 12px 16px; border-top: 1px solid var(--border); }
.pulls li:first-child { border-top: 0; }
.pulls a { color: var(--text); font-size: 16px; }
.pulls p { margin: 2px 0 0; font-size: 12px; }

.pull-header h1 { font-weight: 500; }
.branches { display: flex; flex-wrap: wrap; align-items: center; gap: 5px; margin: 0 0 16px; color: var(--muted); }
.branches strong { color: var(--text); }
.state { display: inline-flex; align-items: center; gap: 5px; border-radius: 2em; color: #fff; padding: 4px 12px; font-weight: 500; margin-right: 6px; }
.state .icon { vertical-align: 0; }
.state-open { background: #1f883d; } .state-closed { background: #cf222e; } .state-draft { background: #59636e; } .state-merged { background: #8250df; }
.branch, .markdown code { background: var(--code); border-radius: 6px; padding: 2px 5px; }
.branch { color: var(--accent); }
.tabs { display: flex; align-items: flex-end; gap: 4px; border-bottom: 1px solid var(--border); margin-bottom: 20px; }
.tabs a { padding: 8px 14px; color: var(--text); border: 1px solid transparent; border-bottom: 0; border-radius: 6px 6px 0 0; margin-bottom: -1px; }
.tabs a[aria-current] { background: var(--canvas); border-color: var(--border); font-weight: 600; }
.tabs .diffstat { margin-left: auto; padding: 8px 0; }
.diffstat { font-size: 12px; font-weight: 600; white-space: nowrap; }
.plus { color: var(--success); } .minus { color: var(--danger); }

.file { border: 1px solid var(--border); border-radius: 6px; margin-bottom: 18px; overflow: hidden; }
.file > header { display: flex; align-items: center; gap: 10px; padding: 7px 14px; background: var(--subtle); border-bottom: 1px solid var(--border); }
.path { font: 600 12px/24px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.file > header .diffstat, .file > header .label { margin-left: auto; }
.diff { width: 100%; border-collapse: collapse; table-layout: auto; }
.diff td { padding: 0 10px; line-height: 20px; vertical-align: top; }
.diff .number { width: 1%; min-width: 46px; white-space: nowrap; text-align: right; color: var(--muted); user-select: none; }
.diff .number::before { content: attr(data-line); }
.diff .code { white-space: pre-wrap; overflow-wrap: anywhere; }
.diff .sign { display: inline-block; width: 1.4em; user-select: none; }
.diff .added td { background: var(--add); } .diff .added .number { background: var(--add-number); }
.diff .deleted td { background: var(--del); } .diff .deleted .number { background: var(--del-number); }
.diff .hunk td { background: var(--hunk); color: var(--muted); padding-block: 4px; }
.diff .inline > td { padding: 12px; border-block: 1px solid var(--border); background: var(--subtle); line-height: 1.5; font-size: 14px; white-space: normal; }
.inline .thread { max-width: 860px; }
.snippet .thread { padding: 12px; border-top: 1px solid var(--border); }
.thread > * + * { margin-top: 10px; }
.check { border: 1px solid var(--border); border-radius: 6px; margin-bottom: 18px; }
.check > header { display: flex; align-items: flex-start; gap: 12px; padding: 14px 16px; background: var(--subtle); border-bottom: 1px solid var(--border); border-radius: 6px 6px 0 0; }
.check > header .icon { width: 22px; height: 22px; margin-top: 1px; }
.check > header h2 { margin: 0; font-size: 16px; font-weight: 600; }
.check > header p { margin: 2px 0 0; font-size: 12px; }
.check > header form { margin: 0 0 0 auto; }
.rerun-all { display: flex; justify-content: flex-end; margin: 0 0 12px; }
.annotations { border-top: 1px solid var(--border); padding: 12px 16px; }
.annotations h3 { margin: 0 0 8px; font-size: 14px; }
.annotations ul { list-style: none; margin: 0; padding: 0; }
.annotation { border: 1px solid var(--border); border-left: 4px solid var(--neutral); border-radius: 6px; padding: 8px 12px; margin-bottom: 8px; }
.annotation-failure { border-left-color: var(--danger); } .annotation-warning { border-left-color: var(--warning); }
.annotation p { margin: 0 0 4px; } .annotation pre { margin: 0; white-space: pre-wrap; font-family: inherit; font-size: 13px; }
.blank { padding: 24px; text-align: center; color: var(--muted); margin: 0; }
#notice { position: fixed; right: 24px; bottom: 24px; max-width: 420px; padding: 10px 16px; border-radius: 6px; background: var(--danger); color: #fff; opacity: 0; transition: opacity 0.2s; pointer-events: none; }
#notice.shown { opacity: 1; }
${CONVERSATION_STYLE}@media (max-width: 700px) { main, .bar { padding-inline: 14px; } .tabs { overflow-x: auto; } .tabs a { padding-inline: 9px; white-space: nowrap; } .diff td { padding-inline: 5px; } .diff .number { min-width: 30px; } .diff .code { word-break: break-all; } .event-commit { flex-wrap: nowrap; align-items: flex-start; } }
`;
