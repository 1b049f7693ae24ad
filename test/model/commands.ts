import fc from "fast-check";
import type { ReviewCommentRecord } from "../../src/simulator/platform/store.js";
import type { Push } from "../../src/simulator/pull-requests/pull-requests.js";
import { BRANCHES, filesOf, type Shop, STRONG } from "./shop.js";
import type { Fate, Stage } from "./stage.js";

/** What has to be known to say which commands make sense. */
export interface Model {
  pullRequests: number;
}

type Command = fc.AsyncCommand<Model, Stage>;
type Run = (stage: Stage) => Promise<void>;

const MOST_PULL_REQUESTS = 3;
const PEOPLE = ["maria", "priya", "eve"];

const fate = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Fate>("now") },
  { weight: 1, arbitrary: fc.constantFrom<Fate>("twice", "late", "lost") },
);
const which = fc.nat(MOST_PULL_REQUESTS - 1);
const branch = fc.constantFrom("main", "main", "main", "legacy");
const person = fc.constantFrom(...PEOPLE);
const rarely = fc.nat(4).map((n) => n === 0);
export const order = fc.array(fc.nat(20), { maxLength: 8 });

/** What one push changes: it weakens, fixes, moves lines, writes them otherwise, or does nothing of it. */
const weakened = fc.constantFrom<Partial<Shop>>(
  { secure: false },
  { rotates: false },
  { httpOnly: false },
  { secure: false, rotates: false },
);
const change: fc.Arbitrary<Partial<Shop>> = fc.oneof(
  { weight: 3, arbitrary: weakened },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Partial<Shop>>(
      { secure: true },
      { httpOnly: true },
      { rotates: true },
      STRONG,
    ),
  },
  { weight: 2, arbitrary: fc.constantFrom(0, 1, 3).map((shift) => ({ shift })) },
  { weight: 1, arbitrary: fc.boolean().map((reformatted) => ({ reformatted })) },
  { weight: 1, arbitrary: fc.nat(2).map((price) => ({ price })) },
);

function command(text: string, makesSense: (model: Model) => boolean, run: Run): Command {
  return {
    check: (model) => makesSense(model),
    async run(model, stage) {
      await run(stage);
      model.pullRequests = stage.github.forge.store.pullRequests.length;
    },
    toString: () => text,
  };
}

/** On the n-th pull request there is, if it may be done to it. */
function on(
  text: string,
  index: number,
  how: Fate,
  act: (stage: Stage, number: number) => unknown,
): Command {
  return command(
    `#${index + 1}: ${text} (${how})`,
    (model) => index < model.pullRequests,
    (stage) => stage.happen(how, () => act(stage, index + 1)),
  );
}

function isOpen({ github }: Stage, number: number): boolean {
  return github.pullRequest(number).state === "open";
}

/** One of the comments that the bot made on the pull request. */
function pick({ github }: Stage, number: number, place: number): ReviewCommentRecord | undefined {
  const comments = github.reviewComments(number).filter(({ author }) => author.type === "Bot");
  return comments[place % Math.max(1, comments.length)];
}

function reply(stage: Stage, number: number, place: number, author: string, body: string): void {
  const comment = pick(stage, number, place);
  if (comment !== undefined) stage.github.reply(comment, author, body);
}

async function push(
  stage: Stage,
  number: number,
  next: Partial<Shop>,
  more: Pick<Push, "force"> = {},
): Promise<void> {
  const before = stage.told.get(number);
  if (before === undefined || !isOpen(stage, number)) return;
  const shop = { ...before.shop, ...next };
  const { headRef, baseRef } = stage.github.pullRequest(number);
  const onto = more.force ? baseRef : before.onto;
  for (const pull of stage.github.forge.store.pullRequests) {
    if (pull.headRef === headRef) stage.told.set(pull.number, { shop, onto });
  }
  const head = await stage.github.push(number, { files: filesOf(shop), ...more });
  stage.past.set(head, { shop, onto });
  noteMoves(stage);
}

/** A force-push to a head that the pull request had before, the n-th of them. */
async function setBack(stage: Stage, number: number, place: number): Promise<void> {
  const { github, past, told } = stage;
  if (!isOpen(stage, number)) return;
  const { headRef, headSha } = github.pullRequest(number);
  const heads = github.forge.store.timeline.flatMap((one) =>
    one.pullRequest === number && one.kind === "push" ? [one.commit] : [],
  );
  const head = heads[place % Math.max(1, heads.length)];
  const before = head === undefined || head === headSha ? undefined : past.get(head);
  if (head === undefined || before === undefined) return;
  for (const pull of github.forge.store.pullRequests) {
    if (pull.headRef === headRef) told.set(pull.number, before);
  }
  await github.resetTo(number, head);
  noteMoves(stage);
}

function close({ github }: Stage, number: number): void {
  github.closePullRequest(number);
}

/** Refused where the branch was rewritten in the meantime: then it stays closed. */
async function reopen(stage: Stage, number: number): Promise<void> {
  const { headSha } = stage.github.pullRequest(number);
  await stage.github.reopenPullRequest(number).catch(() => undefined);
  if (stage.github.pullRequest(number).headSha !== headSha) noteMove(stage, number);
}

