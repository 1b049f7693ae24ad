import { appAuthor } from "../platform/app-records.js";
import { tellChange } from "../platform/forge.js";
import { setThreadResolved } from "../reviews/threads.js";
import { type Caller, requireAccess } from "./access.js";
import { findComment, findThread } from "./nodes.js";
import { commentNode, threadNode } from "./threads.js";

interface Input {
  readonly clientMutationId?: string | null;
}

interface SubjectInput extends Input {
  readonly subjectId: string;
}

interface ThreadInput extends Input {
  readonly threadId: string;
}

function setMinimized(caller: Caller, id: string, reason: string | undefined): object {
  requireAccess(caller, "pull_requests:write");
  const { viewer, found } = findComment(caller, id);
  found.minimized = reason;
  tellChange(viewer.forge);
  return commentNode(viewer, found);
}

export function minimizeComment(
  caller: Caller,
  input: SubjectInput & { readonly classifier: string },
): object {
  const reason = input.classifier.toLowerCase().replace("_", "-");
  const minimizedComment = setMinimized(caller, input.subjectId, reason);
  return { clientMutationId: input.clientMutationId, minimizedComment };
}

export function unminimizeComment(caller: Caller, input: SubjectInput): object {
  const unminimizedComment = setMinimized(caller, input.subjectId, undefined);
  return { clientMutationId: input.clientMutationId, unminimizedComment };
}

/** For an App, pull_requests:write is not enough for a thread: GitHub wants contents:write. */
function setResolved(caller: Caller, input: ThreadInput, resolved: boolean): object {
  requireAccess(caller, "contents:write");
  const { viewer, pull, thread } = findThread(caller, input.threadId);
  setThreadResolved(viewer.forge, thread, resolved, appAuthor(caller.app));
  const { clientMutationId } = input;
  return { clientMutationId, thread: threadNode(viewer, pull, thread) };
}

export function resolveReviewThread(caller: Caller, input: ThreadInput): object {
  return setResolved(caller, input, true);
}

export function unresolveReviewThread(caller: Caller, input: ThreadInput): object {
  return setResolved(caller, input, false);
}
