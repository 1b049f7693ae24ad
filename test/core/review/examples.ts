import type { FileChange } from "../../../src/core/model/change.js";
import { DEFAULT_CONFIGURATION } from "../../../src/core/model/configuration.js";
import type { Finding } from "../../../src/core/model/finding.js";
import type {
  NewComment,
  Posted,
  PostedComment,
  PullRequestState,
  ReviewPlan,
} from "../../../src/core/model/review.js";
import type { RuleMeta } from "../../../src/core/model/rule.js";
import type { ScanResult } from "../../../src/core/model/scan-result.js";
import { type EditStep, stepsOf } from "../../../src/core/review/edit-steps.js";
import { GITHUB_LIMITS } from "../../../src/core/review/limits.js";
import type { ReviewInput } from "../../../src/core/review/plan.js";

export const COOKIE_RULE: RuleMeta = {
  id: "insecure-session-cookie",
  title: "Session cookie no longer marked Secure",
  severity: "error",
  status: "stable",
  suggestion: "safe",
  seed: "This is crucial.",
  cwe: [614],
  references: ["https://docs.djangoproject.com/en/stable/ref/settings/#session-cookie-secure"],
  docs: {
    why: "Whoever can read the network can read the cookie.",
    remedy: "Set it to `True` in the production settings.",
    verify:
      "Open the site over HTTPS and look at the Set-Cookie header: the cookie should have the Secure flag.",
    tests: ["session-cookie-flags"],
    limits: "Values that come from outside the repository.",
  },
};

export const LOGIN_RULE: RuleMeta = {
  ...COOKIE_RULE,
  id: "unrotated-login",
  title: "Login keeps the visitor's session key",
  docs: {
    ...COOKIE_RULE.docs,
    remedy: "Call `request.session.cycle_key()` before the session says who the visitor is.",
    verify: "Note the session cookie, log in, and look at it again: its value should have changed.",
    tests: ["new-key-at-login"],
  },
};

export const RULES: readonly RuleMeta[] = [COOKIE_RULE, LOGIN_RULE];

/** 32 hexadecimal digits that tell findings apart. */
export function fingerprint(number: number): string {
  return number.toString(16).padStart(32, "0");
}

/** One line of settings deleted (base line 2), with a line of context on each side. */
export const SETTINGS: FileChange = {
  path: "shop/settings.py",
  basePath: "shop/settings.py",
  status: "modified",
  kind: "file",
  base: "DEBUG = False\nSESSION_COOKIE_SECURE = True\nUSE_TZ = True\n",
  head: "DEBUG = False\nUSE_TZ = True\n",
  hunks: [
    {
      baseStart: 1,
      baseCount: 3,
      headStart: 1,
      headCount: 2,
      lines: [
        { kind: "context", text: "DEBUG = False", base: 1, head: 1 },
        { kind: "deleted", text: "SESSION_COOKIE_SECURE = True", base: 2 },
        { kind: "context", text: "USE_TZ = True", base: 3, head: 2 },
      ],
    },
  ],
};

/** A new file of `lines` lines. */
export function addedFile(path: string, lines: number): FileChange {
  const texts = Array.from({ length: lines }, (_, index) => `line_${index + 1} = 1`);
  return {
    path,
    basePath: path,
    status: "added",
    kind: "file",
    base: "",
    head: `${texts.join("\n")}\n`,
    hunks: [
      {
        baseStart: 0,
        baseCount: 0,
        headStart: 1,
        headCount: lines,
        lines: texts.map((text, index) => ({ kind: "added", text, head: index + 1 })),
      },
    ],
  };
}

