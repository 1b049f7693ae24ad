/** The conversation: comments, threads, what happened between them, and the box at its end. */
export const CONVERSATION_STYLE = `.timeline { max-width: 980px; }
.timeline > * { margin-bottom: 18px; }
.avatar { display: inline-flex; flex: none; align-items: center; justify-content: center; width: 24px; height: 24px; border-radius: 50%; background: var(--accent); color: #fff; font-size: 12px; font-weight: 600; vertical-align: middle; }
.avatar-bot { border-radius: 6px; background: #8250df; }
.comment { border: 1px solid var(--border); border-radius: 6px; background: var(--canvas); overflow: hidden; }
.comment > header { display: flex; align-items: center; gap: 7px; padding: 7px 14px; background: var(--subtle); border-bottom: 1px solid var(--border); }
.comment > header .label:last-child { margin-left: auto; }
.markdown { padding: 14px 16px; overflow-wrap: anywhere; }
.markdown > :first-child { margin-top: 0; } .markdown > :last-child { margin-bottom: 0; }
.markdown p, .markdown ul, .markdown ol, .markdown table, .markdown pre, .markdown details { margin: 0 0 12px; }
.markdown h1, .markdown h2, .markdown h3, .markdown h4 { margin: 18px 0 8px; font-weight: 600; line-height: 1.25; }
.markdown h1 { font-size: 20px; } .markdown h2 { font-size: 17px; } .markdown h3 { font-size: 15px; } .markdown h4 { font-size: 14px; }
.markdown pre { background: var(--subtle); border-radius: 6px; padding: 12px 14px; overflow: auto; line-height: 1.45; }
.markdown pre code { background: none; padding: 0; }
.markdown table { border-collapse: collapse; display: block; width: max-content; max-width: 100%; overflow: auto; overflow-wrap: normal; }
.markdown th { white-space: nowrap; }
.markdown td > code { white-space: nowrap; }
.markdown .suggestion table { display: table; width: 100%; margin: 0; }
.markdown th, .markdown td { border: 1px solid var(--border); padding: 5px 10px; }
.markdown .diff td { border: 0; padding: 0 10px; }
.markdown blockquote { margin: 0 0 12px; padding: 0 14px; color: var(--muted); border-left: 4px solid var(--border); }
.markdown summary { cursor: pointer; }
.markdown details[open] > summary { margin-bottom: 8px; }
.markdown sub { font-size: 12px; color: var(--muted); vertical-align: baseline; }
.markdown hr { border: 0; border-top: 1px solid var(--border); }
.reactions { margin: 0; padding: 0 16px 12px; display: flex; gap: 6px; }
.reaction { display: inline-flex; align-items: center; gap: 5px; border: 1px solid var(--border); border-radius: 2em; padding: 1px 9px; font-size: 12px; }
.review > p { margin: 0 0 10px; }
.minimized { border: 1px solid var(--border); border-radius: 6px; background: var(--canvas); color: var(--muted); }
.minimized > summary { padding: 8px 14px; cursor: pointer; }
.minimized > .comment { margin: 0 12px 12px; color: var(--text); }
.drawn { fill: none; stroke: currentColor; stroke-width: 1.3; stroke-linecap: round; stroke-linejoin: round; }
.py-keyword { color: var(--py-keyword); } .py-string { color: var(--py-string); } .py-comment { color: var(--py-comment); }
.py-number { color: var(--py-number); } .py-decorator { color: var(--py-decorator); }

.suggestion { border: 1px solid var(--border); border-radius: 6px; overflow: hidden; margin-bottom: 12px; }
.suggestion header { display: flex; align-items: center; justify-content: space-between; padding: 6px 12px; background: var(--subtle); border-bottom: 1px solid var(--border); font-size: 12px; color: var(--muted); }
.suggestion form { margin: 0; }
.button { font: inherit; font-size: 12px; white-space: nowrap; font-weight: 500; color: var(--text); background: var(--button); border: 1px solid var(--button-edge); border-radius: 6px; padding: 3px 12px; cursor: pointer; }
.button:hover { filter: brightness(0.96); }
.button:disabled { opacity: 0.6; cursor: default; }
.button.primary { font-size: 14px; padding: 5px 16px; background: var(--primary); border-color: var(--primary); color: #fff; }
.done { color: var(--success); border-color: var(--success); }

.merge { border: 1px solid var(--border); border-radius: 6px; overflow: hidden; }
.merge-success { border-color: var(--success); } .merge-failure { border-color: var(--danger); } .merge-running { border-color: var(--warning); } .merge-merged { border-color: var(--done); }
.merge > header { padding: 12px 16px; } .merge h2 { font-size: 16px; font-weight: 600; margin: 0; } .merge > h2 { padding: 14px 16px; }
.merge header p { margin: 0; font-size: 12px; }
.merge ul { list-style: none; margin: 0; padding: 0; }
.merge li { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; padding: 8px 16px; border-top: 1px solid var(--border); background: var(--subtle); }
.merge .tail { display: flex; align-items: center; gap: 8px; margin-left: auto; }
.merge form { margin: 0; }
.merge-foot { display: flex; flex-wrap: wrap; align-items: center; gap: 12px; padding: 12px 16px; border-top: 1px solid var(--border); font-size: 12px; }
.merge-foot form:last-child:not(:first-child) { margin-left: auto; }
.timeline > .comment-form { border-top: 2px solid var(--border); padding-top: 16px; }
.comment-form > label { font-weight: 600; }
.comment-form textarea { display: block; width: 100%; margin: 6px 0 10px; padding: 8px 12px; font: inherit; color: inherit; background: var(--canvas); border: 1px solid var(--border); border-radius: 6px; resize: vertical; }
.comment-form p { display: flex; gap: 8px; align-items: center; margin: 0; color: var(--muted); }
.comment-form select { font: inherit; color: inherit; background: var(--canvas); border: 1px solid var(--border); border-radius: 6px; padding: 4px 8px; }
.comment-form .button { margin-left: auto; }
.event { display: flex; flex-wrap: wrap; align-items: center; gap: 5px; margin: 0 0 18px; padding-left: 8px; color: var(--muted); }
.event strong { color: var(--text); } .event-icon { display: inline-flex; align-items: center; justify-content: center; width: 28px; height: 28px; border-radius: 50%; margin-right: 3px; background: var(--code); }
.event-icon .icon { vertical-align: 0; } .event-commit .event-icon { background: none; } .event-sha { margin-left: auto; }
.event-merged .event-icon { background: var(--done); color: #fff; }
.event .branch { padding: 1px 6px; }
.menu { position: relative; display: inline-block; } .menu > summary { list-style: none; cursor: pointer; } .menu > summary::-webkit-details-marker { display: none; }
.menu > summary .branch::after { content: " ▾"; } .menu > summary:hover .branch { text-decoration: underline; }
.menu > form { position: absolute; z-index: 1; top: 26px; left: 0; min-width: 220px; margin: 0; padding: 6px; border: 1px solid var(--border); border-radius: 8px; background: var(--canvas); box-shadow: 0 8px 24px #0003; }
.menu p { margin: 2px 8px 6px; font-size: 12px; font-weight: 600; color: var(--text); }
.menu button { display: block; width: 100%; padding: 5px 8px; border: 0; border-radius: 6px; background: none; color: var(--text); font: inherit; text-align: left; cursor: pointer; }
.menu button:hover, .menu button:focus-visible { background: var(--code); }
.reply > summary { list-style: none; padding: 6px 12px; border: 1px solid var(--border); border-radius: 6px; background: var(--canvas); color: var(--muted); cursor: text; }
.reply > summary::-webkit-details-marker { display: none; } .reply[open] > summary { display: none; }
.reply textarea { margin-top: 0; } .thread > .reply { margin-top: 10px; }
.thread > .resolve { margin: 10px 0 0; }
.resolved { color: var(--muted); } .resolved strong { color: var(--text); }
.resolved > summary { display: flex; align-items: center; gap: 6px; padding: 9px 12px; background: var(--subtle); cursor: pointer; list-style: none; }
.resolved > summary::-webkit-details-marker { display: none; } .resolved > summary .label { margin-left: auto; } .resolved[open] > summary .label { display: none; }
.resolved > .thread { color: var(--text); } .snippet .resolved { border-top: 1px solid var(--border); }
`;
