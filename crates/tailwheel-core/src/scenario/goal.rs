//! `[goal]`: goals of the owner for autonomy, wealth, income and return.
//!
//! In: the table, the simulated months. Out: [`Goal`]. Not here: whether a path reaches a goal (`record`),
//! the probability a gate demands (`expect`).

use super::calendar::Calendar;
use super::holding::{Around, read_asset};
use super::model::ClassId;
use super::{AssetEntry, Owner};
use crate::catalog::{class, classes};
use crate::form::{Diagnostic, Faults, Group, Place, Preset, Reader, Table, Value, fault, one_of};
use crate::parameters;
use crate::record::Target;
use crate::units::{Money, MonthlyMoney, Span, YearMonth, plain};

/// Default number of months for which income must cover spending before it counts as autonomy.
const HOLD: u32 = 12;

/// Number of months over which income is averaged.
const YEAR: u32 = 12;

parameters! {
    /// Keys of the table `[goal]` of a scenario file.
    pub struct GoalKeys {
        /// Income that covers spending for some months in a row, perhaps by a date. Without this table the
        /// probability of autonomy is that of twelve months.
        autonomy: Option<Autonomy> = Preset::Absent,
        /// Wealth to reach, perhaps by a date.
        wealth: Option<WealthGoal> = Preset::Absent,
        /// Net income to reach, perhaps by a date.
        income: Option<IncomeGoal> = Preset::Absent,
        /// The class of the catalog whose return per year the owner's should be above;
        /// `goal.beat.probability` is the chance that it is. One unit of it is simulated on the same paths,
        /// all return kept in it, before tax and cost.
        beat: Option<ClassId> = Preset::Absent => "\"savings\"",
    }
}

parameters! {
    /// Keys of the goal of autonomy: income covers spending.
    pub struct Autonomy: "table of autonomy" = "{ by = \"2030-01\", hold = \"12 months\" }" {
        /// Month by which autonomy should begin; `autonomy.by_goal.probability` is the chance that it does.
        by: Option<YearMonth> = Preset::Absent => "\"2030-01\"",
        /// Months in a row in which net income has to cover spending. Autonomy counts from the first of them.
        /// It is lost when income fails to cover spending for as many months.
        hold: Span = Preset::Is("\"12 months\"") => "\"12 months\"",
    }
}

parameters! {
    /// Keys of the goal for wealth.
    pub struct WealthGoal: "table of wealth" = "{ amount = 500_000, by = \"2032-01\" }" {
        /// Amount, real. `goal.wealth.ever.probability` is the probability that wealth reaches it at the end
        /// of some month.
        amount: Money = Preset::Required => "500_000",
        /// Month at whose end the wealth should be there; the last one if absent. `goal.wealth.probability`
        /// is the chance that it is.
        by: Option<YearMonth> = Preset::Absent => "\"2032-01\"",
    }
}

parameters! {
    /// Keys of the goal for income.
    pub struct IncomeGoal: "table of income" = "{ amount = \"3000/month\", by = \"2032-01\" }" {
        /// Amount, real: net income a month after costs and tax, mean of 12 months.
        /// `goal.income.ever.probability` is the probability that some 12 months reach it.
        amount: MonthlyMoney = Preset::Required => "\"3000/month\"",
        /// Last of the twelve months whose mean income should reach the amount; the last one of all if
        /// absent. `goal.income.probability` is the chance that they do.
        by: Option<YearMonth> = Preset::Absent => "\"2032-01\"",
    }
}

/// Goals of the owner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Goal {
    /// Number of the simulated month by which autonomy should begin, counted from 1.
    pub by: Option<u32>,
    /// Months in a row in which income must cover spending.
    pub hold: u32,
    /// Wealth to reach, real.
    pub wealth: Option<Target>,
    /// Net income per month to reach, real.
    pub income: Option<Target>,
    /// Id of the class whose return the owner's return should exceed.
    pub beat: Option<&'static str>,
}

impl Default for Goal {
    fn default() -> Self {
        Self { by: None, hold: HOLD, wealth: None, income: None, beat: None }
    }
}

impl Goal {
    /// Returns the table as it could be written; `date` converts a month number to its date.
    pub fn written(&self, date: impl Fn(u32) -> YearMonth) -> Table {
        let mut table = Table::default();
        if (self.by, self.hold) != (None, HOLD) {
            let mut autonomy = Table::default();
            if let Some(by) = self.by {
                autonomy.push("by", Value::text(date(by).to_string()));
            }
            let hold = format!("{} months", self.hold);
            autonomy.push("hold", Value::text(hold));
            table.push("autonomy", Value::table(autonomy));
        }
        let by = |target: Target| Value::text(date(target.by).to_string());
        if let Some(target) = self.wealth {
            let mut wealth = Table::default();
            wealth.push("amount", Value::float(target.amount));
            wealth.push("by", by(target));
            table.push("wealth", Value::table(wealth));
        }
        if let Some(target) = self.income {
            let mut income = Table::default();
            let amount = format!("{}/month", plain(target.amount));
            income.push("amount", Value::text(amount));
            income.push("by", by(target));
            table.push("income", Value::table(income));
        }
        if let Some(id) = self.beat {
            table.push("beat", Value::text(id));
        }
        table
    }

