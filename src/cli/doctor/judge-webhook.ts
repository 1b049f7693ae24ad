import { type Attempt, isDelivered } from "../../github/app/deliveries.js";
import type { Hook } from "../../github/app/describe-app.js";
import { fix, note, ok, type Remark } from "./remark.js";

export interface WebhookFacts {
  readonly hook: Hook | undefined;
  /** Newest first. */
  readonly attempts: readonly Attempt[];
  /** Path on which the bot listens. */
  readonly path: string;
  /** Where the App's webhook is set. */
  readonly settingsUrl: string;
}

const LOOPBACK = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Whether GitHub's deliveries go to the right place, and arrive. */
export function judgeWebhook({
  hook,
  attempts,
  path,
  settingsUrl,
}: WebhookFacts): readonly Remark[] {
  if (hook === undefined) {
    return [fix(`The App has no webhook: set its address, ending in ${path}, at ${settingsUrl}`)];
  }
  return [...judgeAddress(hook, path, settingsUrl), judgeAttempts(attempts, settingsUrl)];
}

function judgeAddress(hook: Hook, path: string, settingsUrl: string): readonly Remark[] {
  const found: Remark[] = [];
  const url = URL.canParse(hook.url) ? new URL(hook.url) : undefined;
  if (url?.pathname !== path) {
    found.push(
      fix(
        `The webhook goes to ${hook.url}, where nobody listens: let it end in ${path} at ${settingsUrl}`,
      ),
    );
  }
  if (url?.protocol === "http:" && !LOOPBACK.test(url.hostname)) {
    found.push(fix(`The webhook is not encrypted: use https at ${settingsUrl}`));
  }
  if (hook.contentType !== "json") {
    found.push(
      fix(`The webhook is sent as ${hook.contentType}: choose application/json at ${settingsUrl}`),
    );
  }
  if (!hook.verifiesCertificate) {
    found.push(
      fix(`GitHub does not verify the certificate of the webhook: enable it at ${settingsUrl}`),
    );
  }
  return found.length > 0 ? found : [ok(`The webhook goes to ${hook.url}`)];
}

/** What arrived lately tells more than an address does. */
function judgeAttempts(attempts: readonly Attempt[], settingsUrl: string): Remark {
  const [newest] = attempts;
  if (newest === undefined) {
    return note(
      "Nothing was delivered in the last three days, so it is not known whether it would arrive.",
    );
  }
  const failed = attempts.filter((attempt) => !isDelivered(attempt));
  const count = `${attempts.length - failed.length} of the last ${attempts.length} deliveries arrived`;
  if (failed.length === 0) return ok(`${count}.`);
  const answers = `the others were answered ${statusesOf(failed)}`;
  if (isDelivered(newest)) return note(`${count}, the newest too; ${answers}.`);
  return fix(`${count}; ${answers}: ${remedyFor(newest.status, settingsUrl)}`);
}

function statusesOf(attempts: readonly Attempt[]): string {
  const statuses = [...new Set(attempts.map(({ status }) => status))].sort((a, b) => a - b);
  return statuses.map((status) => (status === 0 ? "not at all" : String(status))).join(", ");
}

function remedyFor(status: number, settingsUrl: string): string {
  if (status === 401) return `give the secret in WEBHOOK_SECRET to the App at ${settingsUrl}`;
  if (status === 503) return "the bot was stopping or had too much to do; look at its log";
  return "see that the bot runs, and that GitHub reaches it at this address";
}
