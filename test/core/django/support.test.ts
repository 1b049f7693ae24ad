import { describe, expect, it } from "vitest";
import { DJANGO_FIXES, DJANGO_SERIES } from "../../../src/core/django/releases.js";
import {
  isOutdated,
  isSupported,
  lostFixes,
  newestDjango,
} from "../../../src/core/django/support.js";
import { parseConstraint } from "../../../src/core/requirements/constraint.js";
import {
  compareVersions,
  parseVersion,
  showVersion,
  type Version,
} from "../../../src/core/requirements/version.js";

function version(text: string): Version {
  return parseVersion(text)!;
}

describe("the table of releases", () => {
  it("is in order, and every series ends in a release of its own", () => {
    const firsts = DJANGO_SERIES.map(({ series }) => version(series));
    expect(firsts).toEqual([...firsts].sort(compareVersions));
    for (const { series, last } of DJANGO_SERIES) expect(last.startsWith(`${series}.`)).toBe(true);
  });

  it("names no fix that came after the last release of its series", () => {
    for (const { fixedIn } of DJANGO_FIXES) {
      for (const one of fixedIn) {
        const own = DJANGO_SERIES.find(
          ({ series }) => one === series || one.startsWith(`${series}.`),
        );
        expect(compareVersions(version(one), version(own!.last))).toBeLessThanOrEqual(0);
      }
    }
  });

  it("knows which series get fixes, and takes a newer one for supported", () => {
    expect(["1.4", "1.11.29", "4.2.30", "5.1.15"].map((one) => isSupported(version(one)))).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(["5.2", "6.0.1", "6.1.3", "7.0"].every((one) => isSupported(version(one)))).toBe(true);
    expect(isOutdated(version("5.2.3"))).toBe(true);
    expect(isOutdated(version("5.2.99"))).toBe(false);
  });

  it("finds the newest release below a bound", () => {
    const newest = (text: string) => {
      const found = newestDjango(parseConstraint(text)!);
      return found && showVersion(found);
    };
    expect(newest("<5")).toBe("4.2.30");
    expect(newest("<5.2.14")).toBe("5.2.13");
    expect(newest("==5.2.7")).toBe("5.2.7");
    expect(newest(">=1.4,<1.7")).toBe("1.6");
    expect(newest(">=4.2.31,<5")).toBe("4.2.31");
    expect(newest(">=5.2")).toBeUndefined();
  });
});

describe("fixes", () => {
  it("are lost between a release that has them and one that has not", () => {
    expect(lostFixes(version("5.2.14"), version("5.2.13"))).toEqual([
      "CVE-2026-35192",
      "CVE-2026-6907",
    ]);
    expect(lostFixes(version("6.0.5"), version("5.2.14"))).toEqual([]);
    expect(lostFixes(version("5.2.13"), version("5.2.9"))).toEqual([
      "CVE-2026-3902",
      "CVE-2025-13473",
    ]);
  });

  it("are in every series that came after them", () => {
    expect(lostFixes(version("2.2.9"), version("3.1.1"))).toEqual([]);
    expect(lostFixes(undefined, version("6.1.3"))).toEqual([]);
  });
});
