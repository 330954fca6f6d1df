//! Words of the screen that are neither keys nor measures, in plain sentences.
//!
//! In: a word as typed. Out: a page. Not here: keys (`keys`), measures (`outcome`).

use super::page::Page;

/// Other spellings, title, what it means, pages that tell more.
type Word = (
    &'static [&'static str],
    &'static str,
    &'static str,
    &'static [&'static str],
);

const WORDS: [Word; 24] = [
    (
        &["loop", "agents", "agents-add", "amplification"],
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
        &["shortfall", "expected-shortfall", "expected"],
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
        &["drawdown", "maximum-drawdown", "deepest-fall", "maximum"],
        "Maximum drawdown",
        "The deepest fall from a high on the way, in per cent of that high, whatever came later. It is of the \
         value per unit, so money put in or taken out is no gain or fall.",
        &["drawdown.max.p50", "trough"],
    ),
    (
        &[
            "typical",
            "middle",
            "median",
            "quantile",
            "percentile",
            "skewness",
        ],
        "Typical, or the middle",
        "The median: half of all futures do better, half do worse. It is not the mean, which few very good \
         futures can pull far above what most get. Other quantiles are named by how many futures lie beyond them: \
         1 in 20 worse, 1 in 20 better. The more skewed a law is, the farther its mean is from the middle; then only \
         quantiles are to be trusted.",
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
        &["future", "futures", "path", "paths", "worse", "better"],
        "Future, or path",
        "One simulated course of all months, with its own surprises. A run has as many as `run.paths` says; \
         1 in 20 worse is the 5th percentile of them, 1 in 20 better the 95th.",
        &["run.paths", "typical"],
    ),
    (
        &["claim", "claimed", "claims"],
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
    (
        &["income"],
        "Income per month",
        "What the holdings pay out in a month, on the mean of the last twelve, in money of the start. Interest on cash is \
         not in it; wealth has it.",
        &[
            "income.terminal.real.p50",
            "reinvested",
            "asset.income_share",
        ],
    ),
    (
        &["reinvested", "reinvest", "reinvestment", "surplus", "kept"],
        "Income reinvested, or kept",
        "What becomes of income, by `surplus` of [owner]: it buys more of the holdings that may be traded (`movable`), or it \
         stays in cash and earns interest. Without [owner] it stays in the holding that earned it.",
        &["owner.surplus", "asset.movable", "income"],
    ),
    (
        &["wealth"],
        "Wealth at the end",
        "The value of all holdings and of the cash in the last month, in money of the start.",
        &["wealth.terminal.real.p50", "economy.inflation"],
    ),
    (
        &["return", "returns"],
        "Return per year, or in all",
        "What a unit of the money put in gained per year after inflation, as if it had done so evenly; below twelve months \
         over the whole time.",
        &["cagr.real.p50", "claim"],
    ),
    (
        &["less", "loss", "put-in", "lost"],
        "You end with less than you put in",
        "The share of futures whose wealth at the end, in money of the start, is below what was held on day one.",
        &["loss.probability", "shortfall"],
    ),
    (
        &["±", "+-", "±-?", "error", "sampling"],
        "± and ± ?",
        "The 95 % interval that sampling leaves lies within figure ± error; another seed seldom leaves it. It belongs \
         to the last digit printed. ± ? says that the paths are too few to tell. What was assumed wrongly is not in it.",
        &["run.paths", "grade"],
    ),
    (
        &["gate", "gates"],
        "Gates",
        "What the scenario's file expects of its figures. A gate passes or fails if its whole interval does; else it is \
         inconclusive, and more paths may decide it.",
        &["expect", "exit-codes"],
    ),
    (
        &["steps", "step", "from-the-claim-to-your-return"],
        "From the claim to your return",
        "What the claim leaves out is switched on, one thing after the other, on the same random numbers. A bar is the \
         median return per year before inflation with all so far; at its right is what the last step changed.",
        &["bridge", "claim"],
    ),
    (
        &["crises"],
        "Crises",
        "Months of a second regime with more volatility, closer correlations and thinner markets, from [crisis].",
        &["crisis", "calm"],
    ),
    (
        &["prescribed", "prescribed-falls", "shocks"],
        "Prescribed falls",
        "Falls that the scenario has on every path, each from a [[shock]].",
        &["shock"],
    ),
    (
        &[
            "report.html",
            "report.json",
            "report",
            "timing.json",
            "timing",
        ],
        "Files of a run",
        "report.html has everything for people, on one page that needs no network; report.json every figure with its \
         error, for programs, the same bytes on any machine; timing.json the seconds it took. Pictures are there as SVG \
         and PNG, each explained by its name.",
        &["wealth_fan", "exit-codes"],
    ),
];

/// Every word, in its first spelling.
pub(super) fn ids() -> Vec<String> {
    let first = WORDS.iter().map(|(names, ..)| names[0].to_owned());
    first.collect()
}

/// The page of a word in any of its spellings, or of the first in a phrase that has one.
pub(super) fn page(typed: &str) -> Option<Page> {
    let name = typed.to_lowercase().replace([' ', '_'], "-");
    let phrase = typed.to_lowercase();
    let parts = phrase.split_whitespace().map(|part| part.trim_matches(','));
    // one word has been tried as it is
    let parts = parts.filter(|part| *part != phrase);
    let mut names = std::iter::once(name.as_str()).chain(parts);
    let found = names.find_map(|name| WORDS.iter().find(|(names, ..)| names.contains(&name)));
    let (_, title, doc, see) = found?;
    Some(Page::new(typed, *title, vec![(*doc).to_owned()], see))
}
