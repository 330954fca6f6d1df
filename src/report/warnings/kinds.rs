//! Every kind of warning: its id, its title and its meaning.

use crate::report::document::About;

/// A kind of warning: its subject and its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WarningKind {
    /// Stable name.
    pub id: &'static str,
    /// Its name in a line that lists several warnings.
    pub title: &'static str,
    pub about: About,
    pub doc: &'static str,
}

pub(super) const NOT_SIMULATED: WarningKind = WarningKind {
    id: "not-simulated",
    title: "costs and risks that are not modeled",
    about: About::Version,
    doc: "This version does not model some costs and risks that end or reduce a holding. The result is optimistic. \
          Nearly every report has this warning, so `--deny-warnings` ignores it.",
};
pub(super) const CURRENCY_RISK: WarningKind = WarningKind {
    id: "currency-risk",
    title: "exchange rate of the owner's spending",
    about: About::Version,
    doc: "The owner spends another currency than the one of the file. The exchange rate between them is not modeled, \
          so the range of real outcomes is too narrow. Write the file in the currency of the spending, and set \
          `currency` for assets that are priced in another. Euro and dollar alone moved by 7 to 10 % a year.",
};
pub(super) const TAX_INCOMPLETE: WarningKind = WarningKind {
    id: "tax-incomplete",
    title: "taxes beyond the brackets",
    about: About::Version,
    doc: "The default brackets of the place do not contain every tax of its residents. The result is optimistic by \
          the missing taxes. Write brackets that contain them.",
};
pub(super) const LONE_MARKET: WarningKind = WarningKind {
    id: "lone-market",
    title: "an asset alone in a market of another name",
    about: About::Scenario,
    doc: "An asset is in a market with another name than its own, and no other asset is in it. Perhaps the name is \
          misspelled. The asset then follows its market only in part (`market_correlation`).",
};
pub(super) const NOTHING_MOVABLE: WarningKind = WarningKind {
    id: "nothing-movable",
    title: "nothing to reinvest in or to rebalance",
    about: About::Scenario,
    doc: "The file has `surplus` or `rebalance`, but too few assets are tradable (`movable`). Reinvestment needs one \
          tradable asset, rebalancing needs two.",
};
pub(super) const NO_VARIANCE: WarningKind = WarningKind {
    id: "no-variance",
    title: "an income without a variance",
    about: About::Scenario,
    doc: "Incomes of new works follow a Pareto law with a tail of 2 or less (`works_tail`), which has no variance. \
          Single paths then decide the means and their errors. Use the median and the percentiles.",
};
pub(super) const GOAL_CERTAIN: WarningKind = WarningKind {
    id: "goal-certain",
    title: "a goal that is always or never met",
    about: About::Scenario,
    doc: "The goal is met at the start, or it is an income and no asset pays any. Its probability is then 1 or 0 and \
          contains no information.",
};
pub(super) const HIGH_INFLATION: WarningKind = WarningKind {
    id: "high-inflation",
    title: "inflation above 50 % a year",
    about: About::Scenario,
    doc: "Inflation is above 50 % a year: its mean, the upper end of its range or its first value. Check the percent \
          sign and the digits.",
};
pub(super) const DECIMAL_AMOUNT: WarningKind = WarningKind {
    id: "decimal-amount",
    title: "an amount with three decimals",
    about: About::Scenario,
    doc: "An amount has a point before three digits. In TOML `50.000` is fifty. Write `50_000` for fifty thousand, \
          or `50` for fifty.",
};
pub(super) const IMPLAUSIBLE_VALUE: WarningKind = WarningKind {
    id: "implausible-value",
    title: "implausible values",
    about: About::Scenario,
    doc: "A value is allowed but implausible: it changes nothing, or it decides the result alone. The text names the \
          key, the effect on the result and what to write.",
};
pub(super) const POINTLESS_GATE: WarningKind = WarningKind {
    id: "pointless-gate",
    title: "gates without effect",
    about: About::Scenario,
    doc: "A gate repeats another gate, contradicts it or can hardly fail. The status of the scenario then depends on \
          fewer gates than the file has, or is always failed.",
};
pub(super) const FIXED_RANGE: WarningKind = WarningKind {
    id: "fixed-range",
    title: "numbers instead of ranges",
    about: About::Scenario,
    doc: "The file fixes values that nobody knows, where the catalog has a range that each path draws from. The \
          range of outcomes is too narrow and losses look rarer than they are. Delete the keys, or write ranges.",
};
pub(super) const BETTER_THAN_CATALOG: WarningKind = WarningKind {
    id: "better-than-catalog",
    title: "values better than the catalog's",
    about: About::Scenario,
    doc: "The file has values that are more than 5 % better for the owner than the catalog's for the class. The \
          result is more optimistic than for the class. Write a comment with the reason, or delete the keys. A range \
          counts by its median.",
};
pub(super) const UNCOUNTED_HOURS: WarningKind = WarningKind {
    id: "uncounted-hours",
    title: "hours that are not counted",
    about: About::Scenario,
    doc: "An asset has `hours` or `autonomy`, but [owner] has neither `hours` nor `hour_value`. No hours are \
          counted, so these keys have no effect.",
};
pub(super) const WITHOUT_EFFECT: WarningKind = WarningKind {
    id: "without-effect",
    title: "keys of the owner without effect",
    about: About::Scenario,
    doc: "A key of the owner has no effect: `compliance_hours` without `hours` or `hour_value`, \
          `claim_rate_multiple` without an event that the owner pays for, `custody.cold_share` without \
          `cold_storage`. `cold_storage` protects no part of a deposit.",
};
pub(super) const HOURS_BEYOND: WarningKind = WarningKind {
    id: "hours-beyond",
    title: "more hours than the owner has",
    about: About::Scenario,
    doc: "On average, assets and compliance need more hours a week than `owner.hours`. The simulation still assumes \
          that all work is done. With `hour_value` all hours are paid; without it the result is optimistic.",
};
pub(super) const NEVER_LAUNCHED: WarningKind = WarningKind {
    id: "never-launched",
    title: "a launch that is never paid for",
    about: About::Scenario,
    doc: "The income that pays for a launch (`from`) does not reach its `cost` in time on any path. The asset is \
          never built, and the money that is saved for it stays in cash.",
};
pub(super) const OVERPAID: WarningKind = WarningKind {
    id: "overpaid",
    title: "businesses priced above the value of their income",
    about: About::Scenario,
    doc: "The price of a business is above the value of its expected income to a buyer, at 5 % a year or at the \
          class's multiple. The difference is lost in the first month, as the cause `overpaid`. Lower `value` or \
          `multiple`, or check how fast the income decays.",
};
pub(super) const CORRELATION_REPAIRED: WarningKind = WarningKind {
    id: "correlation-repaired",
    title: "correlations that were repaired",
    about: About::Scenario,
    doc: "The correlations of the scenario contradict each other. `repair = \"nearest\"` replaced them by the \
          nearest valid ones. The report has the size of the change.",
};
pub(super) const FEEDS_ITSELF: WarningKind = WarningKind {
    id: "feeds-itself",
    title: "self-reinforcing agent selling",
    about: About::Scenario,
    doc: "The feedback gain reaches 1 at a fall that the markets alone reach in 1 % of months or more. Each sale \
          then causes more than one further sale, until all agents with a stop-loss in that band have sold. Fewer \
          agents, lower impact, wider bands or deeper markets lower the gain.",
};
pub(super) const HEAVY_TAIL: WarningKind = WarningKind {
    id: "heavy-tail",
    title: "means dominated by outliers",
    about: About::Sampling,
    doc: "A few extreme paths dominate a mean, so its standard error is not known and is not printed. Use the median \
          and the percentiles, which are not affected. The number of paths that would be enough is often \
          impractical.",
};
pub(super) const SERIES_CLIPPED: WarningKind = WarningKind {
    id: "series-clipped",
    title: "missing percentiles over time",
    about: About::Sampling,
    doc: "A percentile over time is above 1.8e19, the largest number that a series can hold. `series` has null \
          there, and charts that need it are not drawn. Means and final figures are exact.",
};

/// Every kind of warning there is.
pub const WARNINGS: &[WarningKind] = &[
    NOT_SIMULATED,
    CURRENCY_RISK,
    TAX_INCOMPLETE,
    LONE_MARKET,
    NOTHING_MOVABLE,
    NO_VARIANCE,
    GOAL_CERTAIN,
    HIGH_INFLATION,
    DECIMAL_AMOUNT,
    IMPLAUSIBLE_VALUE,
    POINTLESS_GATE,
    FIXED_RANGE,
    BETTER_THAN_CATALOG,
    UNCOUNTED_HOURS,
    WITHOUT_EFFECT,
    HOURS_BEYOND,
    NEVER_LAUNCHED,
    OVERPAID,
    CORRELATION_REPAIRED,
    FEEDS_ITSELF,
    HEAVY_TAIL,
    SERIES_CLIPPED,
];
