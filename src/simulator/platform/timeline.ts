import type { Forge } from "./forge.js";
import { type Author, type PullRequestRecord, type TimelineRecord, takeId } from "./store.js";

type Happening<T> = T extends TimelineRecord
  ? Omit<T, "id" | "pullRequest" | "actor" | "at">
  : never;

/** Writes down what happened to a pull request, for its timeline. */
export function note(
  forge: Forge,
  pull: PullRequestRecord,
  actor: Author,
  happening: Happening<TimelineRecord>,
): void {
  const { store } = forge;
  const common = { id: takeId(store), pullRequest: pull.number, actor, at: new Date() };
  store.timeline.push({ ...common, ...happening });
}
