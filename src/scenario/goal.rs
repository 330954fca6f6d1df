//! `[goal]`: what the owner wants to reach.
//!
//! In: the table, the simulated months. Out: [`Goal`]. Not here: whether it is reached (`record`), with what
//! chance it must be (`expect`).

use super::calendar::Calendar;
use super::holding::{ClassId, read_asset};
use super::{AssetEntry, Owner};
use crate::catalog::{class, classes};
use crate::form::{
    Diagnostic, Faults, Group, Parameter, Place, Preset, Reader, Table, Value, one_of,
};
use crate::units::{Span, YearMonth};
use crate::{inline_table, parameters};

/// Months for which income must cover spending before it counts as autonomy.
const HOLD: u32 = 12;

parameters! {
    /// What the owner wants to reach.
    pub struct GoalKeys {
        /// Income that covers spending for so long that it can be counted on, perhaps by a date. Without this
        /// table the chance of autonomy is told of twelve months.
        autonomy: Option<Autonomy> = Preset::Absent,
        /// The class of the catalog whose return per year the owner's should be above;
        /// `goal.beat.probability` is the chance that it is. One unit of it is simulated on the same paths, all
        /// return kept in it, before tax and cost.
        beat: Option<ClassId> = Preset::Absent => "\"savings\"",
    }
}

parameters! {
    /// When income covers spending.
    pub struct Autonomy {
        /// The month by which it should begin; `autonomy.by_goal.probability` is the chance that it does.
        by: Option<YearMonth> = Preset::Absent => "\"2030-01\"",
        /// Months in a row in which net income has to cover spending. It counts from the first of them, and is
        /// lost when it does not for as many months.
        hold: Span = Preset::Is("\"12 months\"") => "\"12 months\"",
    }
}

inline_table!(
    Autonomy,
    "table of autonomy",
    "{ by = \"2030-01\", hold = \"12 months\" }",
    Autonomy {
        by: None,
        hold: Parameter::placeholder(),
    }
);

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Goal {
    /// The simulated month by which it should begin, the first is 1.
    pub by: Option<u32>,
    /// Months in a row.
    pub hold: u32,
    /// Id of the class to beat.
    pub beat: Option<&'static str>,
}

impl Default for Goal {
    fn default() -> Self {
        Self {
            by: None,
            hold: HOLD,
            beat: None,
        }
    }
}

impl Goal {
    /// As it could be written; `date` is that of a month's number.
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
        if let Some(id) = self.beat {
            table.push("beat", Value::text(id));
        }
        table
    }

    /// A holding of the class to beat, all return kept in its price.
    pub fn benchmark(&self) -> Option<AssetEntry> {
        let mut table = Table::default();
        table.push("name", Value::text("benchmark"));
        table.push("class", Value::text(self.beat?));
        table.push("value", Value::float(1.0));
        table.push("income_share", Value::float(0.0));
        Some(read_asset(&table, None, &mut Faults::default(), &mut Vec::new()).entry)
    }
}

/// Reads `[goal]`; `is_unread` if there is a spending that has a fault of its own.
pub fn read_goal(
    table: &Table,
    place: Option<Place>,
    (owner, is_unread): (Option<&Owner>, bool),
    calendar: Option<Calendar>,
    faults: &mut Faults,
) -> Goal {
    let mut reader = Reader::new(table, place, "goal", faults);
    let keys = GoalKeys::take(&mut reader);
    let written = reader.place_of("autonomy").or(place);
    let is_sound = reader.sound(&["autonomy"]);
    let beat = keys.beat.and_then(ClassId::id);
    if let Some(fault) = beat.and_then(without_return) {
        reader.fault(fault.at(reader.place_of("beat"), "a scenario has to write its `roi`"));
    }
    reader.finish();
    let unasked = Goal {
        beat,
        ..Goal::default()
    };
    let Some(autonomy) = keys.autonomy.filter(|_| is_sound) else {
        return unasked;
    };
    let spends = |owner: &Owner| owner.spending.get() > 0.0;
    if !owner.is_some_and(spends) && !is_unread {
        faults.push(
            Diagnostic::new("goal", "autonomy needs something that income can cover")
                .at(written, "nothing is spent")
                .note("such as", "[owner]\nspending = \"1750/month\""),
        );
    }
    let hold = autonomy.hold.months();
    let Some(calendar) = calendar else {
        return unasked;
    };
    if hold > calendar.months {
        let message = "nobody can hold it for longer than is simulated";
        let rule = format!("`hold` is at most the horizon, {} months", calendar.months);
        faults.push(
            Diagnostic::new("goal", message)
                .at(written, format!("asks for {hold} months"))
                .note("help", "a shorter `hold`, or a longer horizon")
                .rule(rule),
        );
    }
    let by = autonomy.by;
    let by = by.and_then(|date| calendar.month_at(date, written, faults));
    if let Some(by) = by.filter(|by| hold <= calendar.months && by + hold > calendar.months + 1) {
        let latest = calendar.start.plus(calendar.months - hold);
        let message = "whether it is held from then on is not seen before the horizon";
        faults.push(
            Diagnostic::new("goal", message)
                .at(written, format!("{by} months and {hold} more"))
                .note("such as", format!("by = \"{latest}\""))
                .rule("`hold` months, the first of them `by`, lie within the horizon"),
        );
    }
    Goal { by, hold, beat }
}

/// A fault if nothing is known of what the class `id` returns.
fn without_return(id: &str) -> Option<Diagnostic> {
    if class(id)?.default("roi").is_some() {
        return None;
    }
    let known = classes()
        .iter()
        .filter(|class| class.default("roi").is_some());
    let known = one_of(known.map(|class| class.id.as_str()));
    let message = format!("class \"{id}\" has no return that could be beaten");
    Some(Diagnostic::new("goal", message).rule(format!("classes with a return are {known}")))
}
