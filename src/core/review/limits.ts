import type { ReviewLimits } from "../model/review.js";

/**
 * - body: GitHub refuses a comment of more than 65,536 characters ("body is too long") and a check
 *   summary of more than 65,535. It does not say whether it counts UTF-16 units, so some room is left.
 * - annotations: "No more than 50 items are allowed" in one request, and later requests append: four
 *   of them are what we send at most.
 */
export const GITHUB_LIMITS: ReviewLimits = { body: 60_000, annotations: 200 };
