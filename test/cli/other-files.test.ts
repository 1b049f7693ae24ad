import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonFinding, JsonReport } from "../../src/core/report/json.js";
import { createRepository, type TemporaryRepository } from "../git/temporary-repository.js";
import { runCli } from "./run-cli.js";

const FORM = `{% extends "base.html" %}
<form method="post" action="{% url 'login' %}">
  {% csrf_token %}
  {{ form.as_p }}
</form>
`;
const OPEN_FORM = FORM.replace("  {% csrf_token %}\n", "");

describe("a review of templates and requirements", () => {
  let repository: TemporaryRepository;
  const review = async (range: string): Promise<readonly JsonFinding[]> => {
    const { stdout } = await runCli([
      "review",
      "-C",
      repository.directory,
      range,
      "--format",
      "json",
    ]);
    return (JSON.parse(stdout) as JsonReport).findings;
  };
  const places = (findings: readonly JsonFinding[]) =>
    findings.map(({ rule, path, side, startLine }) => `${rule} ${side} ${path}:${startLine}`);

  beforeAll(() => {
    repository = createRepository();
    repository.write("README.md", "# Shop\n");
    repository.commit();
    repository.git("tag", "empty");
    repository.write("shop/templates/login.html", FORM);
    repository.write("requirements.txt", "Django==5.2.18\ncelery==5.4.0\n");
    repository.commit();
    repository.git("tag", "sound");
    repository.write("shop/templates/login.html", OPEN_FORM);
    repository.write("requirements.txt", "Django==5.2.12\ncelery==5.4.0\n");
    repository.commit();
    repository.git("tag", "weak");
  });
  afterAll(() => repository.remove());

  it("names what got worse, on the side where it stands", async () => {
    const findings = await review("sound..weak");
    expect(places(findings)).toEqual([
      "django-downgrade RIGHT requirements.txt:1",
      "removed-csrf-token LEFT shop/templates/login.html:3",
    ]);
    expect(findings.every(({ suggestion }) => suggestion !== undefined)).toBe(true);
  });

  it("says nothing of files that come sound, go, or are fixed", async () => {
    expect(places(await review("empty..sound"))).toEqual([]);
    expect(places(await review("sound..empty"))).toEqual([]);
    expect(places(await review("weak..sound"))).toEqual([]);
    expect(places(await review("weak..empty"))).toEqual([]);
  });

  it("names what a new file brings", async () => {
    expect(places(await review("empty..weak"))).toEqual([
      "removed-csrf-token RIGHT shop/templates/login.html:2",
    ]);
  });

  it("is the same for the working tree", async () => {
    repository.git("checkout", "-q", "-b", "topic", "sound");
    repository.git("branch", "-f", "main", "sound");
    repository.write("shop/templates/login.html", OPEN_FORM);
    const { stdout } = await runCli(["review", "-C", repository.directory, "--format", "json"]);
    expect(places((JSON.parse(stdout) as JsonReport).findings)).toEqual([
      "removed-csrf-token LEFT shop/templates/login.html:3",
    ]);
    repository.git("checkout", "-q", "--", ".");
  });
});
