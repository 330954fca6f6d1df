//! Words of the screen that are neither keys nor measures, in plain sentences.
//!
//! In: a word as typed. Out: a page. Not here: keys (`keys`), measures (`outcome`).

use super::plain;
use crate::catalog::explain::Explanation;

/// Other spellings, title, what it means, pages that tell more.
type Word = (
    &'static [&'static str],
    &'static str,
    &'static str,
    &'static [&'static str],
);

const WORDS: [Word; 13] = [
    (
        &["loop", "agents", "agents-add"],
        "The loop of agents that sell together",
        "Agents hold the same markets and sell when a month's loss passes their limit. Their sales move the \
         price, the fall passes the limits of others, who sell too. Every run is simulated twice on the same \
         random numbers, with the sales and without: what AGENTS ADD says is the difference, path by path. It \
         is on if the scenario has [crash].",
        &["crash", "gain", "trough"],
    ),
    (
        &["gain"],
        "Gain of the loop",
        "How much further fall one unit of fall causes by the sales that it sets off. Below 1 each round of \
         sales is smaller than the last and the fall ends by itself (stable); from 1 on sales feed themselves \
         until the agents are out or sold. In a crisis depth is withdrawn, so the gain is larger.",
        &["loop", "calm"],
    ),
    (
        &["var", "value-at-risk"],
        "Value at risk",
        "The loss that 19 of 20 futures stay below (95 %), over the whole horizon, in money of the start, \
         relative to the money put in. Losses count positive; below zero it is called a gain.",
        &["value_at_risk.95", "shortfall"],
    ),
    (
        &["shortfall", "expected-shortfall"],
        "Expected shortfall",
        "The mean loss of the worst 1 in 20 futures (95 %): how bad it is where value at risk only says how \
         often.",
        &["expected_shortfall.95", "var"],
    ),
    (
        &["trough"],
        "Trough",
        "The lowest point inside a month in which agents sold, before prices recover. It counts for the \
         maximum drawdown, but not for wealth at the end of the month.",
        &["loop", "drawdown"],
    ),
    (
        &["drawdown", "maximum-drawdown", "deepest-fall"],
        "Maximum drawdown",
        "The deepest fall from a high on the way, in per cent of that high, whatever came later. It is of the \
         value per unit, so money put in or taken out is no gain or fall.",
        &["drawdown.max.p50", "trough"],
    ),
    (
        &["typical", "middle", "median"],
        "Typical, or the middle",
        "The median: half of all futures do better, half do worse. It is not the mean, which few very good \
         futures can pull far above what most get.",
        &["future"],
    ),
    (
        &["calm"],
        "Calm month",
        "A month outside a crisis: the markets are in their usual regime. It is calm even if agents sold in \
         it. The ids correlation.realised.calm.* are older than this word: they are of months without a crash.",
        &["crisis", "crash-month"],
    ),
    (
        &["crash-month"],
        "Crash month",
        "A month in which a market falls by 5 % or more through agents' sales alone.",
        &["loop", "calm"],
    ),
    (
        &["future", "path"],
        "Future, or path",
        "One simulated course of all months, with its own surprises. A run has as many as `run.paths` says; \
         1 in 20 worse is the 5th percentile of them, 1 in 20 better the 95th.",
        &["run.paths", "typical"],
    ),
    (
        &["claim", "claimed"],
        "Claim",
        "What the brochure says a holding returns per year. The first sentence of a run weighs the middle of \
         each holding's claim by what it is worth on day one; cash counts with its interest. What the middle \
         future makes of it is after inflation, decay, volatility and crashes.",
        &["asset.roi", "typical"],
    ),
    (
        &["ruin"],
        "Ruin",
        "A future is ruined if what has to be paid cannot be paid from anything that can be sold. It stays in \
         every distribution, with what is left.",
        &["ruin.probability"],
    ),
    (
        &["grade", "guess", "guesses"],
        "Grades of what is filled in",
        "A value that the file does not say comes from the catalog, with a grade: A is measured on the very \
         thing, B official statistics or a large study, C a vendor's figure, D derived from those, G a guess, M \
         not checked again. report.html lists each with its source.",
        &["micro-saas-fleet"],
    ),
];

/// Every word, in its first spelling.
pub(super) fn ids() -> Vec<String> {
    let first = WORDS.iter().map(|(names, ..)| names[0].to_owned());
    first.collect()
}

/// The page of a word in any of its spellings.
pub(super) fn page(typed: &str) -> Option<Explanation> {
    let name = typed.to_lowercase().replace([' ', '_'], "-");
    let mut words = WORDS.iter();
    let (_, title, doc, see) = words.find(|(names, ..)| names.contains(&name.as_str()))?;
    Some(plain(typed, title, vec![(*doc).to_owned()], see))
}