function noteMoves(stage: Stage): void {
  for (const { number } of stage.github.forge.store.pullRequests) noteMove(stage, number);
}

function noteMove({ steadySince, github }: Stage, number: number): void {
  steadySince.set(number, github.forge.store.ids.last);
}

const open = fc
  .tuple(branch, weakened, fc.oneof(weakened, change), rarely, fc.boolean(), fate)
  .map(([baseBranch, one, other, draft, sameHead, how]) =>
    command(
      `open onto ${baseBranch} with ${JSON.stringify({ ...one, ...other })}${draft ? ", draft" : ""}${sameHead ? ", same head" : ""} (${how})`,
      (model) => model.pullRequests < MOST_PULL_REQUESTS,
      (stage) =>
        stage.happen(how, async () => {
          const { told, github } = stage;
          const first = sameHead ? told.get(1) : undefined;
          const known = first !== undefined && isOpen(stage, 1) ? first : undefined;
          // GitHub opens none that changes nothing.
          const own = { ...(BRANCHES[baseBranch] ?? STRONG), ...one, ...other, price: 1 };
          const shop = known?.shop ?? own;
          const pull = await github.openPullRequest({
            title: "Change the shop",
            author: "maria",
            baseBranch,
            draft,
            branch: `change-${told.size + 1}`,
            ...(known === undefined ? { head: filesOf(shop) } : { sameHeadAs: 1 }),
          });
          told.set(pull.number, { shop, onto: known?.onto ?? baseBranch });
        }),
    ),
  );

const COMMANDS: readonly fc.Arbitrary<Command>[] = [
  fc
    .tuple(which, change, fate)
    .map(([index, next, how]) =>
      on(`push ${JSON.stringify(next)}`, index, how, (stage, number) => push(stage, number, next)),
    ),
  fc
    .tuple(which, change, fate)
    .map(([index, next, how]) =>
      on(`force-push ${JSON.stringify(next)}`, index, how, (stage, number) =>
        push(stage, number, next, { force: true }),
      ),
    ),
  fc
    .tuple(which, fc.nat(3), fate)
    .map(([index, place, how]) =>
      on(`set back to head ${place}`, index, how, (stage, number) => setBack(stage, number, place)),
    ),
  fc.tuple(which, branch, fate).map(([index, to, how]) =>
    on(`retarget to ${to}`, index, how, async (stage, number) => {
      if (!isOpen(stage, number)) return;
      await stage.github.retarget(number, to);
      noteMove(stage, number);
    }),
  ),
  fc.tuple(which, fc.boolean(), fate).map(([index, draft, how]) =>
    on(draft ? "draft" : "ready", index, how, ({ github }, number) => {
      const pull = github.pullRequest(number);
      if (pull.state !== "open" || pull.draft === draft) return;
      if (draft) github.convertToDraft(number);
      else github.markReady(number);
    }),
  ),
  fc.tuple(which, fc.boolean(), fate).map(([index, closes, how]) =>
    on(closes ? "close" : "reopen", index, how, async (stage, number) => {
      if (closes === isOpen(stage, number)) await (closes ? close : reopen)(stage, number);
    }),
  ),
  fc
    .tuple(which, person, fc.constantFrom("Nice.", "/rescan"), fate)
    .map(([index, author, body, how]) =>
      on(`${author} comments ${body}`, index, how, ({ github }, number) =>
        github.comment(number, author, body),
      ),
    ),
  ...["Why?", "/accept the proxy does it", "/accept the proxy does it", "/reopen"].map((body) =>
    fc
      .tuple(which, fc.nat(3), person, fate)
      .map(([index, place, author, how]) =>
        on(`${author} replies ${body} to comment ${place}`, index, how, (stage, number) =>
          reply(stage, number, place, author, body),
        ),
      ),
  ),
];

const always = () => true;

const SURROUNDINGS: readonly fc.Arbitrary<Command>[] = [
  order.map((places) =>
    command(`deliver what is late ${places}`, always, (s) => s.deliverLate(places)),
  ),
  fc.constant(command("sweep", always, (stage) => stage.sweep())),
  fc.constant(command("wait", always, (stage) => stage.idle())),
  fc.constant(command("wait", always, (stage) => stage.idle())),
  fc
    .record({ request: fc.nat(8), moment: fc.constantFrom("before" as const, "after" as const) })
    .map((death) =>
      command(`die ${death.moment} request ${death.request}`, always, async (stage) =>
        stage.doom(death),
      ),
    ),
];

export interface History {
  readonly first: Command;
  readonly others: Iterable<Command>;
}

/** A pull request, and at most so many commands after it. */
export function histories(most: number): fc.Arbitrary<History> {
  const others = [...COMMANDS, ...COMMANDS, open, ...SURROUNDINGS];
  return fc.record({
    first: open,
    others: fc.commands(others, { maxCommands: most, size: "max" }),
  });
}
