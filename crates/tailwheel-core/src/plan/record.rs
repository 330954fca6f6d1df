//! Quantities recorded in a run: a function of the scenario, never of the machine.
//!
//! In: accounts, horizon. Out: [`RecordPlan`]: tracks and dates. Not here: the definitions of quantities
//! (`record`), the recording (`engine`).

use crate::book::Account;
use crate::crash::FeedbackSlot;
use crate::market::PriceRows;
use crate::record::{
    ASSET_INCOME, ASSET_VALUE, BenchmarkAccounts, HOURS, INCOME, INDEX_FUND, SAVINGS, STATE, TrackId, WEALTH,
};
use crate::stage::{Draw, Row, TrackRequest};

/// Largest number of dates on which net worth is recorded, day one included.
const WEALTH_DATES: u32 = 121;
/// Largest number of dates for monthly income and hours. Recording costs time, and both change slowly.
const INCOME_DATES: u32 = 61;
/// Largest number of dates for benchmarks and single assets: enough for a small chart.
const ASSET_DATES: u32 = 21;

/// Rows and draws of a market's monthly shock.
#[derive(Clone, Debug)]
pub struct MarketRows {
    /// Name of the market as reports print it.
    pub name: String,
    /// Draw of the diffusive log-return in a month.
    pub shock: Draw,
    /// Log-return of the month's jumps; `None` if the market has no jumps.
    pub jump: Option<Row>,
    /// Rows of agent selling in this market; `None` without agents.
    pub feedback: Option<FeedbackSlot>,
}

/// Quantity that a series records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeriesOf {
    /// Net worth of the owner at the end of the month.
    NetWorth,
    /// Balance of one account.
    Balance(Account),
    /// Net income of the month; there is no value on day one.
    NetIncome,
    /// Income of an asset in the month; there is no value on day one.
    Paid(Row),
    /// A state that an asset reports, such as its number of subscribers.
    State(Row),
    /// Total supervision and compliance hours of the month; there is no value on day one.
    Hours(Row),
}

/// A quantity whose distribution over the paths is recorded on some dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeriesPlan {
    /// Id of the recorded quantity.
    pub id: TrackId,
    /// Account or row that the series records.
    pub of: SeriesOf,
    /// Number of months between two recorded dates.
    pub every: u32,
}

impl SeriesPlan {
    /// Months after which the quantity is recorded in a run of `n_months`: multiples of `every`, and the horizon.
    /// Month 0 is day one; quantities of a month, such as income, begin later.
    pub fn dates(&self, n_months: u32) -> Vec<u32> {
        let mut dates: Vec<u32> = (self.first()..n_months).step_by(self.every as usize).collect();
        dates.push(n_months);
        dates
    }

    /// Position of `month` among the recorded dates; `None` if it is not one of them.
    pub fn date_of(&self, month: u32, n_months: u32) -> Option<usize> {
        let first = self.first();
        if month == n_months {
            return Some(month.saturating_sub(first).div_ceil(self.every) as usize);
        }
        let is_date = month >= first && month.is_multiple_of(self.every);
        is_date.then(|| ((month - first) / self.every) as usize)
    }

    /// True if the quantity is an amount of money, which is recorded in money of day one.
    pub fn is_money(&self) -> bool {
        !matches!(self.of, SeriesOf::State(_) | SeriesOf::Hours(_))
    }

    fn first(&self) -> u32 {
        match self.of {
            SeriesOf::NetIncome | SeriesOf::Hours(_) | SeriesOf::Paid(_) => self.every,
            SeriesOf::NetWorth | SeriesOf::Balance(_) | SeriesOf::State(_) => 0,
        }
    }
}

/// Forced sales of a month, per path, the same for any kind of seller.
#[derive(Clone, Copy, Debug)]
pub struct SalesRows {
    /// Distance in money of the intramonth low of net worth below its value at the end of the month.
    pub below_close: Row,
    /// Loss in money from the month's forced sales at the intramonth low.
    pub taken: Row,
    /// Change of the holdings' value from the start of the month to the intramonth low.
    pub to_low: Row,
    /// Fraction of the possible sellers that sold, weighted by money.
    pub sold: Row,
    /// Largest log-fall of a market in the month, per path, and the log-fall from which a month counts as a crash.
    pub fall: (Row, f64),
}

/// Rows of money that enters or leaves the portfolio.
#[derive(Clone, Copy, Debug)]
pub struct BorderRows {
    /// Money paid out of the portfolio in this month, net of deposits.
    pub paid_out: Row,
    /// 1 once the owner is ruined, else 0.
    pub ruined: Row,
}

