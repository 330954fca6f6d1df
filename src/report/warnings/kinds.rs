//! Every kind of warning: its name, and what it says in general.

use crate::report::document::About;

/// A kind of warning: what it is about and what it says in general.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WarningKind {
    /// Stable name.
    pub id: &'static str,
    /// What a line that names several calls it.
    pub title: &'static str,
    pub about: About,
    pub doc: &'static str,
}

pub(super) const NOT_SIMULATED: WarningKind = WarningKind {
    id: "not-simulated",
    title: "what is not simulated",
    about: About::Version,
    doc: "This version leaves out things that cost money or end a holding; wealth and income \
          are an upper end, losses and falls a lower one. Nearly every report has it, so --deny-warnings lets \
          it pass.",
};
pub(super) const CURRENCY_RISK: WarningKind = WarningKind {
    id: "currency-risk",
    title: "rates of exchange",
    about: About::Version,
    doc: "The owner lives in a place that is paid in another currency than the amounts of the file. What he lives on costs \
          the same in the currency of the file whatever rates of exchange do, and the spread of what he can buy is a lower \
          end; write the file in the money that is spent, and the `currency` of what is priced in another. Dollar and euro alone moved against each other by 7 to 10 % a year.",
};
pub(super) const TAX_INCOMPLETE: WarningKind = WarningKind {
    id: "tax-incomplete",
    title: "taxes beside the brackets",
    about: About::Version,
    doc: "The brackets that are filled in for a place are not all that its owner may owe. Wealth, income and their chances are \
          optimistic by what is left out; type brackets of your own with it.",
};
pub(super) const LONE_MARKET: WarningKind = WarningKind {
    id: "lone-market",
    title: "an asset alone in a market of another name",
    about: About::Scenario,
    doc: "An asset is in a market of another name than its own, and no other asset is: perhaps the name \
          is misspelt. Alone like this it follows its market only in part (market_correlation).",
};
pub(super) const NOTHING_MOVABLE: WarningKind = WarningKind {
    id: "nothing-movable",
    title: "nothing to reinvest in or to rebalance",
    about: About::Scenario,
    doc: "`surplus` or `rebalance` is written, but the holdings that may be bought and sold \
          (`movable`) are too few for it: nothing is reinvested without one, nothing rebalanced \
          without two.",
};
pub(super) const NO_VARIANCE: WarningKind = WarningKind {
    id: "no-variance",
    title: "an income without a variance",
    about: About::Scenario,
    doc: "New works of a catalogue follow a Pareto law with a tail of 2 or less (`works_tail`): their incomes have a mean and \
          no variance. However many paths there are, single ones decide means and their errors; quantiles are not affected.",
};
pub(super) const GOAL_CERTAIN: WarningKind = WarningKind {
    id: "goal-certain",
    title: "a goal that is met on day one or never",
    about: About::Scenario,
    doc: "The wealth that is a goal is there on day one, or an income is a goal and no holding pays any: the \
          chance of it says little.",
};
pub(super) const HIGH_INFLATION: WarningKind = WarningKind {
    id: "high-inflation",
    title: "inflation above 50 % a year",
    about: About::Scenario,
    doc: "Inflation is above 50 % a year, at its mean, at the upper end of that or in the first month: a few such years make money of the start and money of \
          the end different things. Perhaps a per cent sign or a digit is too many.",
};
pub(super) const DECIMAL_AMOUNT: WarningKind = WarningKind {
    id: "decimal-amount",
    title: "an amount with three decimals",
    about: About::Scenario,
    doc: "An amount has a point before three digits, as thousands are written in some countries; in TOML \
          `50.000` is fifty. Thousands are written `50_000`, fifty is written `50`.",
};
pub(super) const IMPLAUSIBLE_VALUE: WarningKind = WarningKind {
    id: "implausible-value",
    title: "values that cannot be meant",
    about: About::Scenario,
    doc: "A value is allowed and can hardly be meant: it changes nothing, or it decides the result alone. The text names the key, what \
          the value does to the result, and what to write.",
};
pub(super) const POINTLESS_GATE: WarningKind = WarningKind {
    id: "pointless-gate",
    title: "gates that decide nothing",
    about: About::Scenario,
    doc: "A gate repeats another one, contradicts another one, or can hardly fail. The verdict of the scenario then depends on \
          fewer gates than it has, or is always no.",
};
pub(super) const FIXED_RANGE: WarningKind = WarningKind {
    id: "fixed-range",
    title: "numbers in place of ranges",
    about: About::Scenario,
    doc: "The file fixes quantities that nobody knows, and of which the catalog has a range that every path would draw. The spread of \
          outcomes is too small, and losses look rarer than they are. Leave the keys out, or write ranges of your own.",
};
pub(super) const BETTER_THAN_CATALOG: WarningKind = WarningKind {
    id: "better-than-catalog",
    title: "values better than the catalog's",
    about: About::Scenario,
    doc: "The file has keys of an asset more than 5 % better for its owner than the catalog has them for the class: a higher price, a \
          lower cost. The result is more optimistic than the class by as much. Say in a comment of the file why this asset is \
          better, or leave the keys out. A range counts by its median.",
};
pub(super) const UNCOUNTED_HOURS: WarningKind = WarningKind {
    id: "uncounted-hours",
    title: "hours that nobody counts",
    about: About::Scenario,
    doc: "An asset says `hours` or `autonomy`, and [owner] says neither `hours` nor `hour_value`: no hours are counted, and \
          what is said of them changes nothing.",
};
pub(super) const WITHOUT_EFFECT: WarningKind = WarningKind {
    id: "without-effect",
    title: "what is said of the owner and changes nothing",
    about: About::Scenario,
    doc: "`compliance_hours` of an owner who counts no hours (`hours`, `hour_value`), or `claim_rate_multiple` where the owner's \
          account pays for no event, or `custody.cold_share` without `cold_storage`: written, and without effect. `cold_storage` reaches \
          no part of a deposit.",
};
pub(super) const HOURS_BEYOND: WarningKind = WarningKind {
    id: "hours-beyond",
    title: "more hours than there are",
    about: About::Scenario,
    doc: "On average over all paths assets and compliance come to ask for more hours a week than `owner.hours`. Nothing is \
          left undone for that in the simulation: with `hour_value` all hours are paid, without it somebody gives them.",
};
pub(super) const NEVER_LAUNCHED: WarningKind = WarningKind {
    id: "never-launched",
    title: "a launch that nobody pays for",
    about: About::Scenario,
    doc: "On no path does the income that a launch is paid `from` come to its `cost` in time: the asset never stands, and what is \
          put aside for it only waits.",
};
pub(super) const OVERPAID: WarningKind = WarningKind {
    id: "overpaid",
    title: "businesses priced above the value of their income",
    about: About::Scenario,
    doc: "What businesses are expected to earn from day one on, by the fading that the file or the catalog says, is worth less to a buyer than \
          their price: at 5 % a year, or at what the class's own multiple implies where that is more. Who sells gets no more than that is worth, so the \
          difference is lost in the first month, under the cause `overpaid`. Either the price (`value`, `multiple`) is too high, or they \
          fade more slowly than said.",
};
pub(super) const CORRELATION_REPAIRED: WarningKind = WarningKind {
    id: "correlation-repaired",
    title: "correlations that were repaired",
    about: About::Scenario,
    doc: "The correlations of the scenario could not hold together, and `repair = \"nearest\"` had \
          asked for the nearest ones that can. The report says how far they were moved.",
};
pub(super) const FEEDS_ITSELF: WarningKind = WarningKind {
    id: "feeds-itself",
    title: "sales of agents that feed themselves",
    about: About::Scenario,
    doc: "The gain of the loop reaches 1 at a loss that the markets alone reach in one month in a \
          hundred or more: there each sale causes more than one further sale, until all whose limits \
          lie in that band have sold. It is a property of the scenario; fewer agents, a smaller \
          impact, limits further apart or deeper markets lower the gain.",
};
pub(super) const HEAVY_TAIL: WarningKind = WarningKind {
    id: "heavy-tail",
    title: "heavy tails",
    about: About::Sampling,
    doc: "The paths do not bound the tail of a mean: its quantiles tell of a law so skewed that no standard error of \
          so few paths would hold. The mean is printed without one; quantiles are not affected. The \
          paths that would do are often more than is practical.",
};
pub(super) const SERIES_CLIPPED: WarningKind = WarningKind {
    id: "series-clipped",
    title: "quantiles over time that are missing",
    about: About::Sampling,
    doc: "A quantile over time is above 1.8e19, more than a series holds: `series` has null there, \
          and charts that need it are not drawn. Means and figures at the end are exact.",
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
