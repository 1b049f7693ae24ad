import type { Forge } from "../platform/forge.js";
import type { PullRequestRecord } from "../platform/store.js";
import { type Html, html } from "./html.js";

/** Who speaks: the author of the pull request first, everyone with their role. */
export function speakAs(
  forge: Forge,
  pull: PullRequestRecord,
  id: string,
  verb: "Comment" | "Reply",
): Html {
  const { users } = forge.store;
  const others = [...users.keys()].filter((login) => login !== pull.author.login);
  const options = [pull.author.login, ...others].map(
    (login) => html`<option value="${login}">${login} (${users.get(login) ?? "read"})</option>`,
  );
  return html`<label for="${id}">${verb} as</label> <select id="${id}" name="author">${options}</select>`;
}
