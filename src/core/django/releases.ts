/**
 * Django's releases, from the release notes in the source distribution of 6.1.3
 * (docs/releases/*.txt), read on 2026-11-22. To bring the table up to date: one line for each series
 * whose notes are newer, one for each new issue that touches sessions, cookies, logins or caches.
 */
export const RELEASES_AS_OF = "2026-11-22";

/** One feature series, such as 5.2. */
export interface DjangoSeries {
  readonly series: string;
  /** Its last release, and the date of it. */
  readonly last: string;
  readonly date: string;
  /** Whether it still gets security fixes. */
  readonly supported: boolean;
}

/** Oldest first. */
export const DJANGO_SERIES: readonly DjangoSeries[] = [
  { series: "1.8", last: "1.8.19", date: "2018-03-06", supported: false },
  { series: "1.9", last: "1.9.13", date: "2017-04-04", supported: false },
  { series: "1.10", last: "1.10.8", date: "2017-09-05", supported: false },
  { series: "1.11", last: "1.11.29", date: "2020-03-04", supported: false },
  { series: "2.0", last: "2.0.13", date: "2019-02-12", supported: false },
  { series: "2.1", last: "2.1.15", date: "2019-12-02", supported: false },
  { series: "2.2", last: "2.2.28", date: "2022-04-11", supported: false },
  { series: "3.0", last: "3.0.14", date: "2021-04-06", supported: false },
  { series: "3.1", last: "3.1.14", date: "2021-12-07", supported: false },
  { series: "3.2", last: "3.2.25", date: "2024-03-04", supported: false },
  { series: "4.0", last: "4.0.10", date: "2023-02-14", supported: false },
  { series: "4.1", last: "4.1.13", date: "2023-11-01", supported: false },
  { series: "4.2", last: "4.2.30", date: "2026-04-07", supported: false },
  { series: "5.0", last: "5.0.14", date: "2025-04-02", supported: false },
  { series: "5.1", last: "5.1.15", date: "2025-12-02", supported: false },
  { series: "5.2", last: "5.2.19", date: "2026-11-03", supported: true },
  { series: "6.0", last: "6.0.10", date: "2026-11-03", supported: true },
  { series: "6.1", last: "6.1.3", date: "2026-11-03", supported: true },
];

/** A security issue of Django's own sessions, cookies, logins or caches. */
export interface DjangoFix {
  readonly cve: string;
  /** First release with the fix, in each series that got it. */
  readonly fixedIn: readonly string[];
}

/** Newest first. */
export const DJANGO_FIXES: readonly DjangoFix[] = [
  { cve: "CVE-2026-113593", fixedIn: ["5.2.19", "6.0.10", "6.1.3"] },
  { cve: "CVE-2026-48588", fixedIn: ["5.2.16", "6.0.7", "6.1"] },
  { cve: "CVE-2026-6873", fixedIn: ["5.2.15", "6.0.6", "6.1"] },
  { cve: "CVE-2026-35193", fixedIn: ["5.2.15", "6.0.6", "6.1"] },
  { cve: "CVE-2026-8404", fixedIn: ["5.2.15", "6.0.6", "6.1"] },
  { cve: "CVE-2026-48587", fixedIn: ["5.2.15", "6.0.6", "6.1"] },
  { cve: "CVE-2026-35192", fixedIn: ["5.2.14", "6.0.5", "6.1"] },
  { cve: "CVE-2026-6907", fixedIn: ["5.2.14", "6.0.5", "6.1"] },
  { cve: "CVE-2026-3902", fixedIn: ["4.2.30", "5.2.13", "6.0.4", "6.1"] },
  { cve: "CVE-2025-13473", fixedIn: ["4.2.28", "5.2.11", "6.0.2", "6.1"] },
  { cve: "CVE-2024-45231", fixedIn: ["4.2.16", "5.0.9", "5.1.1", "5.2"] },
  { cve: "CVE-2024-39329", fixedIn: ["4.2.14", "5.0.7", "5.1"] },
  { cve: "CVE-2019-19844", fixedIn: ["1.11.27", "2.2.9", "3.0.1", "3.1"] },
];
