import type { Stage } from "./stage.js";

/** Each act is a pull request of its own, so that the first three stay as they were opened. */

const SETTINGS = "shop/settings.py";

async function mainSettings({ world }: Stage): Promise<string> {
  return (await world.forge.repository.blob(`main:${SETTINGS}`)).toString("utf8");
}

const BADGE = `"""Members of staff sign in at the till."""

from django.contrib.auth.hashers import check_password
from django.shortcuts import get_object_or_404, redirect

from .models import Member


def sign_in_at_the_till(request):
    member = get_object_or_404(Member, badge=request.POST["badge"])
    if check_password(request.POST["pin"], member.pin):
        request.session["member_id"] = member.pk
    return redirect("catalog:index")
`;

const RENEWED = BADGE.replace(/^( +)(?=request\.session\[)/m, "$1request.session.cycle_key()\n$1");

async function pushTheFix(stage: Stage): Promise<void> {
  const { world } = stage;
  stage.title("A fix is pushed");
  const path = "accounts/till.py";
  const pull = await world.openPullRequest({
    title: "Let members of staff sign in at the till",
    body: "The tills have badge readers now.",
    author: "jonas",
    head: { [path]: BADGE },
    fix: { [path]: RENEWED },
  });
  stage.does("jonas", `opens #${pull.number} ${pull.title}`);
  await stage.answers(pull);
  await world.pushFix(pull.number);
  stage.does("jonas", "pushes a commit that renews the session key");
  await stage.answers(pull);
}

async function acceptARisk(stage: Stage): Promise<void> {
  const { world } = stage;
  stage.title("A finding is accepted");
  const settings = await mainSettings(stage);
  const pull = await world.openPullRequest({
    title: "Show the checkout in partner shops",
    body: "Partners show our checkout in a frame, which needs the session cookie.",
    author: "maria",
    head: { [SETTINGS]: settings.replace('SAMESITE = "Lax"', 'SAMESITE = "None"') },
  });
  stage.does("maria", `opens #${pull.number} ${pull.title}`);
  await stage.answers(pull);
  const [comment] = world.reviewComments(pull.number);
  if (comment === undefined) throw new Error("there is no comment to answer");
  const words = "/accept Partners frame the checkout; agreed with security on 12 May.";
  const reply = world.reply(comment, "priya", words);
  stage.does("priya", `replies: ${words}`);
  const answered = () => reply.reactions.some(({ content }) => content === "rocket");
  await world.waitUntil("the answer to /accept", answered);
  stage.does("cyclekey", "answers with a rocket");
  await stage.answers(pull);
}

async function retargetToMain(stage: Stage): Promise<void> {
  const { world } = stage;
  stage.title("Another base branch");
  const settings = await mainSettings(stage);
  const plain = settings.replace("SESSION_COOKIE_SECURE = True\n", "");
  await world.commitTo("staging", { [SETTINGS]: plain }, "jonas", "Serve staging over plain HTTP");
  stage.does("jonas", "makes a branch staging, whose session cookie is not kept to HTTPS");
  const pull = await world.openPullRequest({
    title: "Banner for the summer sale",
    body: "To be tried on staging first.",
    author: "priya",
    baseBranch: "staging",
    head: { "catalog/banner.py": 'BANNER = "Summer sale"\n' },
  });
  stage.does("priya", `opens #${pull.number} ${pull.title}, into staging`);
  await stage.answers(pull);
  await world.retarget(pull.number, "main");
  stage.does("priya", "changes the base branch to main");
  await stage.answers(pull, (run) => run.externalId.includes(pull.baseSha));
}

async function mergeThroughTheQueue(stage: Stage): Promise<void> {
  const { world } = stage;
  stage.title("The merge queue");
  const pull = await world.openPullRequest({
    title: "Say how many are in stock",
    author: "priya",
    head: { "catalog/stock.py": "def in_stock(product):\n    return product.stock > 0\n" },
  });
  stage.does("priya", `opens #${pull.number} ${pull.title}`);
  await stage.answers(pull);
  const { headSha } = await world.enqueue(pull.number);
  stage.does("priya", `adds it to the merge queue, as ${headSha.slice(0, 7)} on top of main`);
  stage.tells(await world.waitForCheckOn(headSha));
  await world.waitUntil("the merge", () => pull.mergedAt !== undefined);
  stage.does("GitHub", `merges it into main`);
}

export const ACTS = [pushTheFix, acceptARisk, retargetToMain, mergeThroughTheQueue];