/// Quantities that a run records.
pub struct RecordPlan {
    /// Accounts whose sum is the owner's net worth.
    pub net_worth: Vec<Account>,
    /// Price level of every month.
    pub prices: PriceRows,
    /// Net income of the month.
    pub income: Row,
    /// Money that enters or leaves the portfolio, per path; `None` if no money does.
    pub border: Option<BorderRows>,
    /// Monthly forced sales, per path; `None` if no agent can sell.
    pub sales: Option<SalesRows>,
    /// Monthly shock, jumps and agent selling of every market, in the order of the markets.
    pub markets: Vec<MarketRows>,
    /// Initial investment: net worth on day one.
    pub money_in: f64,
    /// Quantities that are recorded as one number per path.
    pub tracks: Vec<TrackRequest>,
    /// Quantities that are recorded on several dates, in the order of the outcome.
    pub series: Vec<SeriesPlan>,
}

impl RecordPlan {
    /// Account that holds the value of every asset, in canonical order.
    pub fn assets(&self) -> impl Iterator<Item = Account> {
        let series = self.series.iter();
        series.filter_map(|series| match series.of {
            SeriesOf::Balance(account) if series.id.object().is_some() => Some(account),
            _ => None,
        })
    }
}

/// Builds the series of a plan in this order: net worth of each run, net income, benchmarks, hours, asset values,
/// incomes by asset number, and states numbered from `first_state` on. Those that the plan does not have are left
/// out.
pub fn series_of(
    assets: &[Account],
    compared: BenchmarkAccounts,
    paid: &[(u16, Row)],
    first_state: u16,
    states: &[Row],
    has_income: bool,
    hours: Option<Row>,
    n_worlds: usize,
    n_months: u32,
) -> Vec<SeriesPlan> {
    let of = |id, of, dates| SeriesPlan { id, of, every: spacing(n_months, dates) };
    let mut series = vec![of(WEALTH, SeriesOf::NetWorth, WEALTH_DATES)];
    if n_worlds > 1 {
        series.push(of(WEALTH.without_feedback(), SeriesOf::NetWorth, WEALTH_DATES));
    }
    if has_income {
        series.push(of(INCOME, SeriesOf::NetIncome, INCOME_DATES));
    }
    let benchmarks = [(INDEX_FUND, compared.index_fund), (SAVINGS, compared.savings)];
    series.extend(benchmarks.into_iter().filter_map(|(id, account)| {
        let followed = SeriesOf::Balance(account?);
        Some(of(id, followed, ASSET_DATES))
    }));
    series.extend(hours.map(|row| of(HOURS, SeriesOf::Hours(row), INCOME_DATES)));
    let mut of_object = |id: TrackId, number, followed| {
        series.push(of(id.of_object(number), followed, ASSET_DATES));
    };
    for (number, account) in (0..).zip(assets) {
        of_object(ASSET_VALUE, number, SeriesOf::Balance(*account));
    }
    for (number, row) in paid {
        of_object(ASSET_INCOME, *number, SeriesOf::Paid(*row));
    }
    for (number, row) in (first_state..).zip(states) {
        of_object(STATE, number, SeriesOf::State(*row));
    }
    series
}

/// Smallest spacing in months that gives at most `most` dates from 0 to `n_months`.
fn spacing(n_months: u32, most: u32) -> u32 {
    n_months.div_ceil(most - 1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_never_has_more_dates_than_allowed_and_always_the_horizon() {
        for n_months in [1, 2, 11, 12, 119, 120, 121, 240, 1199, 1200] {
            let of_wealth = [WEALTH_DATES, ASSET_DATES].map(|most| (SeriesOf::NetWorth, most));
            for (of, most) in of_wealth.into_iter().chain([(SeriesOf::NetIncome, INCOME_DATES)]) {
                let series = SeriesPlan { id: WEALTH, of, every: spacing(n_months, most) };
                let dates = series.dates(n_months);
                let found = dates.iter().map(|month| series.date_of(*month, n_months));
                assert!(found.eq((0..dates.len()).map(Some)));
                assert!(dates.len() <= most as usize, "{n_months}: {}", dates.len());
                let first = series.first().min(n_months);
                assert_eq!((dates[0], dates[dates.len() - 1]), (first, n_months));
                assert!(dates.is_sorted_by(|a, b| a < b));
            }
        }
    }
}