export const REMOVED_FLAG: Finding = {
  rule: "insecure-session-cookie",
  severity: "error",
  confidence: "high",
  region: { path: "shop/settings.py", side: "LEFT", startLine: 2, endLine: 2 },
  symbol: "",
  message: {
    template:
      "`{setting}` goes from {base} to {head}. The session cookie will also travel over plain HTTP, where others on the network can read it.",
    values: { setting: "SESSION_COOKIE_SECURE", base: "True", head: "unset" },
  },
  fingerprint: fingerprint(1),
  suggestion: {
    path: "shop/settings.py",
    startLine: 1,
    endLine: 1,
    replacement: "DEBUG = False\nSESSION_COOKIE_SECURE = True",
  },
};

/** A finding on one line of head. */
export function findingAt(number: number, line: number, changes: Partial<Finding> = {}): Finding {
  return {
    rule: "unrotated-login",
    severity: "error",
    confidence: "high",
    region: { path: "shop/views.py", side: "RIGHT", startLine: line, endLine: line },
    symbol: "sign_in",
    message: {
      template: "`{func}` logs the visitor in but keeps the old session key.",
      values: { func: "sign_in" },
    },
    fingerprint: fingerprint(number),
    ...changes,
  };
}

export function scanOf(findings: readonly Finding[], rest: Partial<ScanResult> = {}): ScanResult {
  return {
    base: "base",
    head: "head",
    findings,
    suppressed: [],
    inventory: [],
    posture: [],
    unscanned: [],
    ignored: [],
    suppressionProblems: [],
    wanted: [],
    stats: {
      changedFiles: 3,
      scannedFiles: 2,
      changedBytes: 100,
      contextFiles: 0,
      parsedBytes: 10,
    },
    ...rest,
  };
}

export const PULL_REQUEST: PullRequestState = {
  number: 7,
  headSha: "abcdef1".padEnd(40, "0"),
  baseSha: "b".repeat(40),
  draft: false,
};

export function inputOf(
  findings: readonly Finding[],
  rest: Partial<ReviewInput> = {},
): ReviewInput {
  return {
    scan: scanOf(findings),
    changes: [SETTINGS, addedFile("shop/views.py", 100)],
    rules: RULES,
    pullRequest: PULL_REQUEST,
    posted: { comments: [], checks: [] },
    limits: GITHUB_LIMITS,
    configuration: DEFAULT_CONFIGURATION,
    configurationProblems: [],
    configurationChange: false,
    acceptances: [],
    reopened: [],
    otherRanges: [],
    mayResolveThreads: true,
    ...rest,
  };
}

/**
 * What stands on GitHub once a plan was written, or only so many of its steps: it writes the new
 * comments first, all at once.
 */
export function applyPlan(
  posted: Posted,
  plan: ReviewPlan,
  steps = Number.POSITIVE_INFINITY,
): Posted {
  const next = Math.max(0, ...posted.comments.map(({ id }) => id)) + 1;
  const written = steps > 0 ? plan.comments.map((one, at) => post(one, next + at)) : [];
  const edits = plan.edits.flatMap((edit) => stepsOf(edit).map((step) => ({ id: edit.id, step })));
  const done = edits.slice(0, Math.max(0, steps - 1));
  const comments = posted.comments.map((comment) =>
    done.filter(({ id }) => id === comment.id).reduce((now, { step }) => take(now, step), comment),
  );
  return { ...posted, comments: [...comments, ...written] };
}

function take(comment: PostedComment, step: EditStep): PostedComment {
  switch (step.kind) {
    case "body":
      return {
        ...comment,
        body: step.body,
        touched: comment.touched && comment.body === step.body,
      };
    case "minimize":
      return { ...comment, minimized: true };
    case "unminimize":
      return { ...comment, minimized: false };
    case "resolve-thread":
      return { ...comment, threadResolved: true };
    case "unresolve-thread":
      return { ...comment, threadResolved: false };
  }
}

export function post({ body, path }: NewComment, id: number): PostedComment {
  return {
    id,
    nodeId: `node-${id}`,
    body,
    path,
    minimized: false,
    humanReply: false,
    threadId: `thread-${id}`,
    threadResolved: false,
    touched: false,
    replies: [],
  };
}
