import { announceCheckRun, latestCheckRuns } from "./check-runs.js";
import { createForge, type Forge, findPullRequest } from "./forge.js";
import { type AppOptions, installApp } from "./installation.js";
import { addIssueComment, editIssueComment } from "./issue-comments.js";
import { waitFor } from "./news.js";
import { createPage } from "./page/page.js";
import {
  announce,
  type NewPullRequest,
  openPullRequest,
  type Push,
  pushTo,
  retarget,
} from "./pull-requests.js";
import type { Faults, RequestRecord } from "./request-log.js";
import { createComment, type NewReviewComment, replyTo } from "./reviews.js";
import { listen } from "./server.js";
import type {
  AppRecord,
  Author,
  CheckRunRecord,
  IssueCommentRecord,
  PullRequestRecord,
  RepositoryRole,
  ReviewCommentRecord,
  ReviewRecord,
} from "./store.js";
import { commitSuggestion } from "./suggestions.js";
import { createWebhookSender, type Delivery, type Hook, type WebhookMessage } from "./webhooks.js";

export interface GitHubOptions {
  readonly owner?: string;
  readonly name?: string;
  /** A free one unless told. */
  readonly port?: number;
  readonly app?: AppOptions;
  /** May be changed while it runs. */
  readonly faults?: Faults;
}

/** A GitHub with one repository, and what people and tests do with it. */
export interface GitHubWorld {
  readonly url: string;
  readonly app: AppRecord;
  /** PEM, PKCS #1. */
  readonly privateKey: string;
  readonly faults: Faults;
  readonly requests: readonly RequestRecord[];
  readonly deliveries: readonly Delivery[];
  readonly forge: Forge;

  /** From now on the App's webhooks go there. */
  deliverTo(url: string, secret: string): void;
  redeliver(guid: string): Promise<Delivery>;
  /** Waits until every delivery has its answer. */
  delivered(): Promise<void>;

  openPullRequest(pullRequest: NewPullRequest): Promise<PullRequestRecord>;
  push(number: number, push: Push): Promise<string>;
  closePullRequest(number: number): void;
  reopenPullRequest(number: number): void;
  markReady(number: number): void;
  /** Another base branch for an open pull request; the branch must exist. */
  retarget(number: number, baseBranch: string): Promise<void>;
  comment(number: number, author: string, body: string): IssueCommentRecord;
  editComment(comment: IssueCommentRecord, body: string): void;
  /** A review comment by a person. */
  remark(number: number, author: string, comment: NewReviewComment): Promise<ReviewCommentRecord>;
  reply(to: ReviewCommentRecord, author: string, body: string): ReviewCommentRecord;
  commitSuggestion(comment: ReviewCommentRecord, by?: string): Promise<string>;
  rerunCheck(run: CheckRunRecord, by?: string): void;
  setPermission(login: string, role: RepositoryRole): void;
  /** Another App on the same repository. */
  installAnotherApp(options: AppOptions): { readonly app: AppRecord; readonly privateKey: string };

  pullRequest(number: number): PullRequestRecord;
  reviews(number: number): readonly ReviewRecord[];
  reviewComments(number: number): readonly ReviewCommentRecord[];
  /** Every run on the commit, of any App, oldest first. */
  checkRuns(headSha: string): readonly CheckRunRecord[];
  /** The newest completed run of the App on the head that the pull request has then. */
  waitForCheck(
    number: number,
    wanted?: (run: CheckRunRecord) => boolean,
    timeout?: number,
  ): Promise<CheckRunRecord>;
  waitUntil(what: string, holds: () => boolean, timeout?: number): Promise<void>;
  close(): Promise<void>;
}

function person(login: string): Author {
  return { login, type: "User" };
}

export async function createGitHub(options: GitHubOptions = {}): Promise<GitHubWorld> {
  const webhooks = createWebhookSender();
  const faults = options.faults ?? {};
  let hook: Hook | undefined;

  const send = (message: WebhookMessage) => {
    const mine = message.onlyApp === undefined || message.onlyApp === app.id;
    if (hook === undefined || !mine || !app.events.includes(message.event)) return;
    const installation = { id: app.installationId };
    void webhooks.send(hook, message.event, { ...message.payload, installation });
  };
  const forge = await createForge(options.owner ?? "acme", options.name ?? "shop", send);
  const { app, privateKey } = installApp(forge, options.app);
  const page = createPage(forge);
  const listener = await listen(forge, { port: options.port ?? 0, faults, page: page.handle });
  forge.url = listener.url;
  const { store } = forge;

  function find(number: number): PullRequestRecord {
    const pull = findPullRequest(forge, number);
    if (pull === undefined) throw new Error(`there is no pull request #${number}`);
    return pull;
  }

  function setState(number: number, state: "open" | "closed", action: string): void {
    const pull = find(number);
    pull.state = state;
    announce(forge, pull, action, pull.author);
  }

  return {
    url: listener.url,
    app,
    privateKey,
    faults,
    requests: listener.requests,
    deliveries: webhooks.log,
    forge,
    deliverTo(url, secret) {
      hook = { url, secret, appId: app.id };
    },
    redeliver(guid) {
      if (hook === undefined) throw new Error("no webhook address is set");
      return webhooks.redeliver(hook, guid);
    },
    delivered: () => webhooks.settled(),
    openPullRequest: (wanted) => openPullRequest(forge, wanted),
    push: (number, push) => pushTo(forge, find(number), push),
    closePullRequest: (number) => setState(number, "closed", "closed"),
    reopenPullRequest: (number) => setState(number, "open", "reopened"),
    markReady(number) {
      const pull = find(number);
      pull.draft = false;
      announce(forge, pull, "ready_for_review", pull.author);
    },
    retarget: (number, baseBranch) => retarget(forge, find(number), baseBranch),
    comment: (number, author, body) => addIssueComment(forge, find(number), person(author), body),
    editComment: (comment, body) =>
      editIssueComment(forge, find(comment.pullRequest), comment, body),
    remark: (number, author, comment) =>
      createComment(forge, find(number), person(author), comment, undefined),
    reply: (to, author, body) => replyTo(forge, find(to.pullRequest), person(author), to, body),
    commitSuggestion: (comment, by) =>
      commitSuggestion(forge, comment, by ? person(by) : find(comment.pullRequest).author),
    rerunCheck: (run, by) =>
      announceCheckRun(forge, app, run, "rerequested", person(by ?? "maria")),
    setPermission(login, role) {
      store.users.set(login, role);
    },
    installAnotherApp: (other) => installApp(forge, other),
    pullRequest: find,
    reviews: (number) => store.reviews.filter((review) => review.pullRequest === number),
    reviewComments: (number) =>
      store.reviewComments.filter((comment) => comment.pullRequest === number),
    checkRuns: (headSha) => store.checkRuns.filter((run) => run.headSha === headSha),
    waitForCheck: (number, wanted = () => true, timeout = undefined) =>
      waitFor(
        forge,
        `a completed check on #${number}`,
        () =>
          latestCheckRuns(store.checkRuns, find(number).headSha).find(
            (run) => run.appId === app.id && run.status === "completed" && wanted(run),
          ),
        timeout,
      ),
    async waitUntil(what, holds, timeout) {
      await waitFor(forge, what, () => holds() || undefined, timeout);
    },
    async close() {
      page.close();
      await listener.close();
      await forge.repository.remove();
    },
  };
}
