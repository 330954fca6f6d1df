//! `[goal]`: goals of the owner for autonomy, wealth, income and return.
//!
//! In: the table, the simulated months. Out: [`Goal`]. Not here: whether a path reaches a goal (`record`),
//! the probability a gate demands (`expect`).

use super::calendar::Calendar;
use super::class_asset::benchmark_of;
use super::model::ClassId;
use super::setting::{Frame, Setting};
use super::{AssetEntry, Owner};
use crate::catalog::{class, classes};
use crate::form::{At, Diagnostic, Faults, Place, Preset, fault, one_of};
use crate::parameters;
use crate::units::{Money, MonthlyMoney, Span, YearMonth};

/// Default number of months for which income must cover spending before it counts as autonomy.
const HOLD: u32 = 12;

/// Number of months over which income is averaged.
const YEAR: u32 = 12;

parameters! {
    /// Goals of the owner. Their probabilities are measures, which `[[expect]]` can judge.
    pub struct Goal {
        /// Income that covers spending for some months in a row, perhaps by a date. Without this table the
        /// probability of autonomy is that of twelve months.
        autonomy: Option<At<Autonomy>> = Preset::Absent,
        /// Wealth to reach, perhaps by a date.
        wealth: Option<At<WealthGoal>> = Preset::Absent,
        /// Net income to reach, perhaps by a date.
        income: Option<At<IncomeGoal>> = Preset::Absent,
        /// The class of the catalog whose return per year the owner's should be above;
        /// `goal.beat.probability` is the chance that it is. One unit of it is simulated on the same paths,
        /// all return kept in it, before tax and cost.
        beat: Option<At<ClassId>> = Preset::Absent => "\"savings\"",
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

impl Goal {
    /// Number of months in a row in which income must cover spending; 12 without a goal of autonomy.
    pub fn hold(&self) -> u32 {
        self.autonomy.as_ref().map_or(HOLD, |goal| goal.hold.months())
    }

    /// Month by which autonomy should begin; `None` if the goal of autonomy has no date or is absent.
    pub fn autonomy_by(&self) -> Option<YearMonth> {
        self.autonomy.as_ref()?.by
    }

    /// Id of the class whose yearly return the owner's return should exceed; `None` without such a goal.
    pub fn beaten(&self) -> Option<&'static str> {
        self.beat?.id()
    }

    /// Returns a holding of the class whose return should be exceeded; `None` without such a goal.
    pub fn benchmark(&self) -> Option<AssetEntry> {
        self.beaten().map(benchmark_of)
    }
}

impl Setting for Goal {
    const KEY: &'static str = "goal";

    fn settle(&mut self, frame: &Frame, faults: &mut Faults) {
        if let Some(fault) = self.beaten().and_then(without_return) {
            let place = self.beat.and_then(|class| class.place);
            faults.push(fault.at(place, "this class has no default `roi`"));
        }
        if let Some(goal) = &self.autonomy {
            check_autonomy(goal, frame, faults);
        }
        // A file that writes the default means the same as one without.
        self.autonomy.take_if(|goal| goal.by.is_none() && goal.hold.months() == HOLD);
        let calendar = frame.calendar;
        if let Some(At { value, place }) = &mut self.wealth {
            check_target(value.amount.get(), &mut value.by, 1, *place, calendar, faults);
        }
        if let Some(At { value, place }) = &mut self.income {
            check_target(value.amount.get(), &mut value.by, YEAR, *place, calendar, faults);
        }
    }
}

/// Refuses a goal of zero, and a date `by` before the first `n_of_mean` months, whose mean is compared with it, have
/// ended. A goal without a date gets that of the last month.
fn check_target(
    amount: f64,
    by: &mut Option<YearMonth>,
    n_of_mean: u32,
    place: Option<Place>,
    calendar: Option<Calendar>,
    faults: &mut Faults,
) {
    if amount == 0.0 {
        fault!(faults, "goal", "a goal of zero is always reached"; place => "the amount is zero";
            rule: "the amount of a goal is above zero");
    }
    let Some(calendar) = calendar.filter(|_| amount != 0.0) else { return };
    let date = *by.get_or_insert(calendar.last());
    let first = n_of_mean.min(calendar.months);
    if let Some(months) = calendar.month_at(date, place, faults).filter(|month| *month < first) {
        let earliest = calendar.date(first);
        fault!(faults, "goal", "a goal for income needs twelve months of data";
            place => "only {months} months until then"; such_as: "by = \"{earliest}\"";
            rule: "the income is the mean of twelve months, and the first twelve months end in {earliest}");
    }
}

/// Pushes the faults of a goal of autonomy (income covers spending): no spending, or not enough months for it.
fn check_autonomy(goal: &At<Autonomy>, frame: &Frame, faults: &mut Faults) {
    if !frame.owner.as_ref().is_some_and(Owner::spends) && !frame.is_owner_unread {
        fault!(faults, "goal", "a goal of `autonomy` needs spending"; goal.place => "there is no `spending`";
            such_as: "[owner]\nspending = \"1750/month\"");
    }
    let Some(calendar) = frame.calendar else { return };
    let hold = goal.hold.months();
    if hold > calendar.months {
        fault!(faults, "goal", "`hold` is longer than the horizon"; goal.place => "{hold} months";
            help: "write a shorter `hold`, or a longer `horizon`";
            rule: "`hold` is at most the horizon, {} months", calendar.months);
    }
    let by = goal.by.and_then(|date| calendar.month_at(date, goal.place, faults));
    if let Some(by) = by.filter(|by| hold <= calendar.months && by + hold > calendar.months + 1) {
        let latest = calendar.start.plus(calendar.months - hold);
        fault!(faults, "goal", "the horizon ends before `hold` months have passed";
            goal.place => "{by} months until then, and {hold} more"; such_as: "by = \"{latest}\"";
            rule: "`hold` months, starting with `by`, must lie within the horizon");
    }
}

/// Returns a fault if the catalog has no return for the class `id`.
fn without_return(id: &str) -> Option<Diagnostic> {
    if class(id)?.default("roi").is_some() {
        return None;
    }
    let known = classes().iter().filter(|class| class.default("roi").is_some());
    Some(fault!("goal", "class \"{id}\" has no return to compare with";
        rule: "classes with a return are {}", one_of(known.map(|class| class.id.as_str()))))
}