    /// Returns a holding of the class to beat; `None` if the goal names none.
    pub fn benchmark(&self) -> Option<AssetEntry> {
        self.beat.map(benchmark_of)
    }
}

/// Returns a holding of `class` worth 1 with the catalog's values, which reinvests its whole return.
pub fn benchmark_of(class: &str) -> AssetEntry {
    let mut table = Table::default();
    table.push("name", Value::text("benchmark"));
    table.push("class", Value::text(class));
    table.push("value", Value::float(1.0));
    table.push("income_share", Value::float(0.0));
    let around = (&table, Around::default());
    let read = read_asset(around, None, &mut Faults::default(), &mut Vec::new());
    read.entry
}

/// Reads `[goal]`. The flag beside `owner` is true if its spending has a fault of its own.
pub fn read_goal(
    table: &Table,
    place: Option<Place>,
    owner: (Option<&Owner>, bool),
    calendar: Option<Calendar>,
    faults: &mut Faults,
) -> Goal {
    let mut reader = Reader::new(table, place, "goal", faults);
    let keys = GoalKeys::take(&mut reader);
    let places = ["autonomy", "wealth", "income"].map(|key| reader.place_of(key).or(place));
    let is_sound = reader.sound(&["autonomy"]);
    let beat = keys.beat.and_then(ClassId::id);
    if let Some(fault) = beat.and_then(without_return) {
        reader.push(fault.at(reader.place_of("beat"), "this class has no default `roi`"));
    }
    reader.finish();
    let mut goal = Goal { beat, ..Goal::default() };
    if let Some(autonomy) = keys.autonomy.filter(|_| is_sound) {
        let asked = check_autonomy(&autonomy, places[0], owner, calendar, faults);
        (goal.by, goal.hold) = asked.unwrap_or((None, HOLD));
    }
    let mut target =
        |amount: f64, by, n_of_mean, place| check_target(amount, (by, n_of_mean), place, calendar, faults);
    let wealth = keys.wealth;
    goal.wealth = wealth.and_then(|goal| target(goal.amount.get(), goal.by, 1, places[1]));
    let income = keys.income;
    goal.income = income.and_then(|goal| target(goal.amount.get(), goal.by, YEAR, places[2]));
    goal
}

/// Checks a goal of `amount` by a month; `n_of_mean` is the number of months the amount is averaged over.
fn check_target(
    amount: f64,
    (by, n_of_mean): (Option<YearMonth>, u32),
    place: Option<Place>,
    calendar: Option<Calendar>,
    faults: &mut Faults,
) -> Option<Target> {
    if amount == 0.0 {
        fault!(faults, "goal", "a goal of zero is always reached"; place => "the amount is zero";
            rule: "the amount of a goal is above zero");
        return None;
    }
    let calendar = calendar?;
    let by = match by {
        None => calendar.months,
        Some(date) => calendar.month_at(date, place, faults)?,
    };
    let first = n_of_mean.min(calendar.months);
    if by < first {
        let earliest = calendar.start.plus(first - 1);
        fault!(faults, "goal", "a goal for income needs twelve months of data";
            place => "only {by} months until then"; such_as: "by = \"{earliest}\"";
            rule: "the income is the mean of twelve months, and the first twelve months end in {earliest}");
        return None;
    }
    Some(Target { amount, by })
}

/// Returns the month by which autonomy should begin, and its months in a row, or pushes a fault.
fn check_autonomy(
    autonomy: &Autonomy,
    place: Option<Place>,
    (owner, is_unread): (Option<&Owner>, bool),
    calendar: Option<Calendar>,
    faults: &mut Faults,
) -> Option<(Option<u32>, u32)> {
    if !owner.is_some_and(Owner::spends) && !is_unread {
        fault!(faults, "goal", "a goal of `autonomy` needs spending"; place => "there is no `spending`";
            such_as: "[owner]\nspending = \"1750/month\"");
    }
    let (calendar, hold) = (calendar?, autonomy.hold.months());
    if hold > calendar.months {
        fault!(faults, "goal", "`hold` is longer than the horizon"; place => "{hold} months";
            help: "write a shorter `hold`, or a longer `horizon`";
            rule: "`hold` is at most the horizon, {} months", calendar.months);
    }
    let by = autonomy.by;
    let by = by.and_then(|date| calendar.month_at(date, place, faults));
    if let Some(by) = by.filter(|by| hold <= calendar.months && by + hold > calendar.months + 1) {
        let latest = calendar.start.plus(calendar.months - hold);
        fault!(faults, "goal", "the horizon ends before `hold` months have passed";
            place => "{by} months until then, and {hold} more"; such_as: "by = \"{latest}\"";
            rule: "`hold` months, starting with `by`, must lie within the horizon");
    }
    Some((by, hold))
}

/// Returns a fault if the catalog has no return for the class `id`.
fn without_return(id: &str) -> Option<Diagnostic> {
    if class(id)?.default("roi").is_some() {
        return None;
    }
    let known = classes().iter().filter(|class| class.default("roi").is_some());
    let known = one_of(known.map(|class| class.id.as_str()));
    Some(fault!("goal", "class \"{id}\" has no return to compare with";
        rule: "classes with a return are {known}"))
}
